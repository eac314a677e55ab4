// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/performance_panel.h"

#include "views/theme.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr int kFigureLine = 20;
constexpr int kPanelPadding = 14;
constexpr int kNameWidth = 90;
constexpr int kValueWidth = 92;
constexpr int kCounterName = 190;
} // namespace

PerformancePanel::PerformancePanel(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Performance"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PerformancePanel::setFigures(const PerformanceFigures& figures)
{
    if (figures == m_figures) {
        return;
    }
    const bool grew = figures.stages.size() != m_figures.stages.size();
    m_figures = figures;
    setAccessibleDescription(lines().join(u'\n'));
    if (grew) {
        updateGeometry();
    }
    update();
}

QStringList PerformancePanel::lines() const
{
    QStringList lines;
    for (const auto* part : {&m_figures.stages, &m_figures.counters}) {
        for (const PerformanceFigures::Line& line : *part) {
            lines.append(line.name + u'\t' + line.values.join(u'\t'));
        }
    }
    return lines;
}

QSize PerformancePanel::sizeHint() const
{
    const std::size_t count = std::max<std::size_t>(m_figures.stages.size() + 1, 8);
    return {400, static_cast<int>(count) * theme().scaled(kFigureLine) + 2 * kPanelPadding};
}

void PerformancePanel::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(0, 0, width(), 1, colors.line);
    const int line = theme().scaled(kFigureLine);
    const int nameWidth = theme().scaled(kNameWidth);
    const int valueWidth = theme().scaled(kValueWidth);
    const auto put = [&](int x, int y, int wide, const QString& text, const QColor& color, const QFont& font,
                         Qt::Alignment side) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QRect(x, y, wide, line), Qt::AlignVCenter | side, text);
    };
    int y = kPanelPadding;
    int x = kPanelPadding;
    put(x, y, nameWidth, tr("Own work"), colors.accent, theme().uiFont(theme().type.small, QFont::DemiBold),
        Qt::AlignLeft);
    for (int i = 0; i < m_figures.columns.size(); ++i) {
        put(x + nameWidth + i * valueWidth, y, valueWidth, m_figures.columns[i], colors.text2, theme().smallFont(),
            Qt::AlignRight);
    }
    for (const PerformanceFigures::Line& stage : m_figures.stages) {
        y += line;
        put(x, y, nameWidth, stage.name, colors.text, theme().smallFont(), Qt::AlignLeft);
        for (int i = 0; i < stage.values.size(); ++i) {
            put(x + nameWidth + i * valueWidth, y, valueWidth, stage.values[i], colors.text, theme().monoFont(12),
                Qt::AlignRight);
        }
    }
    x += nameWidth + static_cast<int>(m_figures.columns.size()) * valueWidth + theme().scaled(48);
    y = kPanelPadding;
    put(x, y, theme().scaled(kCounterName), tr("Counters"), colors.accent,
        theme().uiFont(theme().type.small, QFont::DemiBold), Qt::AlignLeft);
    for (const PerformanceFigures::Line& counter : m_figures.counters) {
        y += line;
        put(x, y, theme().scaled(kCounterName), counter.name, colors.text, theme().smallFont(), Qt::AlignLeft);
        put(x + theme().scaled(kCounterName), y, valueWidth, counter.values.value(0), colors.text, theme().monoFont(12),
            Qt::AlignRight);
    }
    put(width() - 160, kPanelPadding, 160 - kPanelPadding, tr("F12 closes"), colors.text2, theme().smallFont(),
        Qt::AlignRight);
}

void PerformancePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

} // namespace tracedeck
