// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "sources/demo_shape.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

/// Identities and fixed facts of a demo fleet: finished tables whose numbers are still missing, and the
/// shape every number follows from, row by row. Immutable once made, so any thread may read it.
struct DemoLayout {
    std::shared_ptr<const InfrastructureTable> hosts;
    std::shared_ptr<const WorkloadTable> workloads;
    std::vector<DemoShape> hostShapes;
    std::vector<DemoShape> workloadShapes;
    std::uint64_t duplicateIds = 0; ///< workloads reported twice, left out the second time

    [[nodiscard]] std::size_t rows() const noexcept { return hostShapes.size() + workloadShapes.size(); }
};

inline constexpr std::size_t kMaxDemoRows = 150'000;
inline constexpr std::size_t kDefaultDemoRows = 600;

/// Which fleet: sites differ in names and numbers.
struct DemoPlace {
    std::string instance;
    std::int64_t anchorNs = 0; ///< started times lie before it
    std::size_t site = 0;
};

/// A fleet of `rows` hosts and workloads together (at most kMaxDemoRows): Proxmox, Docker, Kubernetes, plain
/// hosts, backup and mail services. One row in twelve is a host; with one row there is one host. Some hosts
/// are clones that carry the machine id of another one. Equal (rows, place) give equal layouts.
[[nodiscard]] DemoLayout demoLayout(std::size_t rows, const DemoPlace& place);

/// The step whose values a host shows at `step`; a silent agent keeps repeating an old one.
[[nodiscard]] std::int64_t demoHostStep(const DemoLayout& layout, std::size_t host, std::int64_t step);
/// A row at any step, as a table of that step shows it. Pure, any order.
[[nodiscard]] DemoSample demoHostSample(const DemoLayout& layout, std::size_t row, std::int64_t step);
[[nodiscard]] DemoSample demoWorkloadSample(const DemoLayout& layout, std::size_t row, std::int64_t step);

} // namespace tracedeck
