// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_past.h"

#include <functional>

namespace tracedeck {
namespace {

constexpr std::int64_t kMinuteNs = 60'000'000'000;
constexpr std::int64_t kPastHourNs = 60 * kMinuteNs;

using SampleAt = std::function<DemoSample(std::int64_t step)>;
using Past = std::vector<HistoryStore::PastSample>;

MetricSample metricsOf(const DemoSample& sample)
{
    MetricSample values;
    const auto put = [&](MetricId metric, std::optional<double> value) {
        values[metricIndex(metric)] = value ? static_cast<float>(*value) : kHistoryGap;
    };
    put(MetricId::Cpu, sample.cpuPercent);
    put(MetricId::Memory, sample.memoryPercent);
    put(MetricId::Disk, sample.diskPercent);
    put(MetricId::NetRx, sample.rxBytesPerSec);
    put(MetricId::NetTx, sample.txBytesPerSec);
    put(MetricId::DiskIo,
        sample.readBytesPerSec || sample.writeBytesPerSec
            ? std::optional(sample.readBytesPerSec.value_or(0) + sample.writeBytesPerSec.value_or(0))
            : std::nullopt);
    return values;
}

Past sampled(const SampleAt& at, std::int64_t fromNs, std::int64_t toNs, std::int64_t stepNs)
{
    Past past;
    for (std::int64_t time = fromNs; time < toNs; time += stepNs) {
        past.push_back({time, metricsOf(at(time / kDemoStepNs))});
    }
    return past;
}

void fillRow(HistoryStore& store, RowKey key, const SampleAt& at, std::int64_t nowNs, bool days)
{
    constexpr std::int64_t kFineNs = 10 * kMinuteNs;
    Past hour = sampled(at, nowNs - kPastHourNs, nowNs - kFineNs, kMinuteNs);
    const Past fine = sampled(at, nowNs - kFineNs, nowNs, kDemoStepNs);
    hour.insert(hour.end(), fine.begin(), fine.end());
    store.addPast(key, hour, HistoryLevel::SixHours, {});
    for (int i = 0; days && i < static_cast<int>(HistoryLevel::Count); ++i) {
        const auto level = static_cast<HistoryLevel>(i);
        const HistoryLevelShape shape = historyLevelShape(level);
        const std::int64_t until = nowNs - nowNs % shape.stepNs;
        const std::int64_t from = until - (static_cast<std::int64_t>(shape.slots) - 2) * shape.stepNs;
        store.addPast(key, {}, level, sampled(at, from, until, shape.stepNs));
    }
}

} // namespace

void fillDemoPast(HistoryStore& store, const DemoLayout& layout, std::int64_t nowNs)
{
    if (layout.rows() > kDemoPastRows) {
        return;
    }
    const bool days = layout.rows() <= kDemoDaysRows;
    for (std::size_t row = 0; row < layout.hostShapes.size(); ++row) {
        const SampleAt at = [&](std::int64_t step) { return demoHostSample(layout, row, step); };
        // A silent agent said nothing lately: its course ends, it does not run on level.
        const bool silent = layout.hostShapes[row].fault == DemoFault::StaleAgent;
        fillRow(store, layout.hosts->keys[row], at, silent ? nowNs - kPastHourNs / 2 : nowNs, days);
    }
    for (std::size_t row = 0; row < layout.workloadShapes.size(); ++row) {
        const SampleAt at = [&](std::int64_t step) { return demoWorkloadSample(layout, row, step); };
        const bool silent = layout.hostShapes[layout.workloadShapes[row].host].fault == DemoFault::StaleAgent;
        fillRow(store, layout.workloads->keys[row], at, silent ? nowNs - kPastHourNs / 2 : nowNs, days);
    }
}

} // namespace tracedeck
