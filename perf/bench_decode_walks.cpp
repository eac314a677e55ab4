// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/protobuf_reader.h"
#include "perf/decode_walks.h"

#include <array>
#include <simdjson.h>

namespace tracedeck {
namespace {

namespace ondemand = simdjson::ondemand;

/// Which length-delimited fields of a message are messages: the least of the schema a walk needs.
struct Shape {
    std::uint32_t field;
    const Shape* inner; ///< nullptr ends the list
};

extern const Shape kAnyValue[];
constexpr Shape kNothing[] = {{0, nullptr}};
constexpr Shape kKeyValue[] = {{2, kAnyValue}, {0, nullptr}};
constexpr Shape kArray[] = {{1, kAnyValue}, {0, nullptr}};
constexpr Shape kList[] = {{1, kKeyValue}, {0, nullptr}};
constexpr Shape kAnyValue[] = {{5, kArray}, {6, kList}, {0, nullptr}};
constexpr Shape kEvent[] = {{3, kKeyValue}, {0, nullptr}};
constexpr Shape kLink[] = {{4, kKeyValue}, {0, nullptr}};
constexpr Shape kSpan[] = {{9, kKeyValue}, {11, kEvent}, {13, kLink}, {15, kNothing}, {0, nullptr}};
constexpr Shape kScope[] = {{3, kKeyValue}, {0, nullptr}};
constexpr Shape kScopeSpans[] = {{2, kSpan}, {1, kScope}, {0, nullptr}};
constexpr Shape kResource[] = {{1, kKeyValue}, {0, nullptr}};
constexpr Shape kResourceSpans[] = {{2, kScopeSpans}, {1, kResource}, {0, nullptr}};
constexpr Shape kRequest[] = {{1, kResourceSpans}, {0, nullptr}};

std::uint64_t walkMessage(std::string_view message, const Shape* shape)
{
    std::uint64_t sum = 0;
    pbf_reader reader(message);
    while (reader.next()) {
        switch (reader.wire_type()) {
        case WireType::varint:
            sum += reader.get_uint64();
            break;
        case WireType::fixed64:
            sum += reader.get_fixed64();
            break;
        case WireType::fixed32:
            sum += reader.get_fixed32();
            break;
        default: {
            const Shape* inner = shape;
            while (inner->inner != nullptr && inner->field != reader.tag()) {
                ++inner;
            }
            const std::string_view content = reader.get_view();
            sum += inner->inner != nullptr ? walkMessage(content, inner->inner) : content.size();
        }
        }
    }
    return sum;
}

bool walkValue(ondemand::value value, std::uint64_t& sum)
{
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
        return false;
    }
    switch (type) {
    case ondemand::json_type::object:
        for (auto field : value.get_object()) {
            std::string_view key;
            ondemand::value inner;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(inner) != simdjson::SUCCESS
                || !walkValue(inner, sum)) {
                return false;
            }
            sum += key.size();
        }
        return true;
    case ondemand::json_type::array:
        for (auto item : value.get_array()) {
            ondemand::value inner;
            if (std::move(item).get(inner) != simdjson::SUCCESS || !walkValue(inner, sum)) {
                return false;
            }
        }
        return true;
    case ondemand::json_type::string: {
        std::string_view text;
        const bool good = value.get_string().get(text) == simdjson::SUCCESS;
        sum += text.size();
        return good;
    }
    case ondemand::json_type::number: {
        double number = 0;
        const bool good = value.get_double().get(number) == simdjson::SUCCESS;
        sum += number > 0 ? 1 : 0;
        return good;
    }
    default:
        ++sum;
        return true;
    }
}

} // namespace

std::uint64_t walkProtobufTraces(std::string_view body)
{
    try {
        return walkMessage(body, kRequest);
    } catch (const protozero::exception&) {
        return 0;
    }
}

std::uint64_t walkJson(std::string_view body)
{
    const simdjson::padded_string padded(body);
    ondemand::parser parser;
    ondemand::document document;
    ondemand::value root;
    std::uint64_t sum = 0;
    const bool good = parser.iterate(padded).get(document) == simdjson::SUCCESS
        && document.get_value().get(root) == simdjson::SUCCESS && walkValue(root, sum);
    return good ? sum : 0;
}

} // namespace tracedeck
