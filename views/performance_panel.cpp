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
constexpr int kNameWidth = 70;
constexpr int kValueWidth = 84;
constexpr int kCounterName = 124;
constexpr int kColumnGap = 36;
constexpr int kClosesWidth = 80;

int columnWidth()
{
    return theme().scaled(kCounterName + kValueWidth + kColumnGap);
}

/// Where the columns beside the stages begin.
int columnsLeft(const PerformanceFigures& figures)
{
    return kPanelPadding + theme().scaled(kNameWidth)
        + static_cast<int>(figures.columns.size()) * theme().scaled(kValueWidth) + theme().scaled(kColumnGap);
}

int columnsOf(std::size_t figures, int lines)
{
    return (static_cast<int>(figures) + lines - 1) / lines;
}

void putText(QPainter& painter, const QRect& at, const QString& text, const QColor& color, const QFont& font,
             Qt::Alignment side)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(at, Qt::AlignVCenter | side, painter.fontMetrics().elidedText(text, Qt::ElideRight, at.width()));
}
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
    m_figures = figures;
    setAccessibleDescription(lines().join(u'\n'));
    fitHeight();
    update();
}

QStringList PerformancePanel::lines() const
{
    QStringList lines;
    for (const auto* part : {&m_figures.stages, &m_figures.counters, &m_figures.sources}) {
        for (const PerformanceFigures::Line& line : *part) {
            lines.append(line.name + u'\t' + line.values.join(u'\t'));
        }
    }
    return lines;
}

int PerformancePanel::linesFor(int width) const
{
    constexpr int kMost = 24;
    const int room = std::max((width - columnsLeft(m_figures)) / columnWidth(), 1);
    int lines = std::max(static_cast<int>(m_figures.stages.size()), 7);
    while (lines < kMost
           && columnsOf(m_figures.counters.size(), lines) + columnsOf(m_figures.sources.size(), lines) > room) {
        ++lines;
    }
    return lines;
}

QSize PerformancePanel::sizeHint() const
{
    return {400, (linesFor(width()) + 1) * theme().scaled(kFigureLine) + 2 * kPanelPadding};
}

void PerformancePanel::fitHeight()
{
    if (const int wanted = sizeHint().height(); wanted != height()) {
        setFixedHeight(wanted);
    }
}

void PerformancePanel::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(0, 0, width(), 1, colors.line);
    const int line = theme().scaled(kFigureLine);
    paintStages(painter, line);
    paintColumns(painter, line);
}

void PerformancePanel::paintStages(QPainter& painter, int line) const
{
    const ThemeColors& colors = theme().colors;
    const int nameWidth = theme().scaled(kNameWidth);
    const int valueWidth = theme().scaled(kValueWidth);
    const int x = kPanelPadding;
    int y = kPanelPadding;
    putText(painter, QRect(x, y, nameWidth, line), tr("Own work"), colors.accent,
            theme().uiFont(theme().type.small, QFont::DemiBold), Qt::AlignLeft);
    const auto cell = [&](int i) { return QRect(x + nameWidth + i * valueWidth, y, valueWidth, line); };
    for (int i = 0; i < m_figures.columns.size(); ++i) {
        putText(painter, cell(i), m_figures.columns[i], colors.text2, theme().smallFont(), Qt::AlignRight);
    }
    for (const PerformanceFigures::Line& stage : m_figures.stages) {
        y += line;
        putText(painter, QRect(x, y, nameWidth, line), stage.name, colors.text, theme().smallFont(), Qt::AlignLeft);
        for (int i = 0; i < stage.values.size(); ++i) {
            putText(painter, cell(i), stage.values[i], colors.text, theme().monoFont(12), Qt::AlignRight);
        }
    }
}

void PerformancePanel::paintColumns(QPainter& painter, int line) const
{
    const ThemeColors& colors = theme().colors;
    const int lines = linesFor(width());
    const int nameWidth = theme().scaled(kCounterName);
    const int valueWidth = theme().scaled(kValueWidth);
    int x = columnsLeft(m_figures);
    const auto put = [&](const QString& title, const std::vector<PerformanceFigures::Line>& figures) {
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const int row = static_cast<int>(i) % lines;
            x += row == 0 && i > 0 ? columnWidth() : 0;
            if (i == 0) {
                putText(painter, QRect(x, kPanelPadding, nameWidth + valueWidth, line), title, colors.accent,
                        theme().uiFont(theme().type.small, QFont::DemiBold), Qt::AlignLeft);
            }
            const int y = kPanelPadding + (row + 1) * line;
            putText(painter, QRect(x, y, nameWidth, line), figures[i].name, colors.text, theme().smallFont(),
                    Qt::AlignLeft);
            putText(painter, QRect(x + nameWidth, y, valueWidth, line), figures[i].values.value(0), colors.text,
                    theme().monoFont(12), Qt::AlignRight);
        }
        x += figures.empty() ? 0 : columnWidth();
    };
    put(tr("Counters"), m_figures.counters);
    put(tr("Answers that cost nothing"), m_figures.sources);
    const int wide = theme().scaled(kClosesWidth);
    putText(painter, QRect(width() - wide - kPanelPadding, kPanelPadding, wide, line), tr("F12 closes"), colors.text2,
            theme().smallFont(), Qt::AlignRight);
}

void PerformancePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

void PerformancePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitHeight();
    }
}

} // namespace tracedeck
