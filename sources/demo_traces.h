// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "sources/demo_layout.h"

#include <cstddef>
#include <cstdint>

namespace tracedeck {

/// Invented traces of the demo shop: requests that pass through several services, with retries, errors,
/// slow databases, events and races for shared data. Every span's resource names the workload it ran in
/// (service.name, host.name, container.id or k8s.pod.uid …), so that rows and traces find each other.
///
/// `count` traces that start within [fromNs, toNs), `serial` the number of the first: equal arguments give
/// equal spans. A fleet without workloads gives none.
[[nodiscard]] SpanTable demoTraces(const DemoLayout& layout, std::uint64_t serial, std::size_t count,
                                   std::int64_t fromNs, std::int64_t toNs);

} // namespace tracedeck
