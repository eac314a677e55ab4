// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck {

/// A service of the demo shop: what runs in a workload, who calls whom in its traces.
struct DemoService {
    std::string_view name;
    std::string_view image;
    std::string_view project; ///< compose project and namespace it belongs to
    std::string_view tag;
};

inline constexpr std::size_t kDemoServices = 40;
[[nodiscard]] const DemoService& demoService(std::size_t index); ///< any index; wraps around

/// "west", "east", …; beyond the list with a number.
[[nodiscard]] std::string demoRegion(std::size_t index);
/// `digits` lower-case hex digits out of a hash.
[[nodiscard]] std::string demoHex(std::uint64_t hash, std::size_t digits);
/// Like the suffix of a pod: consonants and digits.
[[nodiscard]] std::string demoSuffix(std::uint64_t hash, std::size_t letters);
/// A private address of its own for each number below 16 million.
[[nodiscard]] std::string demoAddress(std::uint32_t number);

} // namespace tracedeck
