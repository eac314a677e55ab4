// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"
#include "selectors/trace_scatter.h"

#include <QPixmap>
#include <QWidget>
#include <optional>
#include <vector>

namespace tracedeck {

/// Durations over starts of the traces listed, one dot per place: errors are diamonds of their own colour. A
/// click names a trace, a double click opens it, dragging a rectangle asks for what stands inside as a query.
/// The picture of the dots is made once per listing, size and theme.
class TraceScatterView : public QWidget {
    Q_OBJECT

public:
    explicit TraceScatterView(QWidget* parent = nullptr);

    /// Shows these rows of a snapshot that holds a TraceListing; what is shown already is not painted anew.
    void setTraces(const TableSnapshot& snapshot, std::vector<std::uint32_t> rows);
    /// The row to mark, nothing for none. Repaints only where the mark was and is.
    void setCurrentRow(std::optional<std::uint32_t> row);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] std::size_t traces() const noexcept { return m_rows.size(); }
    /// Dots as they stand on the widget, for tests and the accessible text.
    [[nodiscard]] const std::vector<ScatterPoint>& points();
    /// Words for the dot at a place of the widget, empty where there is none.
    [[nodiscard]] QString textAt(const QPoint& place);
    /// How often the dots were painted, for tests.
    [[nodiscard]] int renderCount() const noexcept { return m_renderCount; }

Q_SIGNALS:
    void rowChosen(std::uint32_t row);
    void rowActivated(std::uint32_t row);
    /// Clauses of the query language for what stands inside the rectangle.
    void clausesChosen(const QString& clauses);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect content() const;
    [[nodiscard]] ScatterSpot spotOf(const QPoint& place) const;
    [[nodiscard]] const ScatterPoint* pointAt(const QPoint& place);
    [[nodiscard]] QRect markRect() const;
    void forget();
    void render();
    void paintTicks(QPainter& painter) const;

    TableSnapshot m_snapshot;
    std::vector<std::uint32_t> m_rows;
    std::optional<ScatterFrame> m_frame;
    std::vector<ScatterPoint> m_points;
    bool m_pointsKnown = false;
    std::optional<std::uint32_t> m_current;
    QPixmap m_picture;
    std::optional<QPoint> m_pressed;
    QPoint m_dragged;
    int m_renderCount = 0;
};

} // namespace tracedeck
