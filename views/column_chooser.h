// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace tracedeck {

class GroupedTableView;

/// Which columns of a table show, and in which order: a list with a search field, marks to tick, rows to
/// drag. Keys: letters search, Down goes to the list, Space ticks, Alt+Up and Alt+Down move, Esc closes.
/// Every change shows in the table at once. The first column is not listed: it names the row.
class ColumnChooser : public QFrame {
    Q_OBJECT

public:
    explicit ColumnChooser(GroupedTableView* table, QWidget* parent = nullptr);

    /// Opens below a point, on the screen as a whole.
    void openAt(const QPoint& globalPosition);
    [[nodiscard]] QListWidget* list() const { return m_list; }
    [[nodiscard]] QLineEdit* search() const { return m_search; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    void filter(const QString& text);
    void takeOrder();
    bool moveCurrent(int by);
    bool listKey(int key, Qt::KeyboardModifiers modifiers);
    void toggle(QListWidgetItem* item);

    GroupedTableView* m_table;
    QLineEdit* m_search;
    QListWidget* m_list;
    bool m_filling = false;
};

} // namespace tracedeck
