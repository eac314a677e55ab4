// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_fleet.h"

#include "core/row_refresh.h"

#include <utility>

namespace tracedeck {
namespace {

constexpr std::int64_t kNever = INT64_MIN;

/// Handle of a word that the layout put into the pool.
StringId wordOf(const StringPool& strings, std::string_view word)
{
    StringId id = 0;
    return strings.find(word, id) ? id : 0;
}

template <class Table>
void writeNumbers(Table& table, std::size_t row, const DemoShape& shape, const DemoSample& sample)
{
    table.cpuPercent.set(row, sample.cpuPercent);
    table.memoryPercent.set(row, sample.memoryPercent);
    table.diskPercent.set(row, sample.diskPercent);
    table.rxBytesPerSec.set(row, sample.rxBytesPerSec);
    table.txBytesPerSec.set(row, sample.txBytesPerSec);
    table.readBytesPerSec.set(row, sample.readBytesPerSec);
    table.writeBytesPerSec.set(row, sample.writeBytesPerSec);
    table.startedAtNs.set(row, sample.startedAtNs);
    const auto share = [](std::optional<double> percent, std::int64_t total) -> std::optional<std::int64_t> {
        return percent ? std::optional(static_cast<std::int64_t>(*percent / 100 * static_cast<double>(total)))
                       : std::nullopt;
    };
    const auto total = [](bool known, std::int64_t bytes) { return known ? std::optional(bytes) : std::nullopt; };
    table.memoryUsedBytes.set(row, share(sample.memoryPercent, shape.memoryBytes));
    table.memoryTotalBytes.set(row, total(sample.memoryPercent.has_value(), shape.memoryBytes));
    table.diskUsedBytes.set(row, share(sample.diskPercent, shape.diskBytes));
    table.diskTotalBytes.set(row, total(sample.diskPercent.has_value(), shape.diskBytes));
}

void writeHost(InfrastructureTable& table, std::size_t row, const DemoShape& shape, const DemoSample& sample)
{
    writeNumbers(table, row, shape, sample);
    const bool down = sample.power == DemoPower::NoContact;
    const bool hot = shape.fault == DemoFault::Hot;
    const bool stale = shape.fault == DemoFault::StaleAgent;
    const char* state = down ? "offline" : hot ? "degraded" : "online";
    table.status[row] = infrastructureStatusFromText(state);
    table.statusText[row] = wordOf(table.strings, state);
    table.statusDetail[row] = wordOf(table.strings,
                                     down        ? "no contact"
                                         : hot   ? "CPU at its limit"
                                         : stale ? "agent silent, last values shown"
                                                 : "");
    table.flags[row] = stale ? kRowStale : 0;
    if (sample.cpuPercent) {
        table.loadAverage1.set(row, *sample.cpuPercent * shape.cpus / 100);
        table.temperatureCelsius.set(row, 34 + *sample.cpuPercent / 3);
    } else {
        table.loadAverage1.clear(row);
        table.temperatureCelsius.clear(row);
    }
}

std::string_view reasonOf(const DemoShape& shape, DemoPower power)
{
    const bool stopped = power == DemoPower::Stopped;
    switch (shape.fault) {
    case DemoFault::OutOfMemory:
        return power == DemoPower::Running ? "" : "exit 137, out of memory";
    case DemoFault::Restarting:
        return stopped ? "exit 1, restarting" : "restarting";
    case DemoFault::HealthCheck:
        return "health check failing";
    case DemoFault::Stopped:
        return "stopped by an operator";
    default:
        return "";
    }
}

/// True when a word changed that the search arena holds.
bool writeWorkload(WorkloadTable& table, std::size_t row, const DemoShape& shape, const DemoSample& sample, bool stale)
{
    writeNumbers(table, row, shape, sample);
    constexpr const char* kStates[] = {"running", "degraded", "stopped", "unknown"};
    const StringId status = wordOf(table.strings, kStates[static_cast<std::size_t>(sample.power)]);
    const StringId detail = wordOf(table.strings,
                                   sample.power == DemoPower::NoContact ? std::string_view("host has no contact")
                                                                        : reasonOf(shape, sample.power));
    const bool changed = status != table.status[row] || detail != table.statusDetail[row];
    table.status[row] = status;
    table.statusDetail[row] = detail;
    table.flags[row] = stale ? kRowStale : 0;
    if (shape.fault == DemoFault::Restarting || shape.fault == DemoFault::OutOfMemory) {
        table.restartCount.set(row, sample.restarts);
    }
    return changed;
}

} // namespace

std::int64_t demoHostStep(const DemoLayout& layout, std::size_t host, std::int64_t step)
{
    constexpr std::int64_t kHeardEvery = 720; // a silent agent was heard once within the hour
    const DemoShape& shape = layout.hostShapes[host];
    const std::int64_t own = demoReportStep(shape, step, layout.rows());
    return shape.fault == DemoFault::StaleAgent ? own - own % kHeardEvery : own;
}

DemoSample demoHostSample(const DemoLayout& layout, std::size_t row, std::int64_t step)
{
    const std::int64_t own = demoHostStep(layout, row, step);
    return demoSample(layout.hostShapes[row], own, demoHostDown(layout.hostShapes[row], own));
}

DemoSample demoWorkloadSample(const DemoLayout& layout, std::size_t row, std::int64_t step)
{
    const DemoShape& shape = layout.workloadShapes[row];
    const std::int64_t own = demoReportStep(shape, step, layout.rows());
    const DemoShape& host = layout.hostShapes[shape.host];
    return demoSample(shape, own, demoHostDown(host, demoHostStep(layout, shape.host, own)));
}

DemoFleet::DemoFleet(DemoLayout layout)
    : m_layout(std::make_shared<const DemoLayout>(std::move(layout))),
      m_hosts(m_layout->hosts),
      m_workloads(m_layout->workloads),
      m_hostSteps(m_layout->hostShapes.size(), kNever),
      m_workloadSteps(m_layout->workloadShapes.size(), kNever)
{ }

void DemoFleet::moveTo(std::int64_t step)
{
    moveHosts(step);
    moveWorkloads(step);
}

void DemoFleet::moveHosts(std::int64_t step)
{
    std::shared_ptr<InfrastructureTable> next;
    for (std::size_t row = 0; row < m_hostSteps.size(); ++row) {
        const std::int64_t own = demoHostStep(*m_layout, row, step);
        if (own == m_hostSteps[row]) {
            continue;
        }
        if (next == nullptr) {
            next = std::make_shared<InfrastructureTable>(*m_hosts);
        }
        m_hostSteps[row] = own;
        writeHost(*next, row, m_layout->hostShapes[row], demoHostSample(*m_layout, row, step));
        refreshRow(*next, row);
    }
    if (next != nullptr) {
        m_hosts = std::move(next);
    }
}

void DemoFleet::moveWorkloads(std::int64_t step)
{
    std::shared_ptr<WorkloadTable> next;
    bool wordsChanged = false;
    for (std::size_t row = 0; row < m_workloadSteps.size(); ++row) {
        const DemoShape& shape = m_layout->workloadShapes[row];
        const std::int64_t own = demoReportStep(shape, step, m_layout->rows());
        if (own == m_workloadSteps[row]) {
            continue;
        }
        if (next == nullptr) {
            next = std::make_shared<WorkloadTable>(*m_workloads);
        }
        m_workloadSteps[row] = own;
        const bool stale = m_layout->hostShapes[shape.host].fault == DemoFault::StaleAgent;
        wordsChanged =
            writeWorkload(*next, row, shape, demoWorkloadSample(*m_layout, row, step), stale) || wordsChanged;
        refreshRow(*next, row);
    }
    if (wordsChanged) {
        next->finish();
    }
    if (next != nullptr) {
        m_workloads = std::move(next);
    }
}

} // namespace tracedeck
