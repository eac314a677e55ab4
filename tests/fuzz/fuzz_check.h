// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// A property that must hold for every input; libFuzzer reports the input that breaks it.
inline void fuzzCheck(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

inline std::string_view fuzzText(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}
