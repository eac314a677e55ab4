// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/trace_list_request.h"
#include "models/grouped_table_model.h"
#include "selectors/trace_content.h"
#include "views/page.h"
#include "views/trace_match_link.h"
#include "views/traces_empty_view.h"

#include <functional>
#include <memory>

class QLabel;
class QStackedWidget;
class QTimer;

namespace tracedeck {

class FilterChips;
class FlatButton;
class GroupedTableView;
class NoteStrip;
class SegmentBar;
class TraceDetailView;
class TraceScatterView;
class TracesEmptyView;

/// What the trace list is asked for, as the page's controls say it.
struct TraceChoice {
    QString query;
    QString range = QStringLiteral("all"); ///< "15m", "1h", "6h", "24h" or "all"
    bool errorsOnly = false;
    bool showOwn = false;
    TraceOrder order = TraceOrder::StartDescending;
    bool operator==(const TraceChoice&) const = default;
};

/// Length of a range in ns, 0 for "all" and unknown ones.
[[nodiscard]] std::int64_t rangeNs(const QString& range);

/// The traces page: filter line and list, or one trace. It says what is wanted (choiceChanged, loadMore,
/// traceOpened …) and shows what it is given; it fetches nothing.
class TracesPage : public Page {
    Q_OBJECT

public:
    explicit TracesPage(QWidget* parent = nullptr);

    [[nodiscard]] QString pageId() const override { return QStringLiteral("traces"); }
    [[nodiscard]] static QString name() { return tr("Traces"); }
    [[nodiscard]] QString title() const override { return name(); }
    [[nodiscard]] QString keyScope() const override
    {
        return m_openTrace.isEmpty() ? QStringLiteral("table") : QStringLiteral("trace");
    }
    [[nodiscard]] QString countText() const override;
    [[nodiscard]] QString searchHint() const override;
    [[nodiscard]] QString queryText() const override;
    QueryFeedback setQueryText(const QString& text) override;
    [[nodiscard]] QueryCompletions completions(const QString& text, int cursor) const override;
    [[nodiscard]] QUrlQuery routeState() const override;
    void restoreRouteState(const QUrlQuery& state) override;
    bool runCommand(const QString& commandId) override;
    bool peel() override;
    void focusContent() override;
    [[nodiscard]] QStringList missing() const override;
    [[nodiscard]] PageDump dump() const override;

    [[nodiscard]] const TraceChoice& choice() const noexcept { return m_choice; }
    [[nodiscard]] bool following() const noexcept { return m_following; }
    /// Id of the trace that is open, empty for the list.
    [[nodiscard]] QString openTrace() const noexcept { return m_openTrace; }

    /// Numbers around the list. `matching` below `loaded` counts as unknown and prints "at least".
    struct ListState {
        std::uint64_t loaded = 0;
        std::uint64_t matching = 0;
        bool matchingKnown = false;
        std::uint64_t total = 0; ///< traces in the store
        bool more = false; ///< another page can be loaded
        bool loading = false;
        std::uint32_t waiting = 0; ///< new traces behind the button
        QString problem; ///< why the list is not what was asked for; empty = it is
        bool ownOnly = false; ///< own traces are listed because there are no others
    };
    void setListState(const ListState& state);
    void setReceiveInfo(const ReceiveInfo& info);
    [[nodiscard]] const ReceiveInfo& receiveInfo() const noexcept { return m_receive; }
    /// Whose traces are wanted, if a row's are; which way finds them is for the answer to say.
    [[nodiscard]] const TraceMatchWish& matchWish() const noexcept { return m_wish; }
    /// The first way that found traces (-1: none did). Shows the list by it and says so.
    void showMatch(int way);
    /// A row's traces are wanted and no way led to any so far.
    [[nodiscard]] bool matchOpen() const { return !m_wish.isEmpty() && m_matchedWay < 0; }
    [[nodiscard]] GroupedTableModel* model() const { return m_model; }
    [[nodiscard]] GroupedTableView* table() const { return m_table; }
    [[nodiscard]] TraceDetailView* detail() const { return m_detail; }
    /// Shows the trace that was asked for; ignored when another one is open by now.
    void showTrace(const QString& id, const TraceContent& content);
    void showTraceProblem(const QString& id, const QString& text);
    /// Log records of the trace that was asked for; ignored when another one is open by now.
    void showLogs(const QString& id, std::shared_ptr<const LogTable> logs);
    void showLogsProblem(const QString& id, const QString& text);
    /// Opens a trace as if its row had been activated.
    void openTraceId(const QString& id);

Q_SIGNALS:
    void choiceChanged(const tracedeck::TraceChoice& choice);
    void loadMoreRequested();
    void waitingRequested();
    void followingChanged(bool following);
    void traceOpened(const QString& id);
    void traceClosed();
    void jsonRequested(const QString& id);
    /// Neither age nor "Clear" shall remove a trace (`keep`), or they may again.
    void pinWanted(const QString& id, bool keep);
    /// The logs tab of the open trace is shown.
    void logsRequested(const QString& id);
    /// The traces of a row are wanted, see matchWish().
    void matchWanted();

private:
    static constexpr int kAsking = -2;
    static constexpr int kNoWay = -1;

    void build();
    void connectParts();
    void takeChoice(TraceChoice choice);
    void takeWish(TraceMatchWish wish);
    void refreshList();
    void openNewest();
    void refreshNotes();
    [[nodiscard]] QString noMatchText() const;
    void connectNotes();
    void connectScatter();
    void refreshScatter();
    void markScatter();
    void closeTrace();
    void sortBy(const QString& columnId, bool descending);
    void updateSortMark();
    void refreshChips();
    [[nodiscard]] QString traceIdOf(RowKey key) const;
    /// The open trace, else that of the current row; empty without either.
    [[nodiscard]] QString traceInHand() const;
    bool runTraceCommand(const QString& commandId);
    void showRowMenu(RowKey key, const QPoint& at);

    TraceChoice m_choice;
    ListState m_list;
    bool m_hasList = false;
    bool m_following = false;
    bool m_followInside = false; ///< asked for on an open trace: the newest one opens as it comes
    QString m_openTrace;
    QString m_wantedSpan;
    QString m_wantedTab; ///< of a link, until the trace is here
    QString m_findText;
    ReceiveInfo m_receive;
    TraceMatchWish m_wish;
    int m_matchedWay = kAsking;
    std::shared_ptr<const RowPlan> m_scatterPlan; ///< what the picture of durations shows
    bool m_showLines = false; ///< the environment lines stand in place of own traces
    GroupedTableModel* m_model;
    QStackedWidget* m_stack;
    QWidget* m_listPage;
    QStackedWidget* m_body;
    GroupedTableView* m_table;
    TraceScatterView* m_scatter;
    NoteStrip* m_matchNote;
    NoteStrip* m_ownNote;
    TracesEmptyView* m_empty;
    TraceDetailView* m_detail;
    SegmentBar* m_ranges;
    SegmentBar* m_errors;
    QLabel* m_loaded;
    FlatButton* m_columns;
    FilterChips* m_chips;
    FlatButton* m_newButton;
    FlatButton* m_follow;
    FlatButton* m_more;
    QTimer* m_queryTimer;
};

} // namespace tracedeck
