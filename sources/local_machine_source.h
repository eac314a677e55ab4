// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/decode_timed.h"
#include "refresh/source.h"
#include "sources/counter_history.h"
#include "sources/local_cgroup_reader.h"
#include "sources/local_environment.h"
#include "sources/local_file_reader.h"
#include "sources/local_proc_reader.h"
#include "sources/local_workload_rows.h"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// This machine without any daemon: one host row, and its units, containers and guests from the cgroup
/// trees. Where the machine keeps no units (a plain container), processes grouped by command name stand
/// in for them, and say so. fetch() reads and answers on the calling thread (a worker): a few
/// milliseconds for some hundred processes, more when a file system hangs.
class LocalMachineSource final : public FleetSource, public DecodeTimed {
public:
    explicit LocalMachineSource(LocalEnvironment environment = liveEnvironment());

    [[nodiscard]] std::string instance() const override;
    [[nodiscard]] std::string label() const override;
    [[nodiscard]] std::chrono::milliseconds cadence() const override;
    void fetch(const FetchRequest& request, Done done) override;
    void cancel() override;
    /// Files are parsed while they are read; decoding is what makes rows and tables of it.
    [[nodiscard]] std::int64_t lastDecodeNs() const override { return m_decoded.lastNs(); }

private:
    [[nodiscard]] Result<FleetSnapshot> read();
    void identify(const MachineSample& machine);
    [[nodiscard]] std::vector<LocalWorkloadRow> readWorkloads(const MachineSample& machine);
    [[nodiscard]] std::optional<WorkloadTraffic> trafficOf(const CgroupSample& cgroup);

    LocalEnvironment m_environment;
    LocalFileReader m_files;
    LocalProcReader m_proc;
    LocalCgroupReader m_cgroups;
    CounterHistory m_history;
    LocalIdentity m_identity;
    std::optional<double> m_previousUptimeSec;
    DecodeMeter m_decoded;
    std::atomic<bool> m_cancelled{false};
};

} // namespace tracedeck
