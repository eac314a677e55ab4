// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace tracedeck {

class RailButton;

/// The pages down the left edge: icon, name and count where there is room, icons alone where not.
class LeftRail : public QWidget {
    Q_OBJECT

public:
    explicit LeftRail(QWidget* parent = nullptr);

    /// Appends a page. `keys` is shown in the tool tip ("Ctrl+2").
    void addEntry(const QString& id, const QString& title, const QString& icon, const QString& keys);
    void setCurrent(const QString& id);
    void setCount(const QString& id, const QString& count);
    /// Names and counts beside the icons (from 1440 px of window width).
    void setLabelsVisible(bool visible);

Q_SIGNALS:
    void activated(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] RailButton* button(const QString& id) const;

    QVBoxLayout* m_layout;
    std::vector<RailButton*> m_buttons;
};

} // namespace tracedeck
