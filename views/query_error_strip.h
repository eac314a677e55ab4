// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace tracedeck {

/// The sentence under the query line that says what is wrong with the query and where, and that the table
/// still shows the last good result. Floats over the page so that nothing below it moves.
class QueryErrorStrip : public QWidget {
    Q_OBJECT

public:
    explicit QueryErrorStrip(QWidget* window);

    /// Shows below `anchor` (a child of the same window); an empty text hides.
    void showError(const QString& text, const QWidget* anchor);
    [[nodiscard]] QString text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace tracedeck
