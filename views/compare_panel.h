// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/fact_comparison.h"

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace tracedeck {

class FlatButton;

/// Two rows side by side on the right of a table: what differs stands out, what is equal is dimmed and can be
/// hidden. Lines are reused, so a refresh touches only the texts that changed.
class ComparePanel : public QWidget {
    Q_OBJECT

public:
    explicit ComparePanel(QWidget* parent = nullptr);

    /// Shows or refreshes two rows. `note` is said above them ("the left row is gone"); may be empty.
    void showRows(const RowFacts& left, const RowFacts& right, const QString& note = {});
    /// Leaves equal facts out.
    void setDifferencesOnly(bool on);
    /// "CPU: 84% | 12% | -72 points" per line shown, headings alone.
    [[nodiscard]] QStringList texts() const;

Q_SIGNALS:
    void closeRequested();
    void swapRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        QLabel* label;
        QLabel* left;
        QLabel* right;
    };
    void applyLooks();
    void addLine();
    void fillLines();
    static void fillLine(const Line& line, const ComparedFact& fact);

    QLabel* m_title;
    QLabel* m_note;
    QLabel* m_names[2];
    FlatButton* m_onlyDifferences;
    QGridLayout* m_grid;
    std::vector<Line> m_lines;
    std::vector<ComparedFact> m_facts; ///< all of them
    std::vector<ComparedFact> m_shown; ///< by line
};

} // namespace tracedeck
