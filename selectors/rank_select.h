// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace tracedeck {

/// Finite numbers that are not negative, counted into logarithmic buckets (32 per power of two) while they
/// come, so that values at ranks are found without sorting: only buckets that hold a rank are looked into.
/// Cost: one pass to come in, one per question, 2 to 3 ns per sample together.
class RankSamples {
public:
    /// Room for `most` offers.
    explicit RankSamples(std::size_t most)
        : m_values(std::make_unique_for_overwrite<double[]>(most)),
          m_buckets(std::make_unique_for_overwrite<std::uint16_t[]>(most))
    { }

    /// Takes `value` if it is `known` and a sample at all. Precondition: fewer than `most` offers before. Without
    /// branches: which rows report a rate cannot be predicted.
    void offer(double value, bool known)
    {
        constexpr auto kMostFinite = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::max());
        const double plain = value + 0.0; // a negative zero is a zero
        const auto bits = std::bit_cast<std::uint64_t>(plain);
        const std::size_t counts = static_cast<std::size_t>(known) & static_cast<std::size_t>(bits <= kMostFinite);
        const std::uint16_t bucket = bucketOf(bits);
        m_values[m_size] = plain;
        m_buckets[m_size] = bucket;
        m_counts[bucket] += static_cast<std::uint32_t>(counts);
        m_size += counts;
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }

    /// The values that would stand at `ranks` (counted from 0) if the samples were sorted. Precondition: ranks
    /// ascend, each < size(), at most 255 of them.
    [[nodiscard]] std::vector<double> atRanks(std::span<const std::size_t> ranks) const;
    /// The same for the distances of the samples from `middle`, which is finite and not negative. The buckets
    /// say between which two distances the ranks lie; samples in between alone are looked at.
    [[nodiscard]] std::vector<double> distancesAtRanks(double middle, std::span<const std::size_t> ranks) const;

private:
    static constexpr std::size_t kBuckets = 2048;
    static constexpr auto kOne = std::bit_cast<std::uint64_t>(1.0);
    static constexpr unsigned kShift = 47; ///< keeps 5 bits below the exponent

    struct Bounds {
        double least = 0;
        double most = 0;
    };

    /// Bucket 0 holds everything below 1; the order of buckets is the order of values.
    static std::uint16_t bucketOf(std::uint64_t bits)
    {
        const std::int64_t step = static_cast<std::int64_t>(bits - kOne) >> kShift;
        return static_cast<std::uint16_t>(std::min<std::int64_t>(std::max<std::int64_t>(step, -1) + 1, kBuckets - 1));
    }
    static double lowEnd(std::size_t bucket);
    /// Two distances from `middle` with the ranks `first` to `last` between them.
    [[nodiscard]] Bounds distanceBounds(double middle, std::size_t first, std::size_t last) const;

    std::unique_ptr<double[]> m_values;
    std::unique_ptr<std::uint16_t[]> m_buckets;
    std::array<std::uint32_t, kBuckets> m_counts{};
    std::size_t m_size = 0;
};

} // namespace tracedeck
