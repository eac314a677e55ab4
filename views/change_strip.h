// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/table_summary.h"

#include <QString>
#include <QWidget>

class QLabel;

namespace tracedeck {

class FlatButton;
class SegmentBar;

/// What a table that shows only changes is compared with, how far that reaches back, and what was found:
/// "Changed in the last [5 min|15 min|60 min]  compared with 10:37:05 · 2 new · 1 gone". Hidden when nothing is.
class ChangeStrip : public QWidget {
    Q_OBJECT

public:
    explicit ChangeStrip(QWidget* parent = nullptr);

    /// The window chosen; 0 hides the strip.
    void setMinutes(int minutes);
    void setNote(const ChangeNote& note);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// Another window was chosen; 0 = show all rows again.
    void minutesChosen(int minutes);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyLooks();

    QLabel* m_title;
    SegmentBar* m_windows;
    QLabel* m_note;
    FlatButton* m_cross;
};

/// "compared with 10:37:05 · 2 new · 1 gone"; says when nobody watched that long, and what is not listed.
[[nodiscard]] QString changeNoteText(const ChangeNote& note);

} // namespace tracedeck
