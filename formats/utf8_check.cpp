// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/utf8_check.h"

#include <simdjson.h>

namespace tracedeck {

bool isValidNonAsciiUtf8(std::string_view text)
{
    return simdjson::validate_utf8(text.data(), text.size());
}

} // namespace tracedeck
