// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/performance_feed.h"

#include "app/own_traces.h"
#include "core/number_format.h"

#include <QCoreApplication>
#include <QFile>
#include <unistd.h>

namespace tracedeck {

namespace {

QString figureWord(const char* text)
{
    return QCoreApplication::translate("PerformanceFigures", text);
}

QString unknownFigure()
{
    return QString::fromUtf8(kUnknownText);
}

QString durationFigure(std::int64_t ns)
{
    return QString::fromStdString(formatDuration(ns).joined());
}

QString percentileFigure(const TurnStatistics& turns, std::size_t percent)
{
    const std::optional<std::int64_t> ns = turns.percentileNs(percent);
    return ns ? durationFigure(*ns) : unknownFigure();
}

QString countFigure(std::uint64_t count)
{
    return QString::fromStdString(formatCount(count));
}

} // namespace

PerformanceFigures performanceFigures(const StageStatistics& statistics, const PerformanceCounters& counters)
{
    PerformanceFigures figures;
    figures.columns = {figureWord("last"), figureWord("median"), figureWord("p95"), figureWord("rows"),
                       figureWord("times")};
    for (int i = 0; i < static_cast<int>(Stage::Count); ++i) {
        const auto stage = static_cast<Stage>(i);
        const std::string_view name = stageName(stage);
        PerformanceFigures::Line line;
        line.name = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        if (const std::optional<StageFigures> of = statistics.of(stage)) {
            line.values = {durationFigure(of->lastNs), durationFigure(of->medianNs), durationFigure(of->p95Ns),
                           countFigure(of->rows), countFigure(of->count)};
        } else {
            line.values = QStringList(figures.columns.size(), unknownFigure());
        }
        figures.stages.push_back(std::move(line));
    }
    const auto add = [&](const char* name, const QString& value) {
        figures.counters.push_back({figureWord(name), {value}});
    };
    add("polls sent", countFigure(counters.polls.requests));
    add("polls unchanged", countFigure(counters.polls.unchanged));
    add("polls changed", countFigure(counters.polls.published));
    add("polls failed", countFigure(counters.polls.failed));
    add("rows in sight", counters.rowsInSight ? countFigure(*counters.rowsInSight) : unknownFigure());
    add("rows painted", counters.rowsPainted ? countFigure(*counters.rowsPainted) : unknownFigure());
    add("memory",
        counters.residentBytes ? QString::fromStdString(formatBytesBinary(*counters.residentBytes).joined())
                               : unknownFigure());
    add("records lost", countFigure(counters.lostRecords));
    const auto ofLoop = [&](const char* name, const auto& figure) {
        add(name, counters.loop == nullptr ? unknownFigure() : figure(*counters.loop));
    };
    ofLoop("event loop p99", [](const LoopWatch& loop) { return percentileFigure(loop.turns(), 99); });
    ofLoop("longest turn", [](const LoopWatch& loop) {
        return loop.turns().count() == 0 ? unknownFigure() : durationFigure(loop.turns().longestNs());
    });
    ofLoop("stalls over 50 ms", [](const LoopWatch& loop) { return countFigure(loop.stalls()); });
    ofLoop("frames", [](const LoopWatch& loop) { return countFigure(loop.frames().count()); });
    ofLoop("frame median", [](const LoopWatch& loop) { return percentileFigure(loop.frames(), 50); });
    ofLoop("frame p99", [](const LoopWatch& loop) { return percentileFigure(loop.frames(), 99); });
    for (const SourceAnswers& source : counters.sources) {
        const QString share = source.all == 0
            ? unknownFigure()
            : figureWord("%1 of %2").arg(countFigure(source.saved), countFigure(source.all));
        figures.sources.push_back({QString::fromStdString(source.label), {share}});
    }
    return figures;
}

std::optional<std::int64_t> residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    bool ok = false;
    const qlonglong pages = file.readAll().split(' ').value(1).toLongLong(&ok);
    return ok ? std::optional<std::int64_t>(pages * ::sysconf(_SC_PAGESIZE)) : std::nullopt;
}

} // namespace tracedeck
