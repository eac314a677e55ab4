// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/event_columns.h"

#include "core/number_format.h"
#include "models/cell_values.h"
#include "models/span_facts.h"
#include "selectors/event_listing.h"

#include <QCoreApplication>

namespace tracedeck {
namespace {

template <auto Fill> constexpr CellFill kFill = &fillFrom<EventListing, Fill>;

void fillTime(const EventListing& listing, const CellRequest& request, CellContent& out)
{
    const std::int64_t offset = listing.refs[request.row].timeNs - listing.originNs;
    setNumber(out, CellKind::Number, static_cast<double>(offset), formatDuration(offset));
    out.text.prepend(u'+');
}

void fillKind(const EventListing& listing, const CellRequest& request, CellContent& out)
{
    out.kind = CellKind::Badge;
    out.text = listing.refs[request.row].isSpan() ? QCoreApplication::translate("EventColumns", "span")
                                                  : QCoreApplication::translate("EventColumns", "event");
}

void fillService(const EventListing& listing, const CellRequest& request, CellContent& out)
{
    assignText(out.text, listing.spans->service(listing.refs[request.row].span));
}

void fillName(const EventListing& listing, const CellRequest& request, CellContent& out)
{
    const SpanTable& spans = *listing.spans;
    const EventRef& ref = listing.refs[request.row];
    const std::string_view spanName = spans.strings.view(spans.name[ref.span]);
    out.kind = CellKind::Name;
    if (ref.isSpan()) {
        assignText(out.text, spanName);
        if (spans.status[ref.span] == SpanStatus::Error) {
            out.severity = Severity::Critical;
            out.secondary = QStringLiteral("\u2715 ") + QCoreApplication::translate("EventColumns", "error");
        }
        return;
    }
    assignText(out.text, spans.strings.view(spans.eventRows.name[ref.event]));
    assignText(out.secondary, spanName);
    if (out.text == u"exception") {
        out.severity = Severity::Critical;
    }
}

void fillDuration(const EventListing& listing, const CellRequest& request, CellContent& out)
{
    const EventRef& ref = listing.refs[request.row];
    if (ref.isSpan()) {
        const std::int64_t duration = listing.spans->durationNs[ref.span];
        setNumber(out, CellKind::Number, static_cast<double>(duration), formatDuration(duration));
    }
}

void fillDetails(const EventListing& listing, const CellRequest& request, CellContent& out)
{
    const SpanTable& spans = *listing.spans;
    const EventRef& ref = listing.refs[request.row];
    const IndexRange range = ref.isSpan() ? spans.attributes[ref.span] : spans.eventRows.attributes[ref.event];
    out.text = attributeSummary(spans.attributeRows, spans.strings, range);
}

} // namespace

TableColumns eventColumns()
{
    TableColumns columns;
    TableColumn time{
        .id = QStringLiteral("time"), .title = QT_TRANSLATE_NOOP("TableColumn", "Time"), .width = 100, .minWidth = 80};
    time.align = ColumnAlign::Right;
    time.numberSample = QStringLiteral("+888.88");
    time.unitSample = QStringLiteral("min");
    time.fill = kFill<fillTime>;
    columns.push_back(time);
    columns.push_back({.id = QStringLiteral("kind"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Kind"),
                       .width = 72,
                       .minWidth = 60,
                       .fill = kFill<fillKind>});
    columns.push_back({.id = QStringLiteral("service"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Service"),
                       .width = 140,
                       .minWidth = 80,
                       .fill = kFill<fillService>});
    columns.push_back({.id = QStringLiteral("name"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Name"),
                       .width = 280,
                       .minWidth = 120,
                       .stretch = 1,
                       .fill = kFill<fillName>});
    TableColumn duration{.id = QStringLiteral("duration"),
                         .title = QT_TRANSLATE_NOOP("TableColumn", "Duration"),
                         .width = 90,
                         .minWidth = 76};
    duration.align = ColumnAlign::Right;
    duration.numberSample = QStringLiteral("888.8");
    duration.unitSample = QStringLiteral("min");
    duration.fill = kFill<fillDuration>;
    columns.push_back(duration);
    columns.push_back({.id = QStringLiteral("details"),
                       .title = QT_TRANSLATE_NOOP("TableColumn", "Attributes"),
                       .width = 320,
                       .minWidth = 120,
                       .stretch = 2,
                       .givesWay = 1,
                       .fill = kFill<fillDetails>});
    return columns;
}

} // namespace tracedeck
