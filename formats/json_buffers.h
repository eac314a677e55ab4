// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool.h"

#include <cstddef>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace tracedeck {

/// What reading one JSON body needs besides the body: a padded copy of it and the parser's index, together
/// about six times its size.
struct JsonBuffers {
    std::string text;
    simdjson::ondemand::parser parser;

    /// Copies `body`; the view is padded as simdjson wants it.
    [[nodiscard]] simdjson::padded_string_view load(std::string_view body);
};

/// Buffers of this thread for one body after the other. At most two sets lie idle; what a body of over
/// kMostKeptBytes made grow is given back at once.
inline constexpr std::size_t kMostKeptBytes = 512 * 1024;
[[nodiscard]] Pool<JsonBuffers>& jsonBuffers();

} // namespace tracedeck
