// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <string>

namespace tracedeck::perf {

/// Appends the OTLP KeyValue {key, string_value} (opentelemetry/proto/common/v1: key 1, value 2, string 1) as field
/// `tag` of `owner`.
inline void addText(protozero::pbf_writer& owner, protozero::pbf_tag_type tag, const char* key, const std::string& text)
{
    protozero::pbf_writer pair(owner, tag);
    pair.add_string(1, key);
    protozero::pbf_writer(pair, 2).add_string(1, text);
}

/// The same for {key, int_value}; int_value is field 3.
inline void addNumber(protozero::pbf_writer& owner, protozero::pbf_tag_type tag, const char* key, std::int64_t number)
{
    protozero::pbf_writer pair(owner, tag);
    pair.add_string(1, key);
    protozero::pbf_writer(pair, 2).add_int64(3, number);
}

} // namespace tracedeck::perf
