// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"
#include "core/result.h"

namespace tracedeck {

/// Private by default: a server other machines can reach needs TLS and a token for ingest, or the
/// explicit --insecure-plaintext. PermissionDenied says which is missing; InvalidArgument for one TLS
/// file without the other.
[[nodiscard]] Result<void> checkExposure(const CollectorOptions& options);

} // namespace tracedeck
