// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/row_facts.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace tracedeck {

class FactsView;
class FlatButton;
class TabStrip;

/// The 324-px panel on the right: everything known about one row, and the same as JSON.
class DetailDrawer : public QWidget {
    Q_OBJECT

public:
    explicit DetailDrawer(QWidget* parent = nullptr);

    /// Shows or refreshes a row. `goneText` not empty: the row left the table; the last facts stay, marked.
    void showRow(const RowFacts& facts, const QString& goneText = {});
    [[nodiscard]] const RowFacts& facts() const { return m_facts; }
    void showJson(bool json);
    [[nodiscard]] bool isJsonShown() const;
    [[nodiscard]] QStringList texts() const;

Q_SIGNALS:
    void closeRequested();
    void linkActivated(const QString& link);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyLooks();

    RowFacts m_facts;
    QLabel* m_title;
    QLabel* m_subtitle;
    QLabel* m_gone;
    FlatButton* m_close;
    TabStrip* m_tabs;
    FlatButton* m_traces;
    QStackedWidget* m_body;
    FactsView* m_view;
    QPlainTextEdit* m_json;
};

} // namespace tracedeck
