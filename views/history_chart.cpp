// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/history_chart.h"

#include "selectors/line_decimation.h"
#include "views/course_text.h"
#include "views/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

namespace tracedeck {
namespace {

constexpr int kHead = 20;
constexpr int kFoot = 15;
constexpr int kHeight = 104;

double secondsOf(std::int64_t ns)
{
    return static_cast<double>(ns / 1'000'000) / 1e3;
}

/// A round number just above a value, so that the axis keeps still while the value moves a little.
double roundedUp(double value)
{
    if (value <= 0) {
        return 1;
    }
    const double unit = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0, 10.0}) {
        if (value <= step * unit) {
            return step * unit;
        }
    }
    return 10 * unit;
}

} // namespace

HistoryChart::HistoryChart(QString title, QWidget* parent)
    : QChartView(parent), m_title(std::move(title)), m_time(new QValueAxis(this)), m_value(new QValueAxis(this))
{
    auto* chart = new QChart;
    chart->legend()->hide();
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setBackgroundRoundness(0);
    chart->addAxis(m_time, Qt::AlignBottom);
    chart->addAxis(m_value, Qt::AlignLeft);
    for (QValueAxis* axis : {m_time, m_value}) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
    }
    m_time->setGridLineVisible(false);
    m_value->setTickCount(3);
    setChart(chart);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRenderHint(QPainter::Antialiasing);
    setAccessibleName(m_title);
    applyLooks();
}

void HistoryChart::applyLooks()
{
    const ThemeColors& colors = theme().colors;
    setFixedHeight(theme().scaled(kHeight));
    setBackgroundBrush(colors.panel);
    chart()->setBackgroundBrush(colors.panel);
    chart()->setPlotAreaBackgroundVisible(false);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    m_value->setGridLineColor(colors.line);
    rebuild();
}

void HistoryChart::setLines(const std::vector<ChartLine>& lines, HistoryRange range, std::int64_t nowNs)
{
    m_lines.clear();
    const std::size_t each = kMostPoints / std::max<std::size_t>(1, lines.size());
    for (const ChartLine& line : lines) {
        m_lines.push_back({line.metric, largestTriangles(line.points, each)});
    }
    m_range = range;
    m_nowNs = nowNs;
    rebuild();
    setAccessibleDescription(readout());
}

void HistoryChart::addPiece(const std::vector<HistoryPoint>& line, std::size_t begin, std::size_t end,
                            const QColor& color)
{
    auto* series = new QLineSeries(chart());
    QList<QPointF> points;
    for (std::size_t i = begin; i < end; ++i) {
        points.append(QPointF(secondsOf(line[i].timeNs), static_cast<double>(line[i].value)));
    }
    if (points.size() == 1) {
        // A sample between two gaps is a short dash, not nothing.
        points.append(points.first() + QPointF(secondsOf(historyRangeNs(m_range)) / 200, 0));
    }
    series->setPen(QPen(color, 1.6));
    series->replace(points);
    chart()->addSeries(series);
    series->attachAxis(m_time);
    series->attachAxis(m_value);
}

void HistoryChart::rebuild()
{
    chart()->removeAllSeries();
    double most = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const std::vector<HistoryPoint>& line = m_lines[i].points;
        const QColor color = theme().colors.series[i == 0 ? 0 : 3];
        std::size_t begin = 0;
        for (std::size_t at = 0; at <= line.size(); ++at) {
            if (at < line.size() && !line[at].isGap()) {
                most = std::max(most, static_cast<double>(line[at].value));
                continue;
            }
            if (at > begin) {
                addPiece(line, begin, at, color);
            }
            begin = at + 1;
        }
    }
    const bool percent = !m_lines.empty() && isPercentMetric(m_lines.front().metric);
    m_value->setRange(0, percent ? std::max(100.0, roundedUp(most)) : roundedUp(most));
    m_time->setRange(secondsOf(m_nowNs - historyRangeNs(m_range)), secondsOf(m_nowNs));
    placePlot();
    viewport()->update();
}

/// The plot fills what head and foot leave; charts place it by their own margins otherwise.
void HistoryChart::placePlot()
{
    const qreal head = theme().scaled(kHead);
    const qreal foot = theme().scaled(kFoot);
    chart()->setPlotArea(QRectF(1, head, std::max(10, viewport()->width() - 2), height() - head - foot));
}

void HistoryChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

std::size_t HistoryChart::drawnPoints() const
{
    std::size_t count = 0;
    for (const ChartLine& line : m_lines) {
        count += static_cast<std::size_t>(
            std::count_if(line.points.begin(), line.points.end(), [](const HistoryPoint& p) { return !p.isGap(); }));
    }
    return count;
}

std::size_t HistoryChart::pieces() const
{
    return static_cast<std::size_t>(chart()->series().size());
}

const HistoryPoint* HistoryChart::nearest(const ChartLine& line) const
{
    if (line.points.empty()) {
        return nullptr;
    }
    const std::int64_t at = m_cursorNs != 0 ? m_cursorNs : line.points.back().timeNs;
    auto found = std::lower_bound(line.points.begin(), line.points.end(), at,
                                  [](const HistoryPoint& p, std::int64_t time) { return p.timeNs < time; });
    if (found == line.points.end() || (found != line.points.begin() && found->timeNs - at > at - (found - 1)->timeNs)) {
        --found;
    }
    return &*found;
}

QString HistoryChart::readout() const
{
    QStringList values;
    for (const ChartLine& line : m_lines) {
        const HistoryPoint* point = nearest(line);
        const QString text = point == nullptr || point->isGap()
            ? tr("no sample")
            : metricText(line.metric, static_cast<double>(point->value));
        values.append(m_lines.size() == 1 ? text
                                          : text + u' ' + (line.metric == MetricId::NetRx ? tr("in") : tr("out")));
    }
    return values.join(QStringLiteral(", "));
}

void HistoryChart::setCursor(std::int64_t timeNs)
{
    if (timeNs != m_cursorNs) {
        m_cursorNs = timeNs;
        viewport()->update();
    }
}

void HistoryChart::drawForeground(QPainter* painter, const QRectF&)
{
    const ThemeColors& colors = theme().colors;
    painter->save();
    painter->resetTransform();
    const QRectF plot = chart()->plotArea();
    const QRectF head(1, 0, viewport()->width() - 2, theme().scaled(kHead));
    painter->setFont(theme().smallFont());
    painter->setPen(colors.text2);
    painter->drawText(head, Qt::AlignVCenter | Qt::AlignLeft, m_title);
    painter->setFont(theme().uiFont(theme().type.small, QFont::DemiBold));
    painter->setPen(colors.text);
    painter->drawText(head, Qt::AlignVCenter | Qt::AlignRight, readout());
    painter->setFont(theme().tinyFont());
    painter->setPen(colors.text3);
    const QRectF foot(1, plot.bottom(), head.width(), theme().scaled(kFoot));
    painter->drawText(foot, Qt::AlignVCenter | Qt::AlignLeft,
                      courseTimeText(m_nowNs - historyRangeNs(m_range), m_range));
    painter->drawText(foot, Qt::AlignVCenter | Qt::AlignRight, courseTimeText(m_nowNs, m_range));
    if (m_cursorNs != 0) {
        const double share =
            1 - static_cast<double>(m_nowNs - m_cursorNs) / static_cast<double>(historyRangeNs(m_range));
        const qreal x = std::round(plot.left() + share * plot.width());
        painter->fillRect(QRectF(x, plot.top(), 1, plot.height()), colors.text3);
        painter->drawText(foot, Qt::AlignCenter, courseTimeText(m_cursorNs, m_range));
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const HistoryPoint* point = nearest(m_lines[i]);
            if (point != nullptr && !point->isGap()) {
                const qreal y = plot.bottom() - static_cast<double>(point->value) / m_value->max() * plot.height();
                painter->fillRect(QRectF(x - 2, y - 2, 5, 5), theme().colors.series[i == 0 ? 0 : 3]);
            }
        }
    }
    if (hasFocus()) {
        painter->setPen(colors.accent);
        painter->drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}

void HistoryChart::moveCursorTo(double x)
{
    const QRectF plot = chart()->plotArea();
    const double share = std::clamp((x - plot.left()) / plot.width(), 0.0, 1.0);
    Q_EMIT cursorMoved(m_nowNs - static_cast<std::int64_t>((1 - share) * static_cast<double>(historyRangeNs(m_range))));
}

void HistoryChart::mouseMoveEvent(QMouseEvent* event)
{
    moveCursorTo(event->position().x());
}

void HistoryChart::leaveEvent(QEvent* event)
{
    QChartView::leaveEvent(event);
    Q_EMIT cursorMoved(0);
}

void HistoryChart::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right) {
        event->ignore();
        return;
    }
    const std::int64_t step = historyRangeNs(m_range) / 60 * (event->key() == Qt::Key_Left ? -1 : 1);
    const std::int64_t from = m_cursorNs != 0 ? m_cursorNs : m_nowNs;
    Q_EMIT cursorMoved(std::clamp(from + step, m_nowNs - historyRangeNs(m_range), m_nowNs));
}

void HistoryChart::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // the drawer scrolls, the chart does not
}

void HistoryChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

} // namespace tracedeck
