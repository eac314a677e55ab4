// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "perf/selector_digest.h"

#include <cstddef>
#include <map>
#include <string>
#include <tuple>

namespace tracedeck {

/// (domain, rows, case) -> digest values as flatDigest() writes them.
using SelectorDigests = std::map<std::tuple<std::string, std::size_t, std::string>, std::string>;

/// The values of a digest in order, separated by commas, without their names.
[[nodiscard]] std::string flatDigest(const DigestFields& fields);

/// All *.tsv files of a folder: domain, rows, case, values; lines with "#" in front are remarks. Malformed
/// names the line.
[[nodiscard]] Result<SelectorDigests> readSelectorDigests(const std::string& folder);

} // namespace tracedeck
