// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace tracedeck {

/// The yardstick for decoding: visits every field of the same bytes with the bare library and adds up what
/// it sees, so that nothing can be left out. Answers that sum; 0 = the bytes could not be walked.
[[nodiscard]] std::uint64_t walkProtobufTraces(std::string_view body);
[[nodiscard]] std::uint64_t walkJson(std::string_view body);

/// The same bytes by generated classes of libprotobuf on an arena. Answers the number of spans; 0 = not understood.
[[nodiscard]] std::uint64_t parseWithProtobufLibrary(std::string_view body);

} // namespace tracedeck
