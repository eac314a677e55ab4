// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>
#include <vector>

namespace tracedeck {

/// The tokens of DIR/tokens.d, one in each file, in the order of the file names: further people and
/// programs that may read. Hidden files, backups ("name~") and folders are skipped; no folder = no tokens.
/// Malformed names the file whose content is no token (32 to 256 letters, digits and - . _ ~ + / =),
/// Conflict two files with the same one. `taken` is a token that none of them may repeat.
[[nodiscard]] Result<std::vector<std::string>> readTokensIn(const std::string& directory, const std::string& taken);

} // namespace tracedeck
