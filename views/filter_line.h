// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/panel_line.h"
#include "views/segment_bar.h"
#include "views/table_choice.h"
#include "views/table_summary.h"

#include <vector>

class QLabel;
class QMenu;

namespace tracedeck {

class FilterChips;
class FlatButton;

/// A choice in a menu of the filter line.
struct FilterOption {
    QString id;
    QString label;
};

/// The line that restricts and arranges a table: view and status segments, source, host, grouping and
/// column menus, the parts of the query as chips, how many rows are shown, and whether the order is held.
class FilterLine : public PanelLine {
    Q_OBJECT

public:
    struct Content {
        std::vector<Segment> views; ///< empty = no view segments
        std::vector<Segment> statuses;
        std::vector<FilterOption> groupings;
    };
    explicit FilterLine(Content content, QWidget* parent = nullptr);

    void setChoice(const TableChoice& choice);
    void setSummary(const TableSummary& summary);
    void openColumns();
    void openGroupMenu();
    /// "order held 14 s"; empty hides the button.
    void setHeldText(const QString& text);
    [[nodiscard]] QString countText() const;

Q_SIGNALS:
    /// The user changed something; take the value over and derive.
    void choiceEdited(const tracedeck::TableChoice& choice);
    void resortRequested();
    /// The chooser of columns is wanted, below this point.
    void columnsRequested(const QPoint& globalPosition);
    void collapseAllRequested();
    void expandAllRequested();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildSourceMenu();
    void buildGroupMenu();
    void buildThenMenu(QMenu* menu);
    void applyChoice();
    void layoutParts();
    void refreshChips();

    Content m_content;
    TableChoice m_choice;
    TableSummary m_summary;
    SegmentBar* m_views = nullptr;
    SegmentBar* m_statuses;
    FlatButton* m_problems;
    FlatButton* m_host;
    FlatButton* m_source;
    FlatButton* m_group;
    FlatButton* m_columns;
    FlatButton* m_held;
    FilterChips* m_chips;
    QLabel* m_count;
    QMenu* m_sourceMenu;
    QMenu* m_groupMenu;
};

} // namespace tracedeck
