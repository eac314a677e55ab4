// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_fleet.h"

#include <algorithm>

namespace tracedeck {

void FakeClock::advance(std::chrono::milliseconds by, const std::function<void()>& between)
{
    const std::int64_t end = m_now + std::chrono::nanoseconds(by).count();
    between();
    while (m_alarm && *m_alarm <= end && m_wake) {
        m_now = std::max(m_now, *m_alarm);
        m_alarm.reset();
        m_wake();
        between();
    }
    m_now = end;
}

void ManualExecutor::drain()
{
    while (!m_queue.empty()) {
        const std::function<void()> work = std::move(m_queue.front());
        m_queue.pop_front();
        work();
    }
}

FleetSnapshot snapshotOf(const std::string& name, std::size_t rows, double cpu)
{
    auto hosts = std::make_shared<InfrastructureTable>();
    hosts->resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string id = name + std::to_string(row);
        hosts->keys[row] = makeRowKey(RowKind::Infrastructure, name, id);
        hosts->name[row] = hosts->strings.intern(id);
        hosts->cpuPercent.set(row, cpu);
        hosts->tags.add(hosts->strings.intern("tag-" + name));
        hosts->tags.endRow();
    }
    hosts->finish();
    auto workloads = std::make_shared<WorkloadTable>();
    workloads->resize(1);
    workloads->keys[0] = makeRowKey(RowKind::Workload, name, "w");
    workloads->name[0] = workloads->strings.intern("work-" + name);
    workloads->memoryUsedBytes.set(0, 7);
    workloads->finish();
    return {hosts, workloads, {}, {123}};
}

void ScriptedSource::fetch(const FetchRequest& request, Done done)
{
    ++fetches;
    requests.push_back(request);
    if (answerAtOnce) {
        done(snapshotOf(m_name, 3, cpu));
    } else {
        open.push_back(std::move(done));
    }
}

void ScriptedSource::answer(Result<FleetSnapshot> result)
{
    const Done done = std::move(open.front());
    open.pop_front();
    done(std::move(result));
}

Error failure(ErrorCode code)
{
    return makeError(code, "a", "connection refused", "", true);
}

} // namespace tracedeck
