// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_json.h"

#include "core/log.h"
#include "core/number_format.h"
#include "formats/otlp_encode.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

namespace tracedeck {
namespace {

constexpr std::size_t kShortLine = 100; ///< bytes; one attribute with its value mostly fits

/// Position after the text that begins at `at`, or the end.
std::size_t afterText(std::string_view json, std::size_t at)
{
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\') {
            ++at;
        } else if (json[at] == '"') {
            return at + 1;
        }
    }
    return json.size();
}

/// Position after the bracket that closes the one at `at`, 0 when that is too far away for one line.
std::size_t afterShort(std::string_view json, std::size_t at)
{
    const std::size_t limit = std::min(json.size(), at + kShortLine);
    int depth = 0;
    while (at < limit) {
        const char c = json[at];
        if (c == '"') {
            at = afterText(json, at);
            continue;
        }
        ++at;
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (depth == 0) {
            return at;
        }
    }
    return 0;
}

/// A copy with masked secrets; nothing when there are none.
std::optional<SpanTable> withoutSecrets(const SpanTable& spans)
{
    std::optional<SpanTable> masked;
    const AttributeTable& rows = spans.attributeRows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (looksSecret(spans.strings.view(rows.key[row]))) {
            if (!masked) {
                masked = spans;
            }
            masked->attributeRows.type[row] = AttributeType::String;
            masked->attributeRows.payload[row] = masked->strings.intern("\u2022\u2022\u2022");
        }
    }
    return masked;
}

} // namespace

std::string indentedJson(std::string_view json)
{
    std::string out;
    out.reserve(json.size() + json.size() / 4);
    std::size_t level = 0;
    std::size_t flatUntil = 0; // up to here everything stays on the line
    const auto breakLine = [&] { out.append("\n").append(2 * level, ' '); };
    for (std::size_t at = 0; at < json.size();) {
        const char c = json[at];
        if (c == '"') {
            const std::size_t end = afterText(json, at);
            out.append(json.substr(at, end - at));
            at = end;
            continue;
        }
        const bool flat = at < flatUntil;
        if (!flat && (c == '{' || c == '[')) {
            flatUntil = afterShort(json, at);
            level += flatUntil == 0 ? 1 : 0;
        }
        if (!flat && (c == '}' || c == ']')) {
            level -= level > 0 ? 1 : 0;
            breakLine();
        }
        out.push_back(c);
        ++at;
        if (c == ':' || (c == ',' && flat)) {
            out.push_back(' ');
        } else if (!flat && (c == ',' || ((c == '{' || c == '[') && flatUntil == 0))) {
            breakLine();
        }
    }
    return out;
}

QString traceJson(const SpanTable& spans, std::size_t limitBytes)
{
    const std::optional<SpanTable> masked = withoutSecrets(spans);
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    const std::string text = encodeOtlpTraces(masked ? *masked : spans, rows, OtlpEncoding::Json);
    if (text.size() <= limitBytes) {
        return QString::fromStdString(indentedJson(text));
    }
    return QCoreApplication::translate("TracesController", "%1 of %2 shown\n\n")
               .arg(QString::fromStdString(formatBytesBinary(static_cast<std::int64_t>(limitBytes)).joined()),
                    QString::fromStdString(formatBytesBinary(static_cast<std::int64_t>(text.size())).joined()))
        + QString::fromStdString(indentedJson(std::string_view(text).substr(0, limitBytes)));
}

} // namespace tracedeck
