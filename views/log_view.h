// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include <cstdint>

namespace tracedeck {

class LogLines;

/// Lines of a log, painted where they are seen: the cost of a frame is that of the visible lines, however
/// fast more come. Follows the end until someone scrolls up, and again from the end on. Lines keep their
/// place while older ones go. One or more whole lines can be selected.
class LogView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit LogView(LogLines* lines, QWidget* parent = nullptr);

    void setFollowing(bool on);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    /// Selected lines as text; all shown lines when none is selected.
    [[nodiscard]] QString selectionText() const;
    [[nodiscard]] std::size_t firstVisible() const;
    /// Nothing is selected any more; lines of another log must not look chosen.
    void clearSelection();
    /// What stands in place of lines.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_emptyText; }

Q_SIGNALS:
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void linesChanged();
    void refreshScrollBar();
    void scrolledByHand();
    void paintLine(QPainter& painter, const QRect& line, std::size_t index) const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] std::uint64_t numberAt(const QPoint& at) const;

    LogLines* m_lines;
    bool m_following = true;
    std::uint64_t m_topNumber = 0; ///< of the first visible line while not following
    std::uint64_t m_anchor = 0; ///< selection, by number
    std::uint64_t m_cursor = 0;
    bool m_hasSelection = false;
    bool m_moving = false; ///< the bar is being set, not moved by hand
    QString m_emptyText;
};

} // namespace tracedeck
