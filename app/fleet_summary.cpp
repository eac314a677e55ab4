// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet_summary.h"

#include <array>

namespace tracedeck {

std::optional<double> meanOf(const OptionalColumn<double>& column)
{
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t row = 0; row < column.size(); ++row) {
        sum += column.raw(row); // a missing value holds 0
        count += column.has(row) ? 1 : 0;
    }
    return count == 0 ? std::nullopt : std::optional<double>(sum / static_cast<double>(count));
}

std::optional<double> sumOf(std::initializer_list<const OptionalColumn<double>*> columns)
{
    std::optional<double> sum;
    for (const OptionalColumn<double>* column : columns) {
        for (std::size_t row = 0; row < column->size(); ++row) {
            if (column->has(row)) {
                sum = sum.value_or(0) + column->raw(row);
            }
        }
    }
    return sum;
}

std::vector<SourceOption> sourceOptions(const std::vector<PlatformSet>& sets, const std::vector<Platform>& main)
{
    constexpr auto count = static_cast<std::size_t>(Platform::Count);
    std::array<std::uint32_t, count> rows{};
    for (std::size_t row = 0; row < sets.size(); ++row) {
        const PlatformSet set = sets[row] != 0 || main[row] == Platform::Count ? sets[row] : platformBit(main[row]);
        for (std::size_t platform = 0; platform < count; ++platform) {
            rows[platform] += (set & platformBit(static_cast<Platform>(platform))) != 0 ? 1 : 0;
        }
    }
    std::vector<SourceOption> options;
    for (std::size_t platform = 0; platform < count; ++platform) {
        if (rows[platform] > 0) {
            const std::string_view key = platformKey(static_cast<Platform>(platform));
            const std::string_view label = platformLabel(static_cast<Platform>(platform));
            options.push_back({QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())),
                               QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size())), rows[platform]});
        }
    }
    return options;
}

} // namespace tracedeck
