// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/left_rail.h"

#include "views/icons.h"
#include "views/theme.h"

#include <QAbstractButton>
#include <QFontMetrics>
#include <QPainter>
#include <QVBoxLayout>

namespace tracedeck {

class RailButton : public QAbstractButton {
public:
    RailButton(QString id, const QString& title, QString icon, QWidget* parent)
        : QAbstractButton(parent), m_id(std::move(id)), m_icon(std::move(icon))
    {
        setText(title);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    [[nodiscard]] const QString& id() const { return m_id; }
    void setCount(const QString& count)
    {
        if (count != m_count) {
            m_count = count;
            update();
        }
    }
    void setLabelVisible(bool visible)
    {
        m_labelVisible = visible;
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {32, theme().scaled(32)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const ThemeColors& colors = theme().colors;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(isChecked() ? colors.accentBg : colors.hover);
            painter.drawRoundedRect(rect(), theme().space.radius, theme().space.radius);
        }
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colors.accent, 1.5));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme().space.radius, theme().space.radius);
        }
        const QColor ink = isChecked() ? colors.text : colors.text2;
        painter.drawPixmap(8, (height() - 16) / 2, iconPixmap(m_icon, ink, 16, devicePixelRatioF()));
        if (!m_labelVisible) {
            return;
        }
        painter.setPen(ink);
        painter.setFont(theme().uiFont(theme().type.base, isChecked() ? QFont::DemiBold : QFont::Normal));
        painter.drawText(QRect(33, 0, width() - 40, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
        painter.setPen(colors.text3);
        painter.setFont(theme().smallFont());
        const int titleEnd =
            33 + QFontMetrics(theme().uiFont(theme().type.base, QFont::DemiBold)).horizontalAdvance(text());
        if (titleEnd + QFontMetrics(painter.font()).horizontalAdvance(m_count) + 10 <= width()) {
            painter.drawText(rect().adjusted(0, 0, -7, 0), Qt::AlignVCenter | Qt::AlignRight, m_count);
        }
    }

private:
    QString m_id;
    QString m_icon;
    QString m_count;
    bool m_labelVisible = true;
};

LeftRail::LeftRail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(8, 8, 8, 8);
    m_layout->setSpacing(2);
    m_layout->addStretch(1);
    setLabelsVisible(true);
}

void LeftRail::addEntry(const QString& id, const QString& title, const QString& icon, const QString& keys)
{
    auto* entry = new RailButton(id, title, icon, this);
    entry->setToolTip(keys.isEmpty() ? title : title + QStringLiteral("  ") + keys);
    entry->setAccessibleName(title);
    m_layout->insertWidget(static_cast<int>(m_buttons.size()), entry);
    m_buttons.push_back(entry);
    connect(entry, &QAbstractButton::clicked, this, [this, id] { Q_EMIT activated(id); });
}

RailButton* LeftRail::button(const QString& id) const
{
    for (RailButton* entry : m_buttons) {
        if (entry->id() == id) {
            return entry;
        }
    }
    return nullptr;
}

void LeftRail::setCurrent(const QString& id)
{
    for (RailButton* entry : m_buttons) {
        entry->setChecked(entry->id() == id);
    }
}

void LeftRail::setCount(const QString& id, const QString& count)
{
    if (RailButton* entry = button(id)) {
        entry->setCount(count);
    }
}

void LeftRail::setLabelsVisible(bool visible)
{
    setFixedWidth(visible ? theme().scaled(theme().space.rail) : theme().space.railIcons);
    for (RailButton* entry : m_buttons) {
        entry->setLabelVisible(visible);
    }
}

void LeftRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(width() - 1, 0, 1, height(), theme().colors.line);
}

} // namespace tracedeck
