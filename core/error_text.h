// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace tracedeck {

/// Stable lower-case name of a code for logs and machine-readable output: "timed_out".
[[nodiscard]] std::string_view errorCodeKey(ErrorCode code);

/// The one sentence a user reads for this kind of failure, without particulars, ending in a full stop.
[[nodiscard]] std::string_view errorCodeSentence(ErrorCode code);

/// The whole message for people: source, sentence, particulars, hint; secrets masked. Missing parts are
/// left out. "local: It took too long to answer. read of the process list. Try again later."
[[nodiscard]] std::string errorText(const Error& error);

} // namespace tracedeck
