// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tab_strip.h"

#include "views/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kTabGap = 16;

} // namespace

TabStrip::TabStrip(std::vector<Tab> tabs, QWidget* parent) : QWidget(parent), m_tabs(std::move(tabs))
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Tabs"));
}

void TabStrip::insertTab(Tab tab, const QString& before)
{
    const QString chosen = current();
    const auto place =
        std::find_if(m_tabs.begin(), m_tabs.end(), [&before](const Tab& known) { return known.id == before; });
    m_tabs.insert(place, std::move(tab));
    setCurrent(chosen);
    updateGeometry();
}

QString TabStrip::current() const
{
    return m_tabs.empty() ? QString() : m_tabs[static_cast<std::size_t>(m_current)].id;
}

void TabStrip::setCurrent(const QString& id)
{
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs[i].id == id) {
            m_current = static_cast<int>(i);
            setAccessibleDescription(m_tabs[i].text);
        }
    }
    update();
}

void TabStrip::setCount(const QString& id, const QString& count)
{
    for (Tab& tab : m_tabs) {
        if (tab.id == id && tab.count != count) {
            tab.count = count;
            updateGeometry();
            update();
        }
    }
}

QSize TabStrip::sizeHint() const
{
    int width = 0;
    for (const Tab& tab : m_tabs) {
        width += tabWidth(tab) + kTabGap;
    }
    return {width, theme().scaled(32)};
}

int TabStrip::tabWidth(const Tab& tab) const
{
    const int text = QFontMetrics(theme().baseFont()).horizontalAdvance(tab.text);
    return tab.count.isEmpty() ? text : text + 5 + QFontMetrics(theme().smallFont()).horizontalAdvance(tab.count);
}

int TabStrip::tabAt(int x) const
{
    int left = 0;
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        const int width = tabWidth(m_tabs[i]) + kTabGap;
        if (x >= left - kTabGap / 2 && x < left + width - kTabGap / 2) {
            return static_cast<int>(i);
        }
        left += width;
    }
    return -1;
}

void TabStrip::choose(int index)
{
    if (index < 0 || index >= static_cast<int>(m_tabs.size()) || index == m_current) {
        return;
    }
    setCurrent(m_tabs[static_cast<std::size_t>(index)].id);
    Q_EMIT activated(current());
}

void TabStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const ThemeColors& colors = theme().colors;
    painter.setPen(colors.line);
    painter.drawLine(0, height() - 1, width(), height() - 1);
    int left = 0;
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        const Tab& tab = m_tabs[i];
        const bool chosen = static_cast<int>(i) == m_current;
        const int width = tabWidth(tab);
        painter.setFont(theme().uiFont(theme().type.base, chosen ? QFont::DemiBold : QFont::Normal));
        painter.setPen(chosen || static_cast<int>(i) == m_hovered ? colors.text : colors.text2);
        painter.drawText(QRect(left, 0, width + 8, height() - 2), Qt::AlignVCenter | Qt::AlignLeft, tab.text);
        if (!tab.count.isEmpty()) {
            const int textWidth = QFontMetrics(painter.font()).horizontalAdvance(tab.text);
            painter.setFont(theme().smallFont());
            painter.setPen(colors.text3);
            painter.drawText(QRect(left + textWidth + 5, 0, width, height() - 2), Qt::AlignVCenter | Qt::AlignLeft,
                             tab.count);
        }
        if (chosen) {
            painter.fillRect(QRect(left, height() - 2, width, 2), colors.accent);
            if (hasFocus()) {
                painter.setPen(colors.accent);
                painter.drawRect(QRect(left - 4, 2, width + 8, height() - 6));
            }
        }
        left += width + kTabGap;
    }
}

void TabStrip::mousePressEvent(QMouseEvent* event)
{
    choose(tabAt(event->position().toPoint().x()));
}

void TabStrip::mouseMoveEvent(QMouseEvent* event)
{
    const int hovered = tabAt(event->position().toPoint().x());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void TabStrip::leaveEvent(QEvent* /*event*/)
{
    m_hovered = -1;
    update();
}

void TabStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Left) {
        choose(m_current + (event->key() == Qt::Key_Right ? 1 : -1));
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace tracedeck
