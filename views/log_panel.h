// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log_lines.h"

#include <QWidget>

class QLabel;

namespace tracedeck {

class FlatButton;
class LogView;
class SearchField;

/// The log of one workload below the table: name, filter, follow, copy, close. It shows LogLines and says
/// what is wanted; where lines come from is not its business.
class LogPanel : public QWidget {
    Q_OBJECT

public:
    explicit LogPanel(QWidget* parent = nullptr);

    /// Starts with nothing: another workload's log follows.
    void begin(const QString& title);
    void append(std::vector<LogRow> rows);
    /// The log ended; an empty reason = the workload ended or was all there is.
    void setEnded(const QString& reason);
    [[nodiscard]] LogLines& lines() { return m_lines; }
    [[nodiscard]] LogView* view() const { return m_view; }
    [[nodiscard]] QString stateText() const;
    void setFilterText(const QString& text);

Q_SIGNALS:
    void closeRequested();
    void noticed(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyFilter(const QString& text);
    void refreshState();
    void applyLooks();

    LogLines m_lines;
    QLabel* m_title;
    QLabel* m_state;
    SearchField* m_filter;
    FlatButton* m_follow;
    FlatButton* m_copy;
    FlatButton* m_close;
    LogView* m_view;
    QString m_ended;
    bool m_hasEnded = false;
};

} // namespace tracedeck
