// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/course_text.h"

#include "core/number_format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <array>
#include <cmath>

namespace tracedeck {

QString metricText(MetricId metric, double value)
{
    if (std::isnan(value)) {
        return QString::fromUtf8(kUnknownText);
    }
    return QString::fromStdString((isPercentMetric(metric) ? formatPercent(value) : formatRateDecimal(value)).joined());
}

QString metricTitle(MetricId metric)
{
    static constexpr std::array<const char*, kMetricCount> kTitles{
        QT_TRANSLATE_NOOP("CourseText", "CPU"),         QT_TRANSLATE_NOOP("CourseText", "Memory"),
        QT_TRANSLATE_NOOP("CourseText", "Disk"),        QT_TRANSLATE_NOOP("CourseText", "Network in"),
        QT_TRANSLATE_NOOP("CourseText", "Network out"), QT_TRANSLATE_NOOP("CourseText", "Disk I/O")};
    return QCoreApplication::translate("CourseText", kTitles[metricIndex(metric)]);
}

QString courseTimeText(std::int64_t ns, HistoryRange range)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ns / 1'000'000);
    return time.toString(range == HistoryRange::Hour       ? QStringLiteral("HH:mm:ss")
                             : range == HistoryRange::Week ? QStringLiteral("ddd HH:mm")
                                                           : QStringLiteral("HH:mm"));
}

QString rangeText(HistoryRange range)
{
    switch (range) {
    case HistoryRange::SixHours:
        return QStringLiteral("6 h");
    case HistoryRange::Day:
        return QStringLiteral("24 h");
    case HistoryRange::Week:
        return QStringLiteral("7 d");
    default:
        return QStringLiteral("1 h");
    }
}

std::vector<Segment> rangeSegments()
{
    std::vector<Segment> segments;
    for (int i = 0; i < static_cast<int>(HistoryRange::Count); ++i) {
        const QString text = rangeText(static_cast<HistoryRange>(i));
        segments.push_back({text, text});
    }
    return segments;
}

HistoryRange rangeOfText(const QString& text)
{
    for (int i = 0; i < static_cast<int>(HistoryRange::Count); ++i) {
        if (rangeText(static_cast<HistoryRange>(i)) == text) {
            return static_cast<HistoryRange>(i);
        }
    }
    return HistoryRange::Hour;
}

} // namespace tracedeck
