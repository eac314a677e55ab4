// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/span_facts.h"

#include "core/log.h"
#include "core/number_format.h"
#include "core/time_format.h"

#include <QCoreApplication>
#include <algorithm>
#include <bit>

namespace tracedeck {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("SpanFacts", text);
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString duration(std::int64_t ns)
{
    return QString::fromStdString(formatDuration(ns).joined());
}

QString kindText(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Internal:
        return translated("internal");
    case SpanKind::Server:
        return translated("server");
    case SpanKind::Client:
        return translated("client");
    case SpanKind::Producer:
        return translated("producer");
    case SpanKind::Consumer:
        return translated("consumer");
    case SpanKind::Unspecified:
        break;
    }
    return QString::fromUtf8(kUnknownText);
}

Fact statusFact(const SpanTable& spans, std::uint32_t row)
{
    Fact fact;
    fact.name = translated("Status");
    const QString message = text(spans.strings.view(spans.statusMessage[row]));
    switch (spans.status[row]) {
    case SpanStatus::Error:
        fact.value = QStringLiteral("\u2715 ") + translated("error");
        fact.bad = true;
        break;
    case SpanStatus::Ok:
        fact.value = translated("ok");
        break;
    case SpanStatus::Unset:
        fact.value = translated("not set");
        break;
    }
    if (!message.isEmpty()) {
        fact.value += QStringLiteral(": ") + message;
    }
    return fact;
}

void addMarks(Facts& facts, std::uint8_t marks)
{
    const auto add = [&](SpanMark mark, const char* words) {
        if ((marks & mark) != 0) {
            facts.push_back({translated("Note"), translated(words), {}, {}, false, false, false});
        }
    };
    add(kSpanOrphan, "its parent is not in this trace (yet)");
    add(kSpanCycle, "its parents lead back to itself; the loop is cut here");
    add(kSpanDuplicate, "another span has the same id");
    add(kSpanOutsideParent, "lies partly outside its parent (clock skew or asynchronous work)");
    add(kSpanBackwards, "ends before it starts; shown without length");
}

void addDropped(Facts& facts, const char* name, std::uint32_t count)
{
    if (count > 0) {
        facts.push_back({translated(name),
                         QString::fromStdString(formatCount(count)),
                         translated("dropped by the sender"),
                         {},
                         false,
                         false,
                         false});
    }
}

} // namespace

Facts spanFacts(const SpanTable& spans, const SpanLayout& layout, std::uint32_t position)
{
    const std::uint32_t row = layout.row[position];
    Facts facts;
    const auto add = [&](const char* name, const QString& value, const QString& note = {}, bool mono = false) {
        facts.push_back({translated(name), value, note, {}, mono, false, false});
    };
    add("Start", QStringLiteral("+") + duration(spans.startNs[row] - layout.startNs));
    add("Duration", duration(spans.durationNs[row]));
    add("Self time", duration(layout.selfNs[position]), translated("without its children"));
    add("Kind", kindText(spans.kind[row]));
    facts.push_back(statusFact(spans, row));
    addMarks(facts, layout.marks[position]);
    if (spans.scope[row] < spans.scopes.size() && spans.scopes.name[spans.scope[row]] != 0) {
        const std::uint32_t scope = spans.scope[row];
        add("Scope", text(spans.strings.view(spans.scopes.name[scope])),
            text(spans.strings.view(spans.scopes.version[scope])));
    }
    addDropped(facts, "Attributes", spans.droppedAttributes[row]);
    addDropped(facts, "Events", spans.droppedEvents[row]);
    addDropped(facts, "Links", spans.droppedLinks[row]);
    // What is copied rather than read comes last.
    add("Started at", QString::fromStdString(formatIsoUtc(spans.startNs[row])), {}, true);
    add("Span id", QString::fromStdString(spans.spanId[row].toHex()), {}, true);
    add("Parent id",
        spans.parentSpanId[row].isZero() ? QString::fromUtf8(kUnknownText)
                                         : QString::fromStdString(spans.parentSpanId[row].toHex()),
        {}, true);
    if (spans.traceState[row] != 0) {
        add("Trace state", text(spans.strings.view(spans.traceState[row])), {}, true);
    }
    return facts;
}

QString attributeText(const AttributeTable& attributes, const StringPool& strings, std::uint32_t row)
{
    const std::uint64_t payload = attributes.payload[row];
    switch (attributes.type[row]) {
    case AttributeType::Empty:
        return QString::fromUtf8(kUnknownText);
    case AttributeType::Bool:
        return payload != 0 ? QStringLiteral("true") : QStringLiteral("false");
    case AttributeType::Int:
        return QString::number(static_cast<qint64>(payload));
    case AttributeType::Double:
        return QString::number(std::bit_cast<double>(payload), 'g', 15);
    case AttributeType::String:
    case AttributeType::Array:
    case AttributeType::KeyValueList:
    case AttributeType::Bytes:
        break;
    }
    return text(strings.view(static_cast<StringId>(payload)));
}

QString attributeText(const SpanTable& spans, std::uint32_t attributeRow)
{
    return attributeText(spans.attributeRows, spans.strings, attributeRow);
}

Facts attributeFacts(const AttributeTable& attributes, const StringPool& strings, IndexRange range)
{
    Facts facts;
    facts.reserve(range.size());
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const std::string_view key = strings.view(attributes.key[i]);
        facts.push_back({text(key), attributeText(attributes, strings, i), {}, {}, true, looksSecret(key), false});
    }
    return facts;
}

Facts attributeFacts(const SpanTable& spans, IndexRange range)
{
    return attributeFacts(spans.attributeRows, spans.strings, range);
}

QString attributeSummary(const AttributeTable& attributes, const StringPool& strings, IndexRange range)
{
    constexpr std::uint32_t kMost = 4;
    constexpr qsizetype kLongestValue = 80;
    const IndexRange first{range.begin, std::min(range.end, range.begin + kMost)};
    QString line;
    for (const Fact& fact : attributeFacts(attributes, strings, first)) {
        line += line.isEmpty() ? QString() : QStringLiteral("  ");
        line += fact.name + u'=' + shownValue(fact, false).left(kLongestValue);
    }
    if (range.end > first.end) {
        line += translated("  and %1 more").arg(range.end - first.end);
    }
    return line;
}

Facts resourceFacts(const SpanTable& spans, std::uint32_t spanRow)
{
    return attributeFacts(spans, spans.resources.attributes[spans.resource[spanRow]]);
}

Facts eventFacts(const SpanTable& spans, std::uint32_t spanRow)
{
    Facts facts;
    for (std::uint32_t event = spans.events[spanRow].begin; event < spans.events[spanRow].end; ++event) {
        const QString name = text(spans.strings.view(spans.eventRows.name[event]));
        const std::int64_t offset = spans.eventRows.timeNs[event] - spans.startNs[spanRow];
        facts.push_back({QStringLiteral("+") + duration(offset), name, {}, {}, false, false, name == u"exception"});
        for (Fact& fact : attributeFacts(spans, spans.eventRows.attributes[event])) {
            facts.push_back(std::move(fact));
        }
    }
    return facts;
}

Facts linkFacts(const SpanTable& spans, std::uint32_t spanRow)
{
    Facts facts;
    for (std::uint32_t link = spans.links[spanRow].begin; link < spans.links[spanRow].end; ++link) {
        const QString trace = QString::fromStdString(spans.linkRows.traceId[link].toHex());
        const QString span = QString::fromStdString(spans.linkRows.spanId[link].toHex());
        facts.push_back(
            {translated("Trace"), trace, {}, QStringLiteral("tracedeck://trace/") + trace, true, false, false});
        facts.push_back({translated("Span"), span, {}, {}, true, false, false});
        for (Fact& fact : attributeFacts(spans, spans.linkRows.attributes[link])) {
            facts.push_back(std::move(fact));
        }
    }
    return facts;
}

} // namespace tracedeck
