// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tracedeck {

/// Deterministic rows for tests and benchmarks: every field is a stateless hash of (seed, row, field),
/// so any program that follows the formulas makes the same rows. Percentages are in percent here; the
/// zeros of workloads that do not run are values, not missing.
[[nodiscard]] InfrastructureTable fixtureInfrastructure(std::size_t rows);
/// Free text searches the 19 reference fields unless told otherwise.
[[nodiscard]] WorkloadTable fixtureWorkloads(std::size_t rows,
                                             WorkloadSearchFields fields = WorkloadSearchFields::Reference);

/// The moment uptimes and ages of the rows count to: 2026-01-01 00:00 UTC.
inline constexpr std::int64_t kFixtureNowNs = 1'767'225'600'000'000'000;

inline constexpr std::uint32_t kInfrastructureSeed = 0x1f2e3d4c;
inline constexpr std::uint32_t kWorkloadSeed = 0x5a6b7c8d;

[[nodiscard]] constexpr std::uint32_t fixtureMix(std::uint32_t x)
{
    x ^= x >> 16U;
    x *= 0x85ebca6bU;
    x ^= x >> 13U;
    x *= 0xc2b2ae35U;
    x ^= x >> 16U;
    return x;
}

[[nodiscard]] constexpr std::uint32_t fixtureHash(std::uint32_t seed, std::uint32_t row, std::uint32_t field)
{
    return fixtureMix(fixtureMix(seed + row * 0x9e3779b1U) ^ (field * 0x27d4eb2fU));
}

} // namespace tracedeck
