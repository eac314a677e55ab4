// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/service_colors.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace tracedeck {
namespace {

/// FNV-1a, the same on every machine and in every release: pictures stay comparable.
std::size_t preferredColor(std::string_view service)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : service) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return static_cast<std::size_t>((hash ^ (hash >> 29U)) % kServiceColors);
}

} // namespace

std::vector<std::uint8_t> serviceColors(const SpanTable& spans)
{
    std::vector<std::uint8_t> colors;
    colors.reserve(spans.resources.size());
    std::unordered_map<StringId, std::uint8_t> ofService;
    std::array<bool, kServiceColors> taken{};
    for (const StringId service : spans.resources.serviceName) {
        const auto [place, isNew] = ofService.try_emplace(service, std::uint8_t{0});
        if (isNew) {
            const std::size_t preferred = preferredColor(spans.strings.view(service));
            std::size_t color = preferred;
            while (ofService.size() <= kServiceColors && taken[color]) {
                color = (color + 1) % kServiceColors;
            }
            taken[color] = true;
            place->second = static_cast<std::uint8_t>(color);
        }
        colors.push_back(place->second);
    }
    return colors;
}

} // namespace tracedeck
