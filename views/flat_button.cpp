// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/flat_button.h"

#include "views/icons.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionFocusRect>

namespace tracedeck {

namespace {
constexpr int kButtonPadding = 12;
constexpr int kButtonGap = 8;
constexpr int kIcon = 16;
constexpr int kChevron = 12;
} // namespace

FlatButton::FlatButton(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &FlatButton::openPopup);
}

void FlatButton::setLook(Look look)
{
    m_look = look;
    update();
}

void FlatButton::setIconName(const QString& name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

void FlatButton::setSeverity(Severity severity)
{
    if (m_severity != severity) {
        m_severity = severity;
        updateGeometry();
        update();
    }
}

void FlatButton::setKeyHint(const QString& keys)
{
    m_keyHint = keys;
    updateGeometry();
    update();
}

void FlatButton::setPopupMenu(QMenu* menu)
{
    m_menu = menu;
    updateGeometry();
}

void FlatButton::setChevron(bool shown)
{
    m_chevron = shown;
    updateGeometry();
}

void FlatButton::openPopup()
{
    if (m_menu != nullptr) {
        m_menu->popup(mapToGlobal(QPoint(0, height() + 2)));
        // The menu of a button at the right edge stays above the window. Many are filled only as they open.
        if (const int over = mapTo(window(), QPoint(m_menu->width(), 0)).x() - window()->width(); over > 0) {
            m_menu->move(m_menu->x() - over, m_menu->y());
        }
    }
}

int FlatButton::keyHintWidth() const
{
    return m_keyHint.isEmpty() ? 0 : QFontMetrics(theme().monoFont(11)).horizontalAdvance(m_keyHint) + 10;
}

QSize FlatButton::sizeHint() const
{
    const QFontMetrics metrics(theme().smallFont());
    int width = 2 * kButtonPadding;
    int parts = 0;
    const auto add = [&](int part) {
        if (part > 0) {
            width += part + (parts++ > 0 ? kButtonGap : 0);
        }
    };
    add(m_severity != Severity::None ? 10 : 0);
    add(m_iconName.isEmpty() ? 0 : kIcon);
    add(text().isEmpty() ? 0 : metrics.horizontalAdvance(text()) + 1);
    add(keyHintWidth());
    if ((m_menu != nullptr || m_chevron) && !text().isEmpty()) {
        width += kChevron + 2;
    }
    return {width, theme().scaled(28)};
}

void FlatButton::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool lit = underMouse() || isDown() || isChecked();
    if (m_look != Look::Plain || lit) {
        painter.setPen(m_look == Look::Plain ? QColor(Qt::transparent) : colors.line);
        painter.setBrush(isChecked() ? colors.accentBg : lit ? colors.hover : colors.panel);
        painter.drawRoundedRect(frame, theme().space.radius, theme().space.radius);
    }
    if (hasFocus()) {
        painter.setPen(QPen(colors.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), theme().space.radius, theme().space.radius);
    }
    const QColor ink = !isEnabled() ? colors.text3
        : m_look == Look::Accent    ? colors.accent
        : lit                       ? colors.text
                                    : colors.text2;
    int x = kButtonPadding;
    if (m_severity != Severity::None) {
        paintStatusShape(painter, QPointF(x + 5, height() / 2.0), m_severity);
        x += 10 + kButtonGap;
    }
    if (!m_iconName.isEmpty()) {
        const int left = text().isEmpty() && m_keyHint.isEmpty() ? (width() - kIcon) / 2 : x;
        painter.drawPixmap(left, (height() - kIcon) / 2, iconPixmap(m_iconName, ink, kIcon, devicePixelRatioF()));
        x += kIcon + kButtonGap;
    }
    painter.setFont(theme().smallFont());
    painter.setPen(ink);
    const int textWidth = QFontMetrics(painter.font()).horizontalAdvance(text()) + 1;
    painter.drawText(QRect(x, 0, textWidth, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
    x += text().isEmpty() ? 0 : textWidth;
    if ((m_menu != nullptr || m_chevron) && !text().isEmpty()) {
        painter.drawPixmap(x + 2, (height() - kChevron) / 2,
                           iconPixmap(u"chevron-down", ink, kChevron, devicePixelRatioF()));
    }
    if (!m_keyHint.isEmpty()) {
        const QRectF box(width() - kButtonPadding - keyHintWidth() + 0.5, (height() - 18) / 2.0 + 0.5,
                         keyHintWidth() - 1, 17);
        painter.setPen(colors.line);
        painter.setBrush(colors.raised);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(colors.text2);
        painter.setFont(theme().monoFont(11));
        painter.drawText(box, Qt::AlignCenter, m_keyHint);
    }
}

void FlatButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void FlatButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

/// Enter presses as Space does, wherever the button stands.
void FlatButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

void FlatButton::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

} // namespace tracedeck
