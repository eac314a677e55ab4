// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QString>
#include <QWidget>
#include <vector>

namespace tracedeck {

/// One choice of a SegmentBar. `id` is stable (settings, links), `text` is shown.
struct Segment {
    QString id;
    QString text;
    Severity severity = Severity::None; ///< draws the status shape before the text
};

/// Joined buttons of which exactly one is on ("All | VMs | Containers"). Left and Right move the choice.
class SegmentBar : public QWidget {
    Q_OBJECT

public:
    explicit SegmentBar(std::vector<Segment> segments, QWidget* parent = nullptr);

    [[nodiscard]] QString current() const;
    /// Does not emit. An unknown id picks the first segment.
    void setCurrent(const QString& id);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// The user chose another segment.
    void activated(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int segmentWidth(std::size_t index) const;
    [[nodiscard]] int segmentAt(int x) const;
    void choose(int index);
    /// A screen reader says the chosen text.
    void describeChoice();

    std::vector<Segment> m_segments;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace tracedeck
