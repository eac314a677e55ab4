// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/trace_content.h"

#include <QWidget>
#include <vector>

class QPlainTextEdit;
class QStackedWidget;

namespace tracedeck {

class GroupedTableModel;
class GroupedTableView;
class SpanDetailsPanel;
class TabStrip;
class TraceHeaderBar;
class TraceLogsTab;
class TraceOverviewStrip;
class TraceOverviewTab;
class WaterfallView;

/// One trace: header, tabs (Timeline, Overview, Events, Logs, JSON; the last two are asked for when opened) and the
/// panel of the chosen span. Everything shown comes from one TraceContent; a longer version of the same trace keeps
/// folds, zoom, tab and the chosen span.
class TraceDetailView : public QWidget {
    Q_OBJECT

public:
    explicit TraceDetailView(QWidget* parent = nullptr);

    void setUtcOffset(std::int32_t seconds) { m_utcOffsetSeconds = seconds; }
    void setTrace(const TraceContent& content);
    /// A sentence in place of the trace: loading, not found, failed.
    void setMessage(const QString& text);
    [[nodiscard]] bool hasTrace() const noexcept { return m_content.spans != nullptr; }

    [[nodiscard]] QString tab() const;
    void setTab(const QString& id);
    /// Text of the JSON tab; opens it.
    void showJson(const QString& text);
    /// Records of the open trace; ignored without one.
    void showLogs(std::shared_ptr<const LogTable> logs);

    /// Marks matches; returns how many there are. Empty text clears.
    int setFindText(const QString& text);
    /// "2 of 4" for the present place among the matches; empty when there are none.
    [[nodiscard]] QString findPlace() const;
    /// Runs "find.next", "find.previous", "error.next", "error.previous", the commands of the waterfall, and
    /// "trace.timeline", "trace.logs", "trace.details", "trace.select", "trace.critical". False = not mine.
    bool runCommand(const QString& id);
    /// Closes the span panel. False = it was closed.
    bool closePanel();
    /// Hex id of the chosen span, for links; selectSpan() brings it back.
    [[nodiscard]] QString currentSpan() const;
    bool selectSpan(const QString& spanIdHex);

    /// Fills the event list even when its tab is not on screen, for dumps.
    void fillEvents();
    [[nodiscard]] WaterfallView* waterfall() const { return m_waterfall; }
    [[nodiscard]] GroupedTableView* eventTable() const { return m_eventTable; }
    [[nodiscard]] SpanDetailsPanel* panel() const { return m_panel; }
    [[nodiscard]] TraceLogsTab* logs() const { return m_logs; }

Q_SIGNALS:
    void backRequested();
    void linkActivated(const QString& link);
    void noticed(const QString& text);
    void tabChanged(const QString& id);
    void findRequested(const QString& text);
    void spanChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void applyTextSize();
    void connectParts();
    void showPosition(std::uint32_t position, bool openPanel);
    void showEventDetails(std::uint64_t key);
    void applyEvents();
    void fillShownTab();
    void toggleCriticalPath();
    void step(const std::vector<std::uint32_t>& positions, bool backwards);

    TraceContent m_content;
    std::int32_t m_utcOffsetSeconds = 0;
    bool m_eventsStale = false; ///< the tab was not filled since trace or find text changed
    bool m_overviewStale = false;
    std::vector<std::uint32_t> m_matches;
    QString m_findText;
    TraceHeaderBar* m_header;
    TabStrip* m_tabs;
    QStackedWidget* m_stack;
    QWidget* m_timeline;
    TraceOverviewStrip* m_strip;
    WaterfallView* m_waterfall;
    TraceOverviewTab* m_overview;
    GroupedTableModel* m_eventModel;
    GroupedTableView* m_eventTable;
    TraceLogsTab* m_logs;
    QPlainTextEdit* m_json;
    QWidget* m_message;
    SpanDetailsPanel* m_panel;
};

} // namespace tracedeck
