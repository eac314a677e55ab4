// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace tracedeck {

/// Lenient reading of foreign JSON: what is missing, null or of another type is absent, never an error.
/// For answers whose writers differ in such things; internal to formats.
namespace json_tree {

using Element = simdjson::dom::element;

[[nodiscard]] inline std::optional<Element> child(Element of, std::string_view key)
{
    Element value;
    simdjson::dom::object object;
    if (of.get(object) != simdjson::SUCCESS || object.at_key(key).get(value) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return value;
}

[[nodiscard]] inline std::string text(Element of, std::string_view key)
{
    std::string_view value;
    const auto found = child(of, key);
    return found && found->get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

[[nodiscard]] inline std::optional<double> real(Element of, std::string_view key)
{
    double value = 0;
    const auto found = child(of, key);
    const bool fine = found && found->get(value) == simdjson::SUCCESS && std::isfinite(value);
    return fine ? std::optional(value) : std::nullopt;
}

[[nodiscard]] inline std::optional<std::uint64_t> unsignedNumber(Element of, std::string_view key)
{
    std::uint64_t value = 0;
    const auto found = child(of, key);
    return found && found->get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
}

/// Whole numbers; such as 5.0 are taken too.
[[nodiscard]] inline std::optional<std::int64_t> integer(Element of, std::string_view key)
{
    std::int64_t value = 0;
    const auto found = child(of, key);
    if (found && found->get(value) == simdjson::SUCCESS) {
        return value;
    }
    constexpr double kLimit = 9.0e18;
    const auto number = real(of, key);
    return number && std::abs(*number) < kLimit ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

[[nodiscard]] inline bool flag(Element of, std::string_view key)
{
    bool value = false;
    const auto found = child(of, key);
    return found && found->get(value) == simdjson::SUCCESS && value;
}

/// visit(Element) for each item of an array, nothing for anything else.
template <class Visit> void items(std::optional<Element> array, Visit visit)
{
    simdjson::dom::array values;
    if (array && array->get(values) == simdjson::SUCCESS) {
        for (const Element item : values) {
            visit(item);
        }
    }
}

/// visit(key, Element) for each field of an object, nothing for anything else.
template <class Visit> void fields(std::optional<Element> object, Visit visit)
{
    simdjson::dom::object values;
    if (object && object->get(values) == simdjson::SUCCESS) {
        for (const auto field : values) {
            visit(field.key, field.value);
        }
    }
}

/// Parses a whole answer; `parser` keeps what the element points to.
[[nodiscard]] inline Result<Element> parse(simdjson::dom::parser& parser, std::string_view json, const char* source)
{
    Element root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root); error != simdjson::SUCCESS) {
        return makeError(error == simdjson::CAPACITY ? ErrorCode::TooLarge : ErrorCode::Malformed, source,
                         std::string("the answer is no JSON: ") + simdjson::error_message(error), {}, true);
    }
    return root;
}

} // namespace json_tree

} // namespace tracedeck
