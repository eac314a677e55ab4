// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/packed_list.h"

namespace tracedeck {
namespace {

void appendNumber(std::string& out, std::uint64_t value)
{
    while (value >= 0x80U) {
        out.push_back(static_cast<char>(value | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<char>(value));
}

bool takeNumber(std::string_view& in, std::uint64_t& value)
{
    value = 0;
    for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80U) {
            return true;
        }
    }
    return false;
}

} // namespace

void appendPart(std::string& packed, TracePart part)
{
    appendNumber(packed, static_cast<std::uint64_t>(part.request));
    appendNumber(packed, part.offset);
}

void unpackParts(std::string_view packed, std::vector<TracePart>& into)
{
    std::uint64_t request = 0;
    std::uint64_t offset = 0;
    while (takeNumber(packed, request) && takeNumber(packed, offset)) {
        into.push_back({static_cast<std::int64_t>(request), static_cast<std::uint32_t>(offset)});
    }
}

std::string packResources(const std::vector<std::uint32_t>& resources, ResourceKnowledge known)
{
    std::string packed(1, static_cast<char>(known));
    for (const std::uint32_t resource : resources) {
        appendNumber(packed, resource);
    }
    return packed;
}

ResourceKnowledge unpackResources(std::string_view packed, std::vector<std::uint32_t>& resources)
{
    resources.clear();
    if (packed.empty()) {
        return ResourceKnowledge::Unknown;
    }
    const auto state = static_cast<unsigned char>(packed.front());
    packed.remove_prefix(1);
    std::uint64_t resource = 0;
    while (takeNumber(packed, resource)) {
        resources.push_back(static_cast<std::uint32_t>(resource));
    }
    return state == static_cast<unsigned char>(ResourceKnowledge::Whole) ? ResourceKnowledge::Whole
        : state == static_cast<unsigned char>(ResourceKnowledge::Part)   ? ResourceKnowledge::Part
                                                                         : ResourceKnowledge::Unknown;
}

std::string packServices(const std::vector<ServiceShare>& services)
{
    std::string packed;
    for (const ServiceShare& share : services) {
        appendNumber(packed, share.service);
        appendNumber(packed, share.spans);
        appendNumber(packed, share.errors);
    }
    return packed;
}

std::vector<ServiceShare> unpackServices(std::string_view packed)
{
    std::vector<ServiceShare> services;
    std::uint64_t service = 0;
    std::uint64_t spans = 0;
    std::uint64_t errors = 0;
    while (takeNumber(packed, service) && takeNumber(packed, spans) && takeNumber(packed, errors)) {
        services.push_back({static_cast<std::uint32_t>(service), static_cast<std::uint32_t>(spans),
                            static_cast<std::uint32_t>(errors)});
    }
    return services;
}

} // namespace tracedeck
