// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/engine_json.h"

#include <cstdint>
#include <optional>

namespace tracedeck {

/// Rates of one container between two samples, by the engine's own clock where it tells it.
struct EngineRates {
    std::optional<double> cpus; ///< CPUs busy: 1.0 = one whole CPU
    std::optional<double> rxBytesPerSec;
    std::optional<double> txBytesPerSec;
    std::optional<double> readBytesPerSec;
    std::optional<double> writeBytesPerSec;
    bool pending = true; ///< there is one usable sample only
};

/// `before` and `now` with the times they were taken. A counter that went backwards (restart) has no rate;
/// nothing has when the samples are out of order or more than a minute apart. Two readings of the same
/// moment give `previous` again.
[[nodiscard]] EngineRates engineRates(const EngineSample& before, std::int64_t beforeNs, const EngineSample& now,
                                      std::int64_t nowNs, const EngineRates& previous);

} // namespace tracedeck
