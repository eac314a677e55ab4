// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/trace_columns.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "models/cell_values.h"
#include "selectors/trace_listing.h"

#include <QCoreApplication>
#include <algorithm>

namespace tracedeck {
namespace {

template <auto Fill> constexpr CellFill kFill = &fillFrom<TraceListing, Fill>;
template <auto Tip> constexpr CellTip kTip = &tipFrom<TraceListing, Tip>;

void fillStart(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    out.hasValue = true;
    out.value = static_cast<double>(listing.table.startNs[request.row]);
    const std::int64_t startNs = listing.table.startNs[request.row];
    if (listing.times.kind == TimeStyle::Kind::Relative && request.context.nowNs > 0) {
        out.text = QCoreApplication::translate("TraceColumns", "%1 ago")
                       .arg(QString::fromStdString(formatAge(request.context.nowNs - startNs)));
        return;
    }
    assignText(out.text, formatDayAndTime(startNs, listing.times.offsetSeconds()));
}

void fillRoot(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    const TraceListTable& table = listing.table;
    out.kind = CellKind::Name;
    if (table.rootName[request.row] == 0 && table.rootService[request.row] == 0) {
        out.text = QCoreApplication::translate("TraceColumns", "root not received yet");
        out.state = CellState::Pending;
        return;
    }
    assignText(out.text, table.strings.view(table.rootService[request.row]));
    assignText(out.secondary, table.strings.view(table.rootName[request.row]));
    if (table.own[request.row] != 0) {
        out.secondary += QCoreApplication::translate("TraceColumns", " (own)");
    }
}

void fillDuration(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    const std::int64_t duration = listing.table.durationNs[request.row];
    setNumber(out, CellKind::Metric, static_cast<double>(duration), formatDuration(duration));
    if (listing.maxDurationNs > 0) {
        out.hasFraction = true;
        out.fraction = std::clamp(static_cast<double>(duration) / static_cast<double>(listing.maxDurationNs), 0.0, 1.0);
    }
}

void fillSpans(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    setCount(out, listing.table.spanCount[request.row]);
}

/// Names joined by kTagSeparator in `text`, their span counts in the same order in `secondary`.
void fillServices(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    const TraceListTable& table = listing.table;
    setList(out, CellKind::Tags, table.strings, table.services.row(request.row));
}

void fillStatus(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    const std::uint32_t errors = listing.table.errorCount[request.row];
    out.kind = CellKind::Status;
    out.hasValue = true;
    out.value = errors;
    if (errors == 0) {
        out.severity = Severity::Ok;
        out.text = QCoreApplication::translate("TraceColumns", "ok");
        return;
    }
    out.severity = Severity::Critical;
    out.text = errors == 1
        ? QCoreApplication::translate("TraceColumns", "1 error")
        : QCoreApplication::translate("TraceColumns", "%1 errors").arg(QString::fromStdString(formatCount(errors)));
}

/// Names rather than ids, containers before the hosts they are on.
void fillPlace(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    const TraceListTable& table = listing.table;
    for (const ResourceKey key : {ResourceKey::PodName, ResourceKey::ContainerName, ResourceKey::HostName,
                                  ResourceKey::ContainerId, ResourceKey::HostId}) {
        const auto values = table.resources[static_cast<std::size_t>(key)].row(request.row);
        if (!values.empty()) {
            setList(out, CellKind::Tags, table.strings, values);
            return;
        }
    }
}

QString placeTip(const TraceListing& listing, const CellRequest& request)
{
    const TraceListTable& table = listing.table;
    if (table.resourcesKnown[request.row] == ResourceKnowledge::Unknown) {
        return QCoreApplication::translate("TraceColumns", "not known: stored by an older release; open it once");
    }
    QStringList lines;
    for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
        const std::string_view name = resourceKeyName(static_cast<ResourceKey>(key));
        for (const StringId value : table.resources[key].row(request.row)) {
            const std::string_view text = table.strings.view(value);
            lines.push_back(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())) + QStringLiteral(" = ")
                            + QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
        }
    }
    if (table.resourcesKnown[request.row] == ResourceKnowledge::Part) {
        lines.push_back(QCoreApplication::translate("TraceColumns", "and more"));
    }
    return lines.isEmpty() ? QCoreApplication::translate("TraceColumns", "its resources name no place")
                           : lines.join(u'\n');
}

void fillTraceId(const TraceListing& listing, const CellRequest& request, CellContent& out)
{
    assignText(out.text, listing.table.traceId[request.row].toHex());
}

QString servicesTip(const TraceListing& listing, const CellRequest& request)
{
    QStringList lines;
    for (const StringId service : listing.table.services.row(request.row)) {
        const std::string_view name = listing.table.strings.view(service);
        lines.push_back(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    return lines.join(u'\n');
}

QString startTip(const TraceListing& listing, const CellRequest& request)
{
    return QString::fromStdString(formatIsoUtc(listing.table.startNs[request.row]));
}

} // namespace

TableColumns traceColumns()
{
    TableColumns columns;
    TableColumn start{.id = QStringLiteral("start"),
                      .title = QT_TRANSLATE_NOOP("TableColumn", "Start"),
                      .width = 150,
                      .minWidth = 130};
    start.descendingFirst = true;
    start.ages = true;
    start.sortKey = QStringLiteral("start");
    start.fill = kFill<fillStart>;
    start.tip = kTip<startTip>;
    columns.push_back(start);
    columns.push_back({.id = QStringLiteral("root"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Root"),
                       .width = 300,
                       .minWidth = 140,
                       .stretch = 3,
                       .fill = kFill<fillRoot>});
    TableColumn duration{.id = QStringLiteral("duration"),
                         .title = QT_TRANSLATE_NOOP("TableColumn", "Duration"),
                         .width = 170,
                         .minWidth = 96};
    duration.descendingFirst = true;
    duration.sortKey = QStringLiteral("duration");
    duration.numberSample = QStringLiteral("888");
    duration.unitSample = QStringLiteral("min");
    duration.fill = kFill<fillDuration>;
    columns.push_back(duration);
    TableColumn spans{
        .id = QStringLiteral("spans"), .title = QT_TRANSLATE_NOOP("TableColumn", "Spans"), .width = 72, .minWidth = 56};
    spans.align = ColumnAlign::Right;
    spans.givesWay = 2;
    spans.descendingFirst = true;
    spans.sortKey = QStringLiteral("spans");
    spans.numberSample = QStringLiteral("888,888");
    spans.fill = kFill<fillSpans>;
    columns.push_back(spans);
    columns.push_back({.id = QStringLiteral("services"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Services"),
                       .width = 240,
                       .minWidth = 90,
                       .stretch = 1,
                       .givesWay = 3,
                       .fill = kFill<fillServices>,
                       .tip = kTip<servicesTip>});
    TableColumn status{.id = QStringLiteral("status"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Status"),
                       .width = 110,
                       .minWidth = 80};
    status.descendingFirst = true;
    status.sortKey = QStringLiteral("errors");
    status.fill = kFill<fillStatus>;
    columns.push_back(status);
    columns.push_back({.id = QStringLiteral("place"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Ran on"),
                       .width = 170,
                       .minWidth = 90,
                       .givesWay = 5,
                       .hiddenByDefault = true,
                       .fill = kFill<fillPlace>,
                       .tip = kTip<placeTip>});
    columns.push_back({.id = QStringLiteral("traceId"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Trace id"),
                       .width = 260,
                       .minWidth = 120,
                       .givesWay = 4,
                       .hiddenByDefault = true,
                       .fill = kFill<fillTraceId>});
    return columns;
}

} // namespace tracedeck
