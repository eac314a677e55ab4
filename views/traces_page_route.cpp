// SPDX-License-Identifier: GPL-3.0-or-later
// Links, commands and dumps of TracesPage.
#include "models/cell_content.h"
#include "selectors/trace_listing.h"
#include "views/filter_chips.h"
#include "views/flat_button.h"
#include "views/grouped_table_view.h"
#include "views/selected_rows.h"
#include "views/snapshot_query.h"
#include "views/trace_copy.h"
#include "views/trace_detail_view.h"
#include "views/trace_logs_tab.h"
#include "views/trace_order_column.h"
#include "views/traces_page.h"
#include "views/waterfall_view.h"

#include <QStackedWidget>

namespace tracedeck {

std::int64_t rangeNs(const QString& range)
{
    constexpr std::int64_t kMinute = 60'000'000'000;
    if (range == u"15m") {
        return 15 * kMinute;
    }
    if (range == u"1h") {
        return 60 * kMinute;
    }
    if (range == u"6h") {
        return 360 * kMinute;
    }
    return range == u"24h" ? 1'440 * kMinute : 0;
}

QueryCompletions TracesPage::completions(const QString& text, int cursor) const
{
    // An open trace is searched for plain text, not with fields.
    return m_openTrace.isEmpty() ? snapshotCompletions(m_model->snapshot(), QueryTable::Traces, text, cursor)
                                 : QueryCompletions();
}

void TracesPage::refreshChips()
{
    m_chips->setChips(queryChips(m_choice.query, [this](const QString& rest) {
        TraceChoice next = m_choice;
        next.query = rest;
        takeChoice(std::move(next));
        Q_EMIT pageChanged();
    }));
}

QUrlQuery TracesPage::routeState() const
{
    QUrlQuery state;
    const auto add = [&](const QString& key, const QString& value) {
        if (!value.isEmpty()) {
            state.addQueryItem(key, QString::fromUtf8(QUrl::toPercentEncoding(value)));
        }
    };
    add(QStringLiteral("q"), m_choice.query);
    addMatchWish(state, m_wish);
    add(QStringLiteral("range"), m_choice.range == u"all" ? QString() : m_choice.range);
    add(QStringLiteral("errors"), m_choice.errorsOnly ? QStringLiteral("1") : QString());
    add(QStringLiteral("sort"), traceOrderText(m_choice.order));
    add(QStringLiteral("trace"), m_openTrace);
    if (!m_openTrace.isEmpty()) {
        add(QStringLiteral("span"), m_detail->currentSpan());
        add(QStringLiteral("tab"), m_detail->tab() == u"timeline" ? QString() : m_detail->tab());
    }
    return state;
}

void TracesPage::restoreRouteState(const QUrlQuery& state)
{
    const auto value = [&](const char16_t* key) {
        return state.queryItemValue(QString::fromUtf16(key), QUrl::FullyDecoded);
    };
    TraceChoice next = m_choice;
    next.query = value(u"q");
    next.range = rangeNs(value(u"range")) == 0 ? QStringLiteral("all") : value(u"range");
    next.errorsOnly = value(u"errors") == u"1";
    next.order = traceOrderFromText(value(u"sort"));
    TraceMatchWish wish = readMatchWish(state);
    if (!wish.isEmpty() && next.query.isEmpty()) {
        next.query = wish.ways.front().query;
    }
    takeChoice(std::move(next));
    takeWish(std::move(wish));
    const QString trace = value(u"trace");
    if (trace.isEmpty()) {
        closeTrace();
        return;
    }
    openTraceId(trace);
    if (const QString span = value(u"span"); !span.isEmpty() && !m_detail->selectSpan(span)) {
        m_wantedSpan = span;
    }
    if (const QString tab = value(u"tab"); m_detail->hasTrace()) {
        m_detail->setTab(tab.isEmpty() ? QStringLiteral("timeline") : tab);
    } else {
        m_wantedTab = tab;
    }
}

bool TracesPage::runCommand(const QString& commandId)
{
    if (commandId == u"trace.follow") {
        m_follow->setChecked(!m_follow->isChecked());
        return true;
    }
    if (commandId == u"trace.followNewest") {
        m_followInside = !m_following;
        m_follow->setChecked(m_followInside);
        Q_EMIT noticed(m_followInside ? tr("The newest trace opens as it comes; f ends it")
                                      : tr("This trace stays open"));
        openNewest();
        return true;
    }
    if (commandId == u"traces.new") {
        Q_EMIT waitingRequested();
        return true;
    }
    if (commandId == u"traces.more") {
        Q_EMIT loadMoreRequested();
        return true;
    }
    if (commandId == u"traces.own") {
        TraceChoice next = m_choice;
        next.showOwn = !next.showOwn;
        takeChoice(std::move(next));
        return true;
    }
    if (commandId == u"table.problems" && m_openTrace.isEmpty()) {
        TraceChoice next = m_choice;
        next.errorsOnly = !next.errorsOnly;
        takeChoice(std::move(next));
        return true;
    }
    if (runTraceCommand(commandId)) {
        return true;
    }
    if (m_openTrace.isEmpty()) {
        if (runCopyCommand(m_table, commandId, [this](const QString& text) { Q_EMIT noticed(text); })) {
            return true;
        }
        if ((commandId == u"row.open" || commandId == u"row.details") && m_table->currentKey() != 0) {
            openTraceId(traceIdOf(m_table->currentKey()));
            return true;
        }
        return false;
    }
    if (commandId == u"row.json" || commandId == u"trace.json") {
        m_detail->setTab(QStringLiteral("json"));
        return true;
    }
    if (runTraceCopyCommand(m_detail, commandId, [this](const QString& text) { Q_EMIT noticed(text); })) {
        return true;
    }
    return m_detail->runCommand(commandId);
}

bool TracesPage::peel()
{
    if (!m_openTrace.isEmpty()) {
        if (m_detail->closePanel()) {
            return true;
        }
        if (!m_findText.isEmpty()) {
            setQueryText({});
            Q_EMIT pageChanged();
            return true;
        }
        closeTrace();
        return true;
    }
    if (!m_choice.query.isEmpty() || m_choice.errorsOnly) {
        TraceChoice next = m_choice;
        next.query.clear();
        next.errorsOnly = false;
        takeChoice(std::move(next));
        Q_EMIT pageChanged();
        return true;
    }
    return false;
}

void TracesPage::focusContent()
{
    // What is not on screen cannot keep the keyboard: until there are rows, their place does.
    QWidget* target = m_body->currentWidget() == m_table ? static_cast<QWidget*>(m_table) : m_body;
    if (!m_openTrace.isEmpty()) {
        target = m_detail;
        if (m_detail->hasTrace() && m_detail->tab() == u"timeline") {
            target = m_detail->waterfall(); // Enter and the arrows are for the spans
        } else if (m_detail->hasTrace() && m_detail->tab() == u"events") {
            target = m_detail->eventTable();
        } else if (m_detail->hasTrace() && m_detail->tab() == u"logs") {
            target = m_detail->logs()->table();
        }
    }
    target->setFocus(Qt::OtherFocusReason);
}

QStringList TracesPage::missing() const
{
    QStringList missing;
    if (!m_hasList || m_list.loading || (!m_wish.isEmpty() && m_matchedWay == kAsking)) {
        missing.push_back(tr("trace list"));
    }
    if (!m_openTrace.isEmpty() && !m_detail->hasTrace()) {
        missing.push_back(tr("trace %1").arg(m_openTrace));
    } else if (!m_openTrace.isEmpty() && m_detail->tab() == u"logs" && !m_detail->logs()->hasLogs()) {
        missing.push_back(tr("logs of the trace"));
    }
    return missing;
}

PageDump TracesPage::dump() const
{
    // An open trace dumps its events, the list its rows.
    if (!m_openTrace.isEmpty()) {
        m_detail->fillEvents();
    }
    const GroupedTableModel& model = m_openTrace.isEmpty() ? *m_model : *m_detail->eventTable()->tableModel();
    PageDump dump;
    for (const TableColumn& column : model.columns()) {
        dump.columns.push_back(column.id);
    }
    for (int row = 0; row < model.rowCount(); ++row) {
        DumpRow out;
        out.key = model.rowKey(row);
        for (int column = 0; column < model.columnCount(); ++column) {
            const CellContent* cell = model.cell(row, column);
            const QString text = QString(cell->text).replace(kTagSeparator, QStringLiteral(", "));
            out.cells.push_back(
                {dump.columns.at(column), text, cell->hasValue ? QVariant(cell->value) : QVariant(), cell->unit});
        }
        dump.rows.push_back(std::move(out));
    }
    dump.shown = model.plan()->shown;
    dump.total = m_openTrace.isEmpty() ? std::max<quint64>(m_list.matching, dump.shown) : model.plan()->total;
    return dump;
}

} // namespace tracedeck
