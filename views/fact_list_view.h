// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fact.h"

#include <QAbstractScrollArea>
#include <QString>
#include <set>
#include <vector>

namespace tracedeck {

/// Names and values of a details panel: short values stand right of their name, long ones of plain facts go
/// on in that column, identifiers and texts of several lines below the name.
/// Secrets stay masked until clicked (or Enter). Up and Down move, Ctrl+C copies the value, links open.
class FactListView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit FactListView(QWidget* parent = nullptr);

    /// Keeps the current line when the names stay the same, and what was revealed where the value does too.
    void setFacts(Facts facts, const QString& emptyText);
    [[nodiscard]] const Facts& facts() const noexcept { return m_facts; }
    /// Text that Ctrl+C puts on the clipboard; masked secrets stay masked.
    [[nodiscard]] QString copyText() const;
    /// Height the whole list wants at its present width.
    [[nodiscard]] int contentHeight() const noexcept { return m_contentHeight; }
    /// Grows with its content instead of scrolling.
    void setFitContent(bool fit);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkActivated(const QString& link);
    /// "Filter by this" in the context menu.
    void filterRequested(const QString& name, const QString& value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        enum class Place {
            Beside, ///< on the line of its name
            Column, ///< beside it, going on over several lines
            Below, ///< under it, over the whole width
        };
        int top = 0;
        int height = 0;
        Place place = Place::Beside;
    };
    [[nodiscard]] int attributeColumn() const;
    void layoutLines();
    [[nodiscard]] int lineAt(int y) const;
    void activate(int line);
    void moveCurrent(int by);
    /// What a screen reader says of the current line; masked secrets stay masked.
    void describeCurrent();
    void paintLine(QPainter& painter, const Fact& fact, const Line& line, bool current) const;

    Facts m_facts;
    QString m_emptyText;
    std::vector<Line> m_lines;
    std::set<int> m_revealed;
    int m_current = -1;
    int m_contentHeight = 0;
    int m_attributeColumn = 0; ///< where values of attributes begin; 0 = they end at the right edge
    bool m_fit = false;
};

} // namespace tracedeck
