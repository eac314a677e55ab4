// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"
#include "core/result.h"

namespace tracedeck {

/// Private by default: a server other machines can reach needs the explicit --insecure-plaintext, as TLS
/// is not served here (Unsupported when asked for). PermissionDenied names the host; InvalidArgument for
/// one TLS file without the other.
[[nodiscard]] Result<void> checkExposure(const CollectorOptions& options);

} // namespace tracedeck
