// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "perf/selector_fixture.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck {

inline constexpr std::array<std::string_view, 16> kFixtureWords{"alpha", "bravo", "cache", "delta", "edge",  "front",
                                                                "grid",  "hub",   "index", "job",   "kafka", "ledger",
                                                                "media", "nginx", "orbit", "proxy"};
inline constexpr std::array<std::string_view, 12> kFixtureTags{"prod",   "staging", "dev", "db",    "web",  "critical",
                                                               "backup", "gpu",     "lab", "batch", "edge", "legacy"};
inline constexpr std::int64_t kGiB = 1'073'741'824;

/// Decimal digits of `number`, zero-padded to `width`.
[[nodiscard]] inline std::string padded(std::uint64_t number, std::size_t width)
{
    std::string text = std::to_string(number);
    if (text.size() < width) {
        text.insert(0, width - text.size(), '0');
    }
    return text;
}

struct FixtureCapacity {
    std::int64_t total = 0;
    std::int64_t used = 0;

    [[nodiscard]] double percent() const { return static_cast<double>(used) / static_cast<double>(total) * 100.0; }
};

/// The hash values of one row.
class FixtureRow {
public:
    FixtureRow(std::uint32_t seed, std::uint32_t row) : m_seed(seed), m_row(row) { }

    [[nodiscard]] std::uint32_t operator()(std::uint32_t field) const { return fixtureHash(m_seed, m_row, field); }
    [[nodiscard]] std::uint32_t percent(std::uint32_t field) const { return (*this)(field) % 100; }
    [[nodiscard]] std::string name() const
    {
        return std::string(kFixtureWords[(*this)(3) % 16]) + '-' + padded(m_row, 7);
    }
    /// Bytes per second; one in a hundred is an outlier.
    [[nodiscard]] double rate(std::uint32_t field, std::uint32_t modulus) const
    {
        const double base = (*this)(field) % modulus;
        return percent(field + 1) == 0 ? base * 500 : base;
    }
    [[nodiscard]] FixtureCapacity capacity(std::uint32_t field, std::int64_t unit) const
    {
        const std::int64_t total = unit << ((*this)(field) % 6);
        return {total, total / 10000 * static_cast<std::int64_t>((*this)(field + 1) % 10001)};
    }
    void addTags(StringPool& strings, ListColumn& tags) const
    {
        const std::uint32_t count = (*this)(31) % 4;
        for (std::uint32_t tag = 0; tag < count; ++tag) {
            tags.add(strings.intern(kFixtureTags[(*this)(32 + tag) % 12]));
        }
        tags.endRow();
    }
    [[nodiscard]] std::int64_t startedAtNs() const
    {
        return kFixtureNowNs - static_cast<std::int64_t>((*this)(30) % 31'536'000) * 1'000'000'000;
    }

private:
    std::uint32_t m_seed;
    std::uint32_t m_row;
};

} // namespace tracedeck
