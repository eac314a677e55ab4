// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metric_history.h"
#include "perf/micro/micro_cases.h"
#include "selectors/density_map.h"
#include "selectors/line_decimation.h"

#include <array>
#include <cmath>
#include <memory>
#include <numeric>

namespace tracedeck {
namespace {

constexpr std::int64_t kNowNs = 1'800'000'000'000'000'000;
constexpr std::int64_t kSecondNs = 1'000'000'000;

std::vector<HistoryPoint> wave(std::size_t points)
{
    std::vector<HistoryPoint> line(points);
    for (std::size_t i = 0; i < points; ++i) {
        const auto value = static_cast<float>(50 + 30 * std::sin(static_cast<double>(i) / 37));
        line[i] = {kNowNs + static_cast<std::int64_t>(i) * kSecondNs, value, value};
    }
    return line;
}

PerfCase decimationCase(std::size_t points)
{
    return {"history-lttb/" + std::to_string(points), [points] {
                const auto line = std::make_shared<const std::vector<HistoryPoint>>(wave(points));
                return [line] { keepAlive(largestTriangles(*line, 180)); };
            }};
}

PerfCase densityCase(std::size_t rows)
{
    return {"history-density/" + std::to_string(rows), [rows] {
                auto frame = std::make_shared<HistoryFrame>();
                frame->buckets = 60;
                frame->stepNs = 60 * kSecondNs;
                frame->untilNs = kNowNs;
                frame->keys.resize(rows);
                std::iota(frame->keys.begin(), frame->keys.end(), RowKey{1});
                frame->codes.resize(rows * kMetricCount * frame->buckets);
                for (std::size_t i = 0; i < frame->codes.size(); ++i) {
                    frame->codes[i] = static_cast<MetricCode>(i * 2'654'435'761U % 60'000);
                }
                auto visible = std::make_shared<std::vector<std::uint32_t>>(rows);
                std::iota(visible->begin(), visible->end(), 0U);
                return [frame, visible] {
                    constexpr std::array<MetricId, 2> kNetwork{MetricId::NetRx, MetricId::NetTx};
                    keepAlive(densityMap(*frame, *visible, kNetwork));
                };
            }};
}

/// One round of samples of a fleet that is known already.
PerfCase recordCase(std::size_t rows)
{
    return {"history-record/" + std::to_string(rows), [rows] {
                auto history = std::make_shared<MetricHistory>(std::size_t{48} << 20U);
                auto round = std::make_shared<std::int64_t>(0);
                return [history, round, rows] {
                    history->beginRound(kNowNs + *round * 5 * kSecondNs, rows);
                    MetricSample sample;
                    sample.fill(static_cast<float>(++*round % 100));
                    for (RowKey key = 1; key <= rows; ++key) {
                        history->record(key, sample);
                    }
                };
            }};
}

} // namespace

std::vector<PerfCase> microHistory()
{
    std::vector<PerfCase> cases;
    for (const std::size_t points : {2'000U, 100'000U}) {
        cases.push_back(decimationCase(points));
    }
    for (const std::size_t rows : {500U, 5'000U, 20'000U}) {
        cases.push_back(densityCase(rows));
        cases.push_back(recordCase(rows));
    }
    return cases;
}

} // namespace tracedeck
