// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/trace_log_columns.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "models/cell_values.h"
#include "models/span_facts.h"
#include "selectors/log_listing.h"

#include <QCoreApplication>
#include <array>

namespace tracedeck {
namespace {

template <auto Fill> constexpr CellFill kLogFill = &fillFrom<LogListing, Fill>;

QString translatedLog(const char* text)
{
    return QCoreApplication::translate("TraceLogColumns", text);
}

QString poolText(const LogTable& logs, StringId id)
{
    const std::string_view utf8 = logs.strings.view(id);
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString offsetText(std::int64_t offsetNs)
{
    const QString sign = offsetNs < 0 ? QStringLiteral("\u2212") : QStringLiteral("+");
    return sign + QString::fromStdString(formatDuration(offsetNs < 0 ? -offsetNs : offsetNs).joined());
}

/// OTLP: 13 to 16 are warnings, from 17 on errors.
Severity severityOfNumber(std::uint8_t number)
{
    constexpr std::uint8_t kWarn = 13;
    constexpr std::uint8_t kError = 17;
    return number >= kError ? Severity::Critical : number >= kWarn ? Severity::Warning : Severity::None;
}

void fillLogTime(const LogListing& listing, const CellRequest& request, CellContent& out)
{
    const std::int64_t time = logTimeNs(*listing.logs, listing.rows[request.row]);
    if (time == 0) {
        setMissing(out, CellKind::Number);
        return;
    }
    const std::int64_t offset = time - listing.originNs;
    setNumber(out, CellKind::Number, static_cast<double>(offset), formatDuration(offset < 0 ? -offset : offset));
    out.text.prepend(offset < 0 ? u'\u2212' : u'+');
}

void fillLogSeverity(const LogListing& listing, const CellRequest& request, CellContent& out)
{
    const std::uint32_t row = listing.rows[request.row];
    out.text = logSeverityText(*listing.logs, row);
    out.kind =
        listing.logs->severity[row] == 0 && listing.logs->severityText[row] == 0 ? CellKind::Text : CellKind::Status;
    out.severity = severityOfNumber(listing.logs->severity[row]);
}

void fillLogService(const LogListing& listing, const CellRequest& request, CellContent& out)
{
    const LogTable& logs = *listing.logs;
    assignText(out.text, logs.strings.view(logs.resources.serviceName[logs.resource[listing.rows[request.row]]]));
}

void fillLogBody(const LogListing& listing, const CellRequest& request, CellContent& out)
{
    const LogTable& logs = *listing.logs;
    const std::uint32_t row = listing.rows[request.row];
    out.kind = CellKind::Name;
    assignText(out.text, logs.strings.view(logs.body[row] != 0 ? logs.body[row] : logs.eventName[row]));
    out.text.replace(u'\n', u' ');
    if (out.text.isEmpty()) {
        setMissing(out, CellKind::Name);
    }
    out.severity = severityOfNumber(logs.severity[row]);
}

void fillLogAttributes(const LogListing& listing, const CellRequest& request, CellContent& out)
{
    const LogTable& logs = *listing.logs;
    out.text = attributeSummary(logs.attributeRows, logs.strings, logs.attributes[listing.rows[request.row]]);
}

TableColumn logColumn(const char16_t* id, const char* title, int width, int minWidth, CellFill fill)
{
    TableColumn column;
    column.id = QString::fromUtf16(id);
    column.title = title;
    column.width = width;
    column.minWidth = minWidth;
    column.fill = fill;
    return column;
}

} // namespace

TableColumns traceLogColumns()
{
    TableColumns columns;
    columns.push_back(logColumn(u"time", QT_TRANSLATE_NOOP("TableColumn", "Time"), 100, 80, kLogFill<fillLogTime>));
    columns.back().align = ColumnAlign::Right;
    columns.back().numberSample = QStringLiteral("+888.88");
    columns.back().unitSample = QStringLiteral("min");
    columns.push_back(
        logColumn(u"severity", QT_TRANSLATE_NOOP("TableColumn", "Severity"), 100, 76, kLogFill<fillLogSeverity>));
    columns.push_back(
        logColumn(u"service", QT_TRANSLATE_NOOP("TableColumn", "Service"), 140, 80, kLogFill<fillLogService>));
    columns.push_back(
        logColumn(u"message", QT_TRANSLATE_NOOP("TableColumn", "Message"), 420, 160, kLogFill<fillLogBody>));
    columns.back().stretch = 3;
    columns.push_back(
        logColumn(u"details", QT_TRANSLATE_NOOP("TableColumn", "Attributes"), 280, 120, kLogFill<fillLogAttributes>));
    columns.back().stretch = 2;
    columns.back().givesWay = 1;
    return columns;
}

QString logSeverityText(const LogTable& logs, std::uint32_t row)
{
    if (logs.severityText[row] != 0) {
        return poolText(logs, logs.severityText[row]);
    }
    // Names of the OTLP specification: six levels of four numbers each.
    constexpr std::array<const char*, 6> kNames{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    const std::uint8_t number = logs.severity[row];
    if (number == 0 || number > 4 * kNames.size()) {
        return QString::fromUtf8(kUnknownText);
    }
    const int step = (number - 1) % 4;
    return QString::fromLatin1(kNames[(number - 1U) / 4U]) + (step == 0 ? QString() : QString::number(step + 1));
}

Facts logRecordFacts(const LogTable& logs, std::uint32_t row, std::int64_t originNs)
{
    Facts facts;
    const auto add = [&](const char* name, const QString& value, const QString& note = {}, bool mono = false) {
        facts.push_back({translatedLog(name),
                         value.isEmpty() ? QString::fromUtf8(kUnknownText) : value,
                         note,
                         {},
                         mono,
                         false,
                         false});
    };
    add("Message", poolText(logs, logs.body[row]), {}, true);
    const std::int64_t time = logTimeNs(logs, row);
    add("Time", time == 0 ? QString() : QString::fromStdString(formatIsoUtc(time)),
        time == 0 ? QString() : offsetText(time - originNs));
    add("Severity", logSeverityText(logs, row));
    facts.back().bad = severityOfNumber(logs.severity[row]) == Severity::Critical;
    if (logs.eventName[row] != 0) {
        add("Event", poolText(logs, logs.eventName[row]));
    }
    if (const std::uint32_t scope = logs.scope[row]; scope < logs.scopes.size() && logs.scopes.name[scope] != 0) {
        add("Scope", poolText(logs, logs.scopes.name[scope]), poolText(logs, logs.scopes.version[scope]));
    }
    add("Span id", logs.spanId[row].isZero() ? QString() : QString::fromStdString(logs.spanId[row].toHex()), {}, true);
    for (const IndexRange range : {logs.attributes[row], logs.resources.attributes[logs.resource[row]]}) {
        for (Fact& fact : attributeFacts(logs.attributeRows, logs.strings, range)) {
            facts.push_back(std::move(fact));
        }
    }
    if (logs.droppedAttributes[row] > 0) {
        add("Attributes", QString::fromStdString(formatCount(logs.droppedAttributes[row])),
            translatedLog("dropped by the sender"));
    }
    return facts;
}

} // namespace tracedeck
