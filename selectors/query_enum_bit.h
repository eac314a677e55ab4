// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tracedeck {

/// A value of an enumeration as the bit that stands for it in the masks of queryEnumValues(). Values below 64.
template <class E> [[nodiscard]] constexpr std::uint64_t queryEnumBit(E value)
{
    return std::uint64_t{1} << static_cast<unsigned>(value);
}

} // namespace tracedeck
