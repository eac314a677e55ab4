// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell_values.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

namespace tracedeck {
namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

void assignText(QString& target, std::string_view utf8)
{
    const bool ascii =
        std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
    if (!ascii) {
        target = fromUtf8(utf8);
        return;
    }
    target.resize(static_cast<qsizetype>(utf8.size()));
    std::copy(utf8.begin(), utf8.end(), reinterpret_cast<char16_t*>(target.data()));
}

void setMissing(CellContent& out, CellKind kind, bool pending)
{
    out.kind = kind;
    out.state = pending ? CellState::Pending : CellState::Missing;
    out.text.append(QChar(pending ? 0x2026 : 0x2013));
}

void setNumber(CellContent& out, CellKind kind, double value, const FormattedNumber& text)
{
    out.kind = kind;
    out.hasValue = true;
    out.value = value;
    assignText(out.text, text.number);
    assignText(out.unit, text.unit);
}

Severity severityOf(double value, ThresholdMetric metric, const CellRequest& request)
{
    const auto& levels = request.snapshot.levels();
    const bool judged = levels != nullptr && request.row < levels->size();
    switch (judged ? levelOf((*levels)[request.row], metric)
                   : nextLevel(ThresholdLevel::Normal, value, request.context.thresholds.of(metric))) {
    case ThresholdLevel::Critical:
        return Severity::Critical;
    case ThresholdLevel::Warning:
        return Severity::Warning;
    case ThresholdLevel::Normal:
        break;
    }
    return Severity::None;
}

void setPercent(CellContent& out, std::optional<double> percent, ThresholdMetric metric, const CellRequest& request,
                bool pending)
{
    if (!percent) {
        setMissing(out, CellKind::Metric, pending);
        return;
    }
    setNumber(out, CellKind::Metric, *percent, formatPercent(*percent));
    out.hasFraction = true;
    out.fraction = std::clamp(*percent / 100.0, 0.0, 1.0);
    out.severity = severityOf(*percent, metric, request);
}

void setRate(CellContent& out, std::optional<double> first, std::optional<double> second, bool pending,
             const IoStats& stats)
{
    if (!first && !second) {
        setMissing(out, CellKind::Number, pending);
        return;
    }
    const double sum = first.value_or(0) + second.value_or(0);
    setNumber(out, CellKind::Number, sum, formatRateDecimal(sum));
    out.emphasis = static_cast<Emphasis>(ioEmphasis(sum, stats));
}

void setAge(CellContent& out, std::optional<std::int64_t> startedAtNs, const CellRequest& request)
{
    if (!startedAtNs) {
        setMissing(out, CellKind::Number);
        return;
    }
    const std::int64_t age = std::max<std::int64_t>(0, request.context.nowNs - *startedAtNs);
    out.kind = CellKind::Number;
    out.hasValue = true;
    out.value = static_cast<double>(age) / 1e9;
    assignText(out.text, formatAge(age));
}

void setCount(CellContent& out, std::optional<std::int64_t> count)
{
    if (!count || *count < 0) {
        setMissing(out, CellKind::Number);
        return;
    }
    out.kind = CellKind::Number;
    out.hasValue = true;
    out.value = static_cast<double>(*count);
    assignText(out.text, formatCount(static_cast<std::uint64_t>(*count)));
}

void setSecondarySize(CellContent& out, std::optional<std::int64_t> bytes)
{
    if (bytes) {
        assignText(out.secondary, formatBytesBinary(*bytes).joined());
    }
}

void setSecondaryCpus(CellContent& out, std::optional<double> cpus)
{
    if (cpus && out.hasValue) {
        std::array<char, 32> text{};
        const auto end = fmt::format_to_n(text.data(), text.size(), "{:.3g} cpu", *cpus).out;
        assignText(out.secondary, {text.data(), static_cast<std::size_t>(end - text.data())});
    }
}

void setText(CellContent& out, const StringPool& strings, StringId text)
{
    if (strings.view(text).empty()) {
        setMissing(out, CellKind::Text);
        return;
    }
    assignText(out.text, strings.view(text));
}

void setList(CellContent& out, CellKind kind, const StringPool& strings, std::span<const StringId> texts)
{
    if (texts.empty()) {
        setMissing(out, CellKind::Text);
        return;
    }
    out.kind = kind;
    for (const StringId text : texts) {
        if (!out.text.isEmpty()) {
            kind == CellKind::Tags ? out.text.append(kTagSeparator) : out.text.append(QStringLiteral(", "));
        }
        out.text.append(fromUtf8(strings.view(text)));
    }
}

QString withBasis(std::optional<double> percent, std::string_view basis)
{
    if (!percent || basis.empty()) {
        return {};
    }
    return fromUtf8(formatPercent(*percent).joined()) + QLatin1Char(' ') + fromUtf8(basis);
}

std::string sizeBasis(std::optional<std::int64_t> used, std::optional<std::int64_t> total)
{
    if (!total || *total <= 0) {
        return {};
    }
    std::string basis = "of " + formatBytesBinary(*total).joined();
    return used ? basis + ", " + formatBytesBinary(*used).joined() + " used" : basis;
}

QString outlierReason(std::optional<double> first, std::optional<double> second, const IoStats& stats)
{
    const double sum = first.value_or(0) + second.value_or(0);
    const IoEmphasis emphasis = (first || second) ? ioEmphasis(sum, stats) : IoEmphasis::Normal;
    if (emphasis == IoEmphasis::Normal) {
        return {};
    }
    const QString median = fromUtf8(formatRateDecimal(stats.median).joined());
    const QString rows = fromUtf8(formatCount(stats.count));
    const QString how =
        emphasis == IoEmphasis::Strong ? QStringLiteral("Far above the others") : QStringLiteral("Above the others");
    const QString far = stats.median > 0
        ? QStringLiteral(": %1 times the median of %2").arg(fromUtf8(fmt::format("{:.3g}", sum / stats.median)), median)
        : QStringLiteral(": the median is %1").arg(median);
    return how + far + QStringLiteral(" over %1 rows").arg(rows);
}

QString ownThresholdText(const CellRequest& request, RowKey key, std::string_view name, ThresholdMetric metric)
{
    const ThresholdRules& rules = request.context.thresholds;
    const RowThresholds* own = rules.rows.empty() ? nullptr : rules.ownOf(key, name);
    if (own == nullptr || !own->critical[static_cast<std::size_t>(metric)]) {
        return {};
    }
    const QString unit = metric == ThresholdMetric::Temperature ? QStringLiteral(" \u00b0C") : QStringLiteral("%");
    const auto bound = [&unit](double value) -> QString { return QString::number(value) + unit; };
    const double critical = *own->critical[static_cast<std::size_t>(metric)];
    const double general = rules.of(metric).critical;
    const QString otherwise = general > 0 ? QStringLiteral(" (%1 otherwise)").arg(bound(general)) : QString();
    return critical > 0 ? QStringLiteral("Critical from %1: a threshold of this row").arg(bound(critical)) + otherwise
                        : QStringLiteral("Never critical: the threshold of this row is off") + otherwise;
}

QString tipLines(const QString& first, const QString& second)
{
    const bool both = !first.isEmpty() && !second.isEmpty();
    return first + (both ? QStringLiteral("\n") : QString()) + second;
}

QString ratePair(const char* firstWord, std::optional<double> first, const char* secondWord,
                 std::optional<double> second)
{
    if (!first && !second) {
        return {};
    }
    const auto text = [](std::optional<double> rate) {
        return fromUtf8(rate ? formatRateDecimal(*rate).joined() : std::string(kUnknownText));
    };
    return QLatin1String(firstWord) + QLatin1Char(' ') + text(first) + QStringLiteral(", ") + QLatin1String(secondWord)
        + QLatin1Char(' ') + text(second);
}

} // namespace tracedeck
