// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/utf8_check.h"

#include <simdjson.h>

namespace tracedeck {

bool isValidNonAsciiUtf8(std::string_view text)
{
    return simdjson::validate_utf8(text.data(), text.size());
}

std::string repairedUtf8(std::string_view text)
{
    if (isValidUtf8(text)) {
        return std::string(text);
    }
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    constexpr std::size_t kLongest = 4;
    std::string out;
    while (!text.empty()) {
        std::size_t size = 1;
        while (size <= kLongest && size <= text.size() && !isValidUtf8(text.substr(0, size))) {
            ++size;
        }
        const bool good = size <= kLongest && size <= text.size();
        out.append(good ? text.substr(0, size) : kReplacement);
        text.remove_prefix(good ? size : 1);
    }
    return out;
}

} // namespace tracedeck
