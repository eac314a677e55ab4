// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"
#include "core/result.h"

namespace tracedeck {

/// Whether other machines can connect to one of the servers.
[[nodiscard]] bool reachableByOthers(const CollectorOptions& options);

/// Private by default: a server other machines can reach needs TLS or the explicit --insecure-plaintext.
/// PermissionDenied names the host; InvalidArgument for one TLS file without the other.
[[nodiscard]] Result<void> checkExposure(const CollectorOptions& options);

} // namespace tracedeck
