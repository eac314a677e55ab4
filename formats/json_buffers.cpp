// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_buffers.h"

#include <utility>

namespace tracedeck {
namespace {

void giveBack(JsonBuffers& buffers) noexcept
{
    buffers.text.clear();
    if (buffers.text.capacity() > kMostKeptBytes) {
        std::string().swap(buffers.text);
        buffers.parser = simdjson::ondemand::parser();
    }
}

} // namespace

simdjson::padded_string_view JsonBuffers::load(std::string_view body)
{
    text.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    text.assign(body);
    return simdjson::padded_string_view(text.data(), text.size(), text.capacity());
}

Pool<JsonBuffers>& jsonBuffers()
{
    thread_local Pool<JsonBuffers> pool(2, giveBack);
    return pool;
}

} // namespace tracedeck
