// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <QPixmap>
#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

namespace tracedeck {

/// What the pointer is on, shared by all cards and the table: a row and a moment; 0 = none.
struct CourseHover {
    RowKey key = 0;
    std::int64_t timeNs = 0;
    bool operator==(const CourseHover&) const = default;
};

/// The rows a summary is about: rows of the frame that the table shows now, and how to name them.
struct CourseRows {
    std::shared_ptr<const HistoryFrame> frame;
    std::vector<std::uint32_t> rows; ///< of the frame, in table order
    std::size_t shown = 0; ///< rows in the table, with or without a course
};

/// A card of the summary strip: a title, a read-out, and a picture of all rows that is painted once per frame
/// and kept; hovering paints only what stands out on top of it.
class SummaryCard : public QWidget {
    Q_OBJECT

public:
    using NameOf = std::function<QString(RowKey)>;

    SummaryCard(QString title, NameOf nameOf, QWidget* parent);

    void setRows(std::shared_ptr<const CourseRows> rows);
    /// The read-out while nothing is pointed at: "38%", "412 MB/s".
    void setValue(const QString& text);
    void setHover(const CourseHover& hover);
    [[nodiscard]] QString readout() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }
    /// Times the kept picture was painted; for tests.
    [[nodiscard]] int renders() const noexcept { return m_renders; }

Q_SIGNALS:
    void hovered(const tracedeck::CourseHover& hover);
    void clicked(tracedeck::RowKey key);

protected:
    /// What is drawn once per frame.
    virtual void render(QPainter& painter, const QRectF& area) = 0;
    /// What stands out of it while a row is pointed at.
    virtual void renderActive(QPainter& painter, const QRectF& area, std::size_t row) = 0;
    /// Row of the frame under a point of the area; SIZE_MAX = none.
    [[nodiscard]] virtual std::size_t rowAt(const QPointF& point, const QRectF& area) const = 0;
    /// Value of a row in a bucket; NaN = none.
    [[nodiscard]] virtual double valueAt(std::size_t row, std::size_t bucket) const = 0;
    [[nodiscard]] virtual MetricId unitMetric() const = 0;
    /// "20 of 138 rows" when not all are drawn; may be empty.
    [[nodiscard]] virtual QString share() const = 0;
    virtual void prepare() { }

    [[nodiscard]] const HistoryFrame* frame() const { return m_rows ? m_rows->frame.get() : nullptr; }
    [[nodiscard]] const std::vector<std::uint32_t>& rows() const { return m_rows->rows; }
    [[nodiscard]] bool hasRows() const { return m_rows && m_rows->frame && !m_rows->rows.empty(); }

    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] std::size_t bucketOf(std::int64_t timeNs) const;
    void paintHead(QPainter& painter);
    void paintHover(QPainter& painter);

    QString m_title;
    NameOf m_nameOf;
    QString m_value;
    std::shared_ptr<const CourseRows> m_rows;
    CourseHover m_hover;
    QPixmap m_picture;
    bool m_stale = true;
    int m_renders = 0;
};

} // namespace tracedeck
