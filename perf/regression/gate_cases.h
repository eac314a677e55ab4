// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/perf_case.h"

#include <vector>

namespace tracedeck {

/// A guarded piece of work: it is done once unmeasured and once measured.
using GateCase = PerfCase;

[[nodiscard]] std::vector<GateCase> selectorGates();
[[nodiscard]] std::vector<GateCase> queryGates();
[[nodiscard]] std::vector<GateCase> decodeGates();
[[nodiscard]] std::vector<GateCase> traceGates();
/// Need a QApplication.
[[nodiscard]] std::vector<GateCase> modelGates();
[[nodiscard]] std::vector<GateCase> frameGates();

/// Faults planted on purpose, to prove that the gate sees them.
enum class PlantedFault { None, Slower, Leaking, Allocating };
[[nodiscard]] std::vector<GateCase> selfTestGates(PlantedFault fault);

} // namespace tracedeck
