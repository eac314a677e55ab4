// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tracedeck {

/// Version of this build: the release, and the revision it was built from where there was a checkout.
[[nodiscard]] QString versionText();

} // namespace tracedeck
