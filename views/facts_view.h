// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/row_facts.h"

#include <QWidget>
#include <vector>

class QLabel;
class QGridLayout;

namespace tracedeck {

/// Label and value pairs, values wrapped and selectable. Lines are reused, so a refresh touches only the
/// texts that changed.
class FactsView : public QWidget {
    Q_OBJECT

public:
    explicit FactsView(QWidget* parent = nullptr);

    void setFacts(const std::vector<RowFact>& facts);
    [[nodiscard]] QStringList texts() const;

Q_SIGNALS:
    void linkActivated(const QString& link);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        QLabel* label;
        QLabel* value;
    };
    void addLine();
    static void applyLine(const Line& line, bool heading);
    [[nodiscard]] static QString richText(const RowFact& fact);

    QGridLayout* m_layout;
    std::vector<Line> m_lines;
    std::vector<RowFact> m_facts;
};

/// A word too long to wrap would widen the whole panel: its middle gives way, the tool tip has it whole.
[[nodiscard]] QString fittingText(const QString& text, qsizetype longest = 28);
/// Names such as DATABASE_PASSWORD may break behind an underscore, a dot or a slash.
[[nodiscard]] QString breakableText(const QString& text);

} // namespace tracedeck
