// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tracedeck {

/// What an engine tells about a container, indented, with the values of secret-looking keys and of
/// secret-looking environment variables masked. Text that is no JSON comes back as one masked line.
[[nodiscard]] QString inspectText(const QByteArray& json);

} // namespace tracedeck
