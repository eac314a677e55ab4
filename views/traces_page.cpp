// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/traces_page.h"

#include "core/number_format.h"
#include "models/plural_text.h"
#include "models/trace_columns.h"
#include "selectors/trace_listing.h"
#include "views/filter_chips.h"
#include "views/flat_button.h"
#include "views/grouped_table_view.h"
#include "views/note_strip.h"
#include "views/panel_line.h"
#include "views/query_feedback.h"
#include "views/segment_bar.h"
#include "views/theme.h"
#include "views/trace_detail_view.h"
#include "views/trace_order_column.h"
#include "views/trace_scatter_view.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kQueryPauseMs = 250; ///< typing pause before a server is asked

QString count(std::uint64_t n)
{
    return QString::fromStdString(formatCount(n));
}

} // namespace

TracesPage::TracesPage(QWidget* parent)
    : Page(parent),
      m_model(new GroupedTableModel(traceColumns(), this)),
      m_stack(new QStackedWidget(this)),
      m_listPage(new QWidget(this)),
      m_body(new QStackedWidget(this)),
      m_table(new GroupedTableView(this)),
      m_scatter(new TraceScatterView(this)),
      m_matchNote(new NoteStrip(this)),
      m_ownNote(new NoteStrip(this)),
      m_empty(new TracesEmptyView(this)),
      m_detail(new TraceDetailView(this)),
      m_ranges(new SegmentBar({{QStringLiteral("15m"), tr("15 min")},
                               {QStringLiteral("1h"), tr("1 h")},
                               {QStringLiteral("6h"), tr("6 h")},
                               {QStringLiteral("24h"), tr("24 h")},
                               {QStringLiteral("all"), tr("All")}},
                              this)),
      m_errors(new SegmentBar(
          {{QStringLiteral("all"), tr("All")}, {QStringLiteral("errors"), tr("Errors"), Severity::Critical}}, this)),
      m_loaded(new QLabel(this)),
      m_columns(new FlatButton(tr("Columns"), this)),
      m_chips(new FilterChips(this)),
      m_newButton(new FlatButton({}, this)),
      m_follow(new FlatButton(tr("Follow newest"), this)),
      m_more(new FlatButton(tr("Load more"), this)),
      m_queryTimer(new QTimer(this))
{
    build();
    connectParts();
    m_ranges->setCurrent(m_choice.range);
    updateSortMark();
    refreshList();
}

void TracesPage::build()
{
    m_table->setTableModel(m_model);
    m_columns->setPopupMenu(m_table->createColumnMenu(this));
    connect(m_table, &GroupedTableView::chooserRequested, m_table,
            [this](const QPoint& at) { m_table->createColumnMenu(m_table)->popup(at); });
    m_newButton->setLook(FlatButton::Look::Accent);
    m_follow->setKeyHint(QStringLiteral("f"));
    m_follow->setCheckable(true);
    m_ranges->setAccessibleName(tr("Range of the list"));
    m_errors->setAccessibleName(tr("Errors"));
    m_queryTimer->setSingleShot(true);
    m_queryTimer->setInterval(kQueryPauseMs);
    auto* bar = new PanelLine(m_listPage);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(14, 0, 14, 1);
    line->setSpacing(8);
    line->addWidget(m_ranges);
    line->addWidget(m_errors);
    line->addWidget(m_columns);
    line->addWidget(m_chips, 1);
    line->addWidget(m_loaded);
    line->addWidget(m_newButton);
    line->addWidget(m_follow);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 4, 12, 4);
    foot->addStretch(1);
    foot->addWidget(m_more);
    foot->addStretch(1);
    m_body->addWidget(m_table);
    m_body->addWidget(m_empty);
    auto* list = new QVBoxLayout(m_listPage);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(0);
    list->addWidget(bar);
    list->addWidget(m_matchNote);
    list->addWidget(m_ownNote);
    list->addWidget(m_scatter);
    list->addWidget(m_body, 1);
    list->addLayout(foot);
    m_stack->addWidget(m_listPage);
    m_stack->addWidget(m_detail);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

void TracesPage::connectParts()
{
    connect(m_ranges, &SegmentBar::activated, this, [this](const QString& id) {
        TraceChoice next = m_choice;
        next.range = id;
        takeChoice(std::move(next));
    });
    connect(m_errors, &SegmentBar::activated, this, [this](const QString& id) {
        TraceChoice next = m_choice;
        next.errorsOnly = id == u"errors";
        takeChoice(std::move(next));
    });
    connect(m_queryTimer, &QTimer::timeout, this, [this] {
        m_list.loading = true;
        Q_EMIT choiceChanged(m_choice);
    });
    connect(m_newButton, &FlatButton::clicked, this, &TracesPage::waitingRequested);
    connect(m_more, &FlatButton::clicked, this, &TracesPage::loadMoreRequested);
    connect(m_follow, &FlatButton::toggled, this, [this](bool on) {
        m_following = on;
        Q_EMIT followingChanged(on);
    });
    connect(m_table, &GroupedTableView::rowActivated, this, [this](RowKey key) { openTraceId(traceIdOf(key)); });
    connect(m_table, &GroupedTableView::sortRequested, this, [this](const QString& column, SortDirection direction) {
        sortBy(column, direction == SortDirection::Descending);
    });
    connect(m_table, &GroupedTableView::rowMenuRequested, this, &TracesPage::showRowMenu);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        // Reading to the end is asking for more.
        if (m_list.more && !m_list.loading && value > 0 && value == m_table->verticalScrollBar()->maximum()) {
            Q_EMIT loadMoreRequested();
        }
    });
    connectNotes();
    connectScatter();
    connect(m_empty, &TracesEmptyView::copied, this, &TracesPage::noticed);
    connect(m_empty, &TracesEmptyView::clearRequested, this, [this] {
        TraceChoice next;
        next.showOwn = m_choice.showOwn;
        takeChoice(std::move(next));
        Q_EMIT pageChanged();
    });
    connect(m_detail, &TraceDetailView::backRequested, this, [this] { closeTrace(); });
    connect(m_detail, &TraceDetailView::linkActivated, this, &TracesPage::linkActivated);
    connect(m_detail, &TraceDetailView::noticed, this, &TracesPage::noticed);
    connect(m_detail, &TraceDetailView::spanChanged, this, &TracesPage::routeChanged);
    connect(m_detail, &TraceDetailView::findRequested, this, [this](const QString& text) {
        setQueryText(text);
        Q_EMIT pageChanged();
    });
    connect(m_detail, &TraceDetailView::tabChanged, this, [this](const QString& tab) {
        if (tab == u"json") {
            Q_EMIT jsonRequested(m_openTrace);
        } else if (tab == u"logs") {
            Q_EMIT logsRequested(m_openTrace);
        }
    });
}

void TracesPage::takeChoice(TraceChoice choice)
{
    const bool changed = m_queryTimer->isActive() || !(choice == m_choice); // what was typed is still owed
    m_queryTimer->stop();
    m_choice = std::move(choice);
    m_ranges->setCurrent(m_choice.range);
    m_errors->setCurrent(m_choice.errorsOnly ? QStringLiteral("errors") : QStringLiteral("all"));
    updateSortMark();
    refreshChips();
    refreshNotes();
    if (changed) {
        m_list.loading = true; // until the list of this choice is here
        Q_EMIT choiceChanged(m_choice);
    }
}

QString TracesPage::countText() const
{
    return m_hasList && m_list.total > 0 ? count(m_list.total) : QString();
}

QString TracesPage::searchHint() const
{
    return m_openTrace.isEmpty() ? tr("Search traces: service:payments duration>250ms") : tr("Find in this trace");
}

QString TracesPage::queryText() const
{
    return m_openTrace.isEmpty() ? m_choice.query : m_findText;
}

QueryFeedback TracesPage::setQueryText(const QString& text)
{
    if (!m_openTrace.isEmpty()) {
        m_findText = text;
        QueryFeedback feedback;
        if (m_detail->setFindText(text) == 0 && !text.isEmpty()) {
            feedback.error = m_detail->findPlace();
        }
        return feedback;
    }
    QueryFeedback feedback = queryFeedback(text, QueryTable::Traces);
    if (feedback.error.isEmpty() && text != m_choice.query) {
        m_choice.query = text;
        refreshChips();
        refreshNotes();
        m_queryTimer->start();
    }
    return feedback;
}

void TracesPage::sortBy(const QString& columnId, bool descending)
{
    if (const std::optional<TraceOrder> order = orderOfColumn(columnId, descending)) {
        TraceChoice next = m_choice;
        next.order = *order;
        takeChoice(std::move(next));
        Q_EMIT pageChanged(); // links and Back carry the order
    }
}

void TracesPage::updateSortMark()
{
    const TraceOrderColumn at = columnOfOrder(m_choice.order);
    m_table->setSortMark(at.column, at.descending ? SortDirection::Descending : SortDirection::Ascending);
}

QString TracesPage::traceIdOf(RowKey key) const
{
    const int row = m_model->rowOfKey(key);
    const qint64 source = row < 0 ? -1 : m_model->sourceRow(row);
    const auto* listing = m_model->snapshot().table<TraceListing>();
    if (source < 0 || listing == nullptr) {
        return {};
    }
    return QString::fromStdString(listing->table.traceId[static_cast<std::size_t>(source)].toHex());
}

void TracesPage::setListState(const ListState& state)
{
    m_list = state;
    m_hasList = true;
    m_showLines = m_showLines && state.ownOnly;
    refreshList();
    openNewest();
    Q_EMIT pageChanged();
}

void TracesPage::setReceiveInfo(const ReceiveInfo& info)
{
    if (!(info == m_receive)) {
        m_receive = info;
        refreshList();
    }
}

void TracesPage::refreshList()
{
    const QString matching = !m_list.matchingKnown
        ? tr("at least %1").arg(count(std::max(m_list.matching, m_list.loaded)))
        : count(m_list.matching);
    m_loaded->setText(m_list.problem.isEmpty() ? tr("%1 of %2 loaded").arg(count(m_list.loaded), matching)
                                               : m_list.problem);
    // With nothing to list the empty state says what is wrong.
    m_loaded->setVisible(m_hasList && (m_list.loaded > 0 || (!m_list.problem.isEmpty() && m_list.total > 0)));
    m_newButton->setVisible(m_list.waiting > 0);
    m_newButton->setText(tr("%1 new \u2191").arg(m_list.waiting));
    m_more->setVisible(m_list.more);
    m_more->setEnabled(!m_list.loading);
    m_more->setText(m_list.loading ? tr("Loading\u2026") : tr("Load more"));
    refreshNotes();
    if ((m_list.loaded > 0 || m_list.waiting > 0) && !m_showLines) {
        const bool inHand = m_body->currentWidget() != m_table && m_body->isAncestorOf(QApplication::focusWidget());
        m_body->setCurrentWidget(m_table);
        if (inHand || m_body->hasFocus()) {
            m_table->setFocus(Qt::OtherFocusReason);
        }
        refreshScatter();
        return;
    }
    const bool looking = !m_wish.isEmpty() && m_matchedWay == kAsking;
    if (m_hasList && m_list.problem.isEmpty() && !m_showLines && (m_list.loading || looking)) {
        return; // nothing is known yet: what stands there stays
    }
    if (m_matchedWay == kNoWay && !m_wish.isEmpty() && m_list.problem.isEmpty()) {
        m_empty->setNothingMatches(noMatchText(), true);
    } else if (m_hasList && m_list.total > 0 && !m_list.ownOnly) {
        const bool filtered = !m_choice.query.isEmpty() || m_choice.errorsOnly || m_choice.range != u"all";
        m_empty->setNothingMatches(
            tr("The store holds %1; none passes the filter.").arg(pluralText(m_list.total, tr("trace"), tr("traces"))),
            filtered);
    } else {
        ReceiveInfo info = m_receive;
        if (!m_list.problem.isEmpty()) {
            info.problem = m_list.problem;
        }
        m_empty->setInfo(info);
    }
    m_body->setCurrentWidget(m_empty);
    refreshScatter();
}

} // namespace tracedeck
