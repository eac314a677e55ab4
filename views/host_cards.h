// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace tracedeck {

class GroupedTableModel;
class HostCard;

/// With three hosts or fewer a table is mostly empty space: cards with the values and the last hour of each
/// host stand above it. Hides itself when there are more, or none.
class HostCards : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMostHosts = 3;

    explicit HostCards(GroupedTableModel* model, QWidget* parent = nullptr);

    void setFrame(std::shared_ptr<const HistoryFrame> frame);
    [[nodiscard]] std::size_t shownCards() const;
    [[nodiscard]] const std::vector<HostCard*>& cards() const { return m_cards; }

Q_SIGNALS:
    void activated(tracedeck::RowKey key);
    /// Cards came or went.
    void cardsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    GroupedTableModel* m_model;
    std::vector<HostCard*> m_cards;
    std::shared_ptr<const HistoryFrame> m_frame;
};

/// One host: status, name, system, and four values with their courses.
class HostCard : public QWidget {
    Q_OBJECT

public:
    explicit HostCard(QWidget* parent);

    /// Values come from the cells of the row, so that card and table never disagree.
    void setRow(const GroupedTableModel& model, int row);
    void setFrame(std::shared_ptr<const HistoryFrame> frame);
    [[nodiscard]] RowKey key() const noexcept { return m_key; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void activated(tracedeck::RowKey key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Lane {
        MetricId metric;
        QString title;
        QString text;
        int severity = 0;
    };
    void paintLane(QPainter& painter, const QRectF& area, const Lane& lane, const QColor& color) const;

    RowKey m_key = 0;
    QString m_name;
    QString m_status;
    QString m_detail;
    int m_severity = 0;
    std::vector<Lane> m_lanes;
    std::shared_ptr<const HistoryFrame> m_frame;
};

} // namespace tracedeck
