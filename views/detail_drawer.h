// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/fact_sections.h"
#include "views/row_facts.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace tracedeck {

class EdgeGrip;
class FactsView;
class FlatButton;
class TabStrip;

/// The panel on the right, 324 px wide unless drawn wider: everything known about one row, tabs of others
/// (history), and the same as JSON.
class DetailDrawer : public QWidget {
    Q_OBJECT

public:
    explicit DetailDrawer(QWidget* parent = nullptr);

    /// Shows or refreshes a row. `goneText` not empty: the row left the table; the last facts stay, marked.
    void showRow(const RowFacts& facts, const QString& goneText = {});
    [[nodiscard]] const RowFacts& facts() const { return m_facts; }
    /// From which percentages on a value of the rows shown next is listed as a problem.
    void setProblemLevels(const ProblemLevels& levels) { m_levels = levels; }
    void showJson(bool json);
    /// A tab of somebody else, in front of JSON. The drawer owns the widget and scrolls it.
    void addTab(const QString& id, const QString& title, QWidget* widget);
    /// "overview", "json" or the id of an added tab; an unknown one changes nothing.
    void showTab(const QString& id);
    [[nodiscard]] QString currentTab() const;
    /// Width at text scale 1; kept between its limits.
    void setWantedWidth(int width);
    [[nodiscard]] int wantedWidth() const noexcept { return m_width; }
    [[nodiscard]] bool isJsonShown() const;
    /// A third tab with what the row's source tells about it; it goes when another row is shown.
    void showInspect(const QString& text);
    [[nodiscard]] bool isInspectShown() const;
    [[nodiscard]] QStringList texts() const;

Q_SIGNALS:
    /// Another row is shown, or the same one with new values.
    void rowShown(tracedeck::RowKey key);
    void widthChosen(int width);
    void closeRequested();
    void inspectRequested();
    void linkActivated(const QString& link);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyLooks();
    [[nodiscard]] QWidget* scrolled(QWidget* widget);

    RowFacts m_facts;
    ProblemLevels m_levels;
    QLabel* m_title;
    QLabel* m_subtitle;
    QLabel* m_gone;
    FlatButton* m_close;
    TabStrip* m_tabs;
    FlatButton* m_traces;
    QStackedWidget* m_body;
    QStringList m_tabIds; ///< of the pages of m_body
    EdgeGrip* m_grip;
    int m_width = 0;
    FactsView* m_view;
    QPlainTextEdit* m_json;
    QPlainTextEdit* m_inspect;
};

} // namespace tracedeck
