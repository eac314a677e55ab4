// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "selectors/query_fields.h"
#include "selectors/selection_totals.h"
#include "views/fact_sections.h"
#include "views/filter_line.h"
#include "views/page.h"
#include "views/row_facts.h"
#include "views/summary_line.h"
#include "views/table_choice.h"
#include "views/table_layout_state.h"

#include <QJsonObject>
#include <array>
#include <functional>
#include <utility>

class QHBoxLayout;
class QTimer;
class QVBoxLayout;

namespace tracedeck {

class ChangeStrip;
class ComparePanel;
class DetailDrawer;
class ColumnChooser;
class EmptyState;
class GroupedTableModel;
class GroupedTableView;
class SelectionLine;
class ServiceSection;
class LogPanel;

/// What makes a fleet page the one of hosts or of workloads.
struct FleetPageSetup {
    QString id;
    QString title;
    QString searchHint;
    QString waitingText; ///< empty state before anything arrived
    QString nothingText; ///< empty state when a source has no such rows
    QueryTable queryTable = QueryTable::Infrastructure;
    SummaryLine::Words words;
    FilterLine::Content filters;
    TableChoice defaults;
    bool opensWorkloads = false; ///< Enter goes to the workloads of the row instead of the drawer
    std::function<RowFacts(const TableSnapshot&, std::size_t row, std::int64_t nowNs)> facts;
    std::function<SelectionTotals(const TableSnapshot&, const RowIndexes& rows)> totals;
    std::function<std::int64_t()> clock; ///< ns since the Unix epoch
};

[[nodiscard]] FleetPageSetup infrastructurePageSetup(std::function<std::int64_t()> clock);
[[nodiscard]] FleetPageSetup workloadsPageSetup(std::function<std::int64_t()> clock);

/// Summary line, filter line, table and drawer over one kind of rows. It says what was chosen
/// (choiceChanged) and shows what came of it; deriving happens elsewhere.
class FleetPage : public Page {
    Q_OBJECT

public:
    FleetPage(FleetPageSetup setup, GroupedTableModel* model, QWidget* parent = nullptr);

    [[nodiscard]] QString pageId() const override { return m_setup.id; }
    [[nodiscard]] QString title() const override { return m_setup.title; }
    [[nodiscard]] QString countText() const override;
    [[nodiscard]] QString searchHint() const override { return m_setup.searchHint; }
    [[nodiscard]] QString queryText() const override { return m_queryText; }
    QueryFeedback setQueryText(const QString& text) override;
    [[nodiscard]] QueryCompletions completions(const QString& text, int cursor) const override;
    [[nodiscard]] QUrlQuery routeState() const override;
    void restoreRouteState(const QUrlQuery& state) override;
    bool runCommand(const QString& commandId) override;
    bool peel() override;
    void focusContent() override;
    [[nodiscard]] QStringList missing() const override;
    [[nodiscard]] PageDump dump() const override;

    [[nodiscard]] const TableChoice& choice() const { return m_choice; }
    /// Takes over a choice from settings; emits choiceChanged when it differs.
    void setChoice(const TableChoice& choice);
    void setSummary(const TableSummary& summary);
    void setHeldText(const QString& text);
    /// Why there are no rows yet, when a source failed; empty = none did.
    void setSourceProblem(const QString& text);
    [[nodiscard]] GroupedTableView* table() const { return m_table; }
    [[nodiscard]] GroupedTableModel* model() const { return m_model; }
    [[nodiscard]] DetailDrawer* drawer() const { return m_drawer; }
    [[nodiscard]] ChangeStrip* changeStrip() const { return m_changes; }
    [[nodiscard]] SummaryLine* summaryLine() const { return m_summaryLine; }
    /// Widgets of others: between summary and filter line, and above the table.
    void addBelowSummary(QWidget* widget);
    void addAboveTable(QWidget* widget);
    [[nodiscard]] bool isDrawerOpen() const;
    /// A section of further rows below the table; its rows open in the same drawer. At most one.
    void addSection(ServiceSection* section);
    /// Null without one.
    [[nodiscard]] ServiceSection* section() const { return m_section; }
    void openDrawer(RowKey key);
    /// Makes a row current, shows it and its drawer; false when neither table nor section has it as filtered.
    bool revealRow(RowKey key);
    void closeDrawer();
    /// Two rows side by side; null before the first comparison.
    [[nodiscard]] ComparePanel* comparePanel() const { return m_compare; }
    [[nodiscard]] bool isComparing() const;
    /// The log below the table; closing it says logClosed().
    [[nodiscard]] LogPanel* logPanel() const { return m_log; }
    void showLog(bool shown);
    /// Opens the drawer of the current row with what its source tells about it.
    void showInspect(const QString& text);

Q_SIGNALS:
    void choiceChanged(const tracedeck::TableChoice& choice);
    void resortRequested();
    void layoutStateChanged();
    void drawerToggled(bool open);
    /// The thresholds of a row are to be edited.
    void thresholdsRequested(tracedeck::RowKey key, const QString& name);
    /// `l` on a row: show the log of this container. An empty id = the row is no container.
    void logRequested(const QString& containerId, const QString& title);
    void logClosed();
    /// `d`, `y`, `s` and "open in" act on what the row's own source knows about this container.
    void inspectRequested(const QString& containerId, const QString& title);
    /// Open the row elsewhere: its web page, or the program its source names. `row` = RowFacts::json.
    /// `source` names the row's source as people know it; of a row of several sources the first.
    void openRequested(const QJsonObject& row, const QString& source);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// In the table or the section below it; null when neither has the row.
    [[nodiscard]] GroupedTableView* tableWithCurrent(RowKey key);
    void connectParts();
    void connectTable();
    void takeChoice(TableChoice choice);
    void sortBy(const QString& columnId, bool toggle);
    void thenSortBy(const QString& columnId);
    void toggleGroup(RowKey group);
    void collapseAll(bool collapse);
    void showChanges(int minutes);
    void togglePin(RowKey key);
    void markPins();
    void toggleComparison();
    void closeComparison();
    void followComparison();
    void refreshComparison();
    [[nodiscard]] std::pair<RowKey, RowKey> rowsToCompare() const;
    bool runGroupCommand(const QString& commandId);
    void showGroupMenu(const PlanGroup& group, const QPoint& at);
    void openColumnChooser(const QPoint& at);
    void refreshSelection();
    void activateRow(RowKey key);
    void refreshDrawer();
    void refreshEmptyState();
    [[nodiscard]] EmptyState& emptyState();
    void placeEmptyState();
    void showRowMenu(RowKey key, const QPoint& at);
    bool runRowCommand(const QString& commandId);
    [[nodiscard]] RowFacts factsOf(RowKey key) const;
    [[nodiscard]] ProblemLevels levelsOf(const RowFacts& facts) const;
    [[nodiscard]] QString sourceLabelOf(RowKey key) const;

    FleetPageSetup m_setup;
    GroupedTableModel* m_model;
    TableChoice m_choice;
    QString m_queryText; ///< as typed, also while it does not parse
    TableSummary m_summary;
    bool m_hasSummary = false;
    QString m_sourceProblem;
    SummaryLine* m_summaryLine;
    FilterLine* m_filterLine;
    ChangeStrip* m_changes;
    GroupedTableView* m_table;
    DetailDrawer* m_drawer;
    LogPanel* m_log;
    EmptyState* m_empty = nullptr; ///< built when there is something to say
    SelectionLine* m_selection;
    QTimer* m_patience; ///< how long a table without rows says nothing
    bool m_waitedLong = false;
    QHBoxLayout* m_bodyLayout; ///< rows, then what stands beside them
    ComparePanel* m_compare = nullptr;
    std::array<RowKey, 2> m_compared{};
    std::array<RowFacts, 2> m_comparedFacts; ///< as last known
    QVBoxLayout* m_rowsLayout; ///< table, selection line, section
    ServiceSection* m_section = nullptr;
    RowKey m_drawerKey = 0;
    bool m_emptyOffersSource = false; ///< there is nothing to show; another source may have something
};

} // namespace tracedeck
