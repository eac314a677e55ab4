// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "perf/stress/stress_options.h"
#include "perf/stress/stress_report.h"

namespace tracedeck::stress {

/// Several senders export spans as fast as they are taken, good and bad requests mixed: spans without a
/// trace id, bodies that do not decode, a wrong content type, exact retries. Every span sent must be
/// stored, refused with a reason, or acknowledged as a retry; what is stored is counted in the store's
/// status and by reading traces back. An error only when the run could not take place at all.
[[nodiscard]] Result<StressReport> runIngestStress(const StressOptions& options);

} // namespace tracedeck::stress
