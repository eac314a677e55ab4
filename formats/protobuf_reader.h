// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

// protozero can hand out its own view type or ours; every file has to say the same.
#define PROTOZERO_USE_VIEW std::string_view
#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>
#include <protozero/types.hpp>

namespace tracedeck {

using protozero::pbf_reader;
using WireType = protozero::pbf_wire_type;

/// Field number and wire type in one value, for `switch (reader.tag_and_type())`: a known field with
/// another wire type falls into the default branch and is skipped like an unknown one.
constexpr std::uint32_t wire(std::uint32_t field, WireType type)
{
    return protozero::tag_and_type(field, type);
}
constexpr std::uint32_t bytesField(std::uint32_t field)
{
    return wire(field, WireType::length_delimited);
}
constexpr std::uint32_t varintField(std::uint32_t field)
{
    return wire(field, WireType::varint);
}
constexpr std::uint32_t fixed64Field(std::uint32_t field)
{
    return wire(field, WireType::fixed64);
}
constexpr std::uint32_t fixed32Field(std::uint32_t field)
{
    return wire(field, WireType::fixed32);
}

} // namespace tracedeck
