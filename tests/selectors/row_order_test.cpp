// SPDX-License-Identifier: GPL-3.0-or-later
// Ordering primitives against plain sorts: keys, names, ranks, distributions.
#include "selectors/collation_rank.h"
#include "selectors/io_distribution.h"
#include "selectors/rank_select.h"
#include "selectors/sort_columns.h"
#include "selectors/sort_order.h"

#include "core/search_arena.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <random>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace tracedeck;

namespace {

RowIndexes upTo(std::size_t rows)
{
    RowIndexes out(rows);
    std::iota(out.begin(), out.end(), 0U);
    return out;
}

/// Keys of the shapes that columns really have: few values, clusters far apart, everything, one far end.
std::vector<std::uint64_t> keysOfShape(std::mt19937_64& random, std::size_t count, int shape)
{
    std::vector<std::uint64_t> keys(count);
    for (std::uint64_t& key : keys) {
        switch (shape) {
        case 0:
            key = random() % 4;
            break;
        case 1:
            key = random();
            break;
        case 2:
            key = (random() % 3 == 0 ? 0 : (std::uint64_t{1} << 62U)) + random() % 100;
            break;
        case 3:
            key = random() % 2 == 0 ? 0 : ~std::uint64_t{0};
            break;
        case 4:
            key = (std::uint64_t{1} << 40U) + (random() % 50 << 24U) + random() % 3;
            break;
        default:
            key = 7;
        }
    }
    return keys;
}

RowIndexes stableByKeys(const RowIndexes& rows, const std::vector<std::uint64_t>& keys)
{
    RowIndexes places = upTo(rows.size());
    std::stable_sort(places.begin(), places.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
    RowIndexes out;
    for (const std::uint32_t place : places) {
        out.push_back(rows[place]);
    }
    return out;
}

std::vector<double> someSamples(std::mt19937_64& random, std::size_t count, int shape)
{
    std::vector<double> samples(count);
    for (double& sample : samples) {
        switch (shape) {
        case 0:
            sample = static_cast<double>(random() % 10);
            break;
        case 1:
            sample = std::ldexp(1.0, static_cast<int>(random() % 1000) - 100);
            break;
        case 2:
            sample = static_cast<double>(random() % 1000) / 1000.0;
            break;
        case 3:
            sample = 1e6 + static_cast<double>(random() % 5000);
            break;
        default:
            sample = random() % 20 == 0 ? 1e12 : 0.0;
        }
    }
    return samples;
}

} // namespace

TEST(OrderedBits, followTheOrderOfTheNumbers)
{
    const double infinityLess = std::numeric_limits<double>::max();
    const double doubles[] = {-infinityLess, -1e300,
                              -2.0,          -1.0,
                              -1e-300,       -std::numeric_limits<double>::denorm_min(),
                              0.0,           std::numeric_limits<double>::denorm_min(),
                              1e-300,        1.0,
                              2.0,           1e300,
                              infinityLess};
    for (std::size_t i = 1; i < std::size(doubles); ++i) {
        EXPECT_LT(orderedBits(doubles[i - 1]), orderedBits(doubles[i])) << doubles[i];
    }
    EXPECT_EQ(orderedBits(0.0), orderedBits(-0.0));
    const std::int64_t integers[] = {std::numeric_limits<std::int64_t>::min(), -5, -1, 0, 1, 5,
                                     std::numeric_limits<std::int64_t>::max()};
    for (std::size_t i = 1; i < std::size(integers); ++i) {
        EXPECT_LT(orderedBits(integers[i - 1]), orderedBits(integers[i]));
    }
}

TEST(MetricSteps, areFivePointsAndPowersOfTwo)
{
    EXPECT_EQ(percentStep(0), percentStep(4.99));
    EXPECT_LT(percentStep(4.99), percentStep(5));
    EXPECT_EQ(percentStep(95), percentStep(99.9));
    EXPECT_LT(percentStep(-0.1), percentStep(0));
    EXPECT_EQ(rateStep(0), rateStep(1));
    EXPECT_LT(rateStep(1), rateStep(1.01));
    EXPECT_EQ(rateStep(1024), rateStep(2047));
    EXPECT_LT(rateStep(2047), rateStep(2048));
    EXPECT_EQ(rateStep(0.001), 0.0);
}

RC_GTEST_PROP(OrderByKeys, IsAStableSort, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    const std::size_t counts[] = {0, 1, 2, 3, 24, 25, 199, 200, 201, 3000};
    const std::size_t count = counts[seed % std::size(counts)];
    const auto keys = keysOfShape(random, count, static_cast<int>(random() % 6));
    RowIndexes rows = upTo(count);
    std::shuffle(rows.begin(), rows.end(), random);
    RC_ASSERT(orderByKeys(rows, keys) == stableByKeys(rows, keys));
}

RC_GTEST_PROP(OrderBy, MissingValuesComeLastAndTiesKeepTheirOrderInBothDirections, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    const std::size_t count = random() % 400;
    const auto values = keysOfShape(random, count, static_cast<int>(random() % 6));
    std::vector<bool> present(count);
    for (std::size_t i = 0; i < count; ++i) {
        present[i] = random() % 4 != 0;
    }
    RowIndexes rows = upTo(count);
    std::shuffle(rows.begin(), rows.end(), random);
    for (const SortDirection direction : {SortDirection::Ascending, SortDirection::Descending}) {
        RowIndexes wanted = rows;
        std::stable_sort(wanted.begin(), wanted.end(), [&](std::uint32_t a, std::uint32_t b) {
            if (!present[a] || !present[b]) {
                return present[a] && !present[b];
            }
            return direction == SortDirection::Ascending ? values[a] < values[b] : values[b] < values[a];
        });
        const RowIndexes ordered = orderBy(rows, direction, [&](std::uint32_t row) {
            return SortKey{values[row], present[row]};
        });
        RC_ASSERT(ordered == wanted);
    }
}

RC_GTEST_PROP(OrderByNameThenId, IsTheSortByBoth, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    StringPool pool;
    const std::size_t names = 1 + random() % 60;
    for (std::size_t i = 0; i < names; ++i) {
        pool.intern("name " + std::to_string(random() % 1000));
    }
    // Further texts nobody uses: a large pool takes another path.
    for (std::size_t i = random() % 2 == 0 ? 0 : 2000; i > 0; --i) {
        pool.intern("unused " + std::to_string(i));
    }
    const std::size_t count = random() % 120;
    TextColumn name(count);
    TextColumn id(count);
    for (std::size_t row = 0; row < count; ++row) {
        name[row] = static_cast<StringId>(random() % std::min<std::size_t>(pool.size(), names + 1));
        id[row] = pool.intern("id " + std::to_string(row));
    }
    const CollationRanks all = collationRanksByBytes(pool);
    RowIndexes rows = upTo(count);
    std::shuffle(rows.begin(), rows.end(), random);
    rows.resize(count - std::min<std::size_t>(count, random() % 10));
    RowIndexes wanted = rows;
    std::sort(wanted.begin(), wanted.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(all[name[a]], all[id[a]]) < std::pair(all[name[b]], all[id[b]]);
    });
    RC_ASSERT(orderByNameThenId(rows, name, id, all) == wanted);
}

RC_GTEST_PROP(CollationRanksByBytes, AreThePlacesOfTheFoldedTexts, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    StringPool pool;
    const std::string letters("aAbB\0\x01zZ \xC3\x84\xC3\xA4", 12);
    for (std::size_t left = random() % 80; left > 0; --left) {
        std::string text(random() % 3 == 0 ? "a common beginning of texts " : "");
        for (std::size_t size = random() % 20; size > 0; --size) {
            text.push_back(letters[random() % letters.size()]);
        }
        pool.intern(text);
    }
    const CollationRanks ranks = collationRanksByBytes(pool);
    std::vector<StringId> order(pool.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](StringId a, StringId b) {
        const std::string left = foldCase(pool.view(a));
        const std::string right = foldCase(pool.view(b));
        return left != right ? left < right : pool.view(a) < pool.view(b);
    });
    RC_ASSERT(ranks.rank.size() == pool.size());
    RC_ASSERT(ranks[0] == 0U);
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        RC_ASSERT(ranks[order[place]] == place);
    }
}

namespace {

RankSamples offered(const std::vector<double>& values)
{
    RankSamples samples(values.size());
    for (const double value : values) {
        samples.offer(value, true);
    }
    return samples;
}

} // namespace

RC_GTEST_PROP(RankSamplesProperty, AgreeWithSorting, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    const std::size_t counts[] = {1, 2, 63, 64, 65, 500, 5000};
    const std::size_t count = counts[seed % std::size(counts)];
    std::vector<double> values = someSamples(random, count, static_cast<int>(random() % 5));
    std::set<std::size_t> wanted{0, count - 1, count / 2};
    for (std::size_t left = random() % 20; left > 0; --left) {
        wanted.insert(random() % count);
    }
    const std::vector<std::size_t> ranks(wanted.begin(), wanted.end());
    const RankSamples samples = offered(values);
    // From a sample, from between two, from outside, from where nothing is.
    const double middles[] = {values[random() % count], values[random() % count] / 3 + 0.5, 0.0, 1e300};
    for (const double middle : middles) {
        std::vector<double> distances(count);
        std::transform(values.begin(), values.end(), distances.begin(),
                       [middle](double value) { return std::abs(value - middle); });
        std::sort(distances.begin(), distances.end());
        const std::vector<double> found = samples.distancesAtRanks(middle, ranks);
        RC_ASSERT(found.size() == ranks.size());
        for (std::size_t i = 0; i < ranks.size(); ++i) {
            RC_ASSERT(found[i] == distances[ranks[i]]);
        }
    }
    std::sort(values.begin(), values.end());
    const std::vector<double> found = samples.atRanks(ranks);
    RC_ASSERT(found.size() == ranks.size());
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        RC_ASSERT(found[i] == values[ranks[i]]);
    }
}

TEST(RankSamples, theSameRankMayBeAskedTwice)
{
    std::vector<double> values(100);
    std::iota(values.rbegin(), values.rend(), 1.0);
    const std::vector<std::size_t> ranks = {0, 0, 49, 49, 99, 99};
    EXPECT_EQ(offered(values).atRanks(ranks), (std::vector<double>{1, 1, 50, 50, 100, 100}));
    EXPECT_EQ(offered(values).distancesAtRanks(0, ranks), (std::vector<double>{1, 1, 50, 50, 100, 100}));
    EXPECT_TRUE(offered(values).atRanks({}).empty());
    EXPECT_TRUE(offered(values).distancesAtRanks(3, {}).empty());
}

TEST(RankSamples, takeWhatIsKnownAndASample)
{
    RankSamples samples(7);
    samples.offer(5, true);
    samples.offer(7, false);
    samples.offer(-1, true);
    samples.offer(std::numeric_limits<double>::quiet_NaN(), true);
    samples.offer(std::numeric_limits<double>::infinity(), true);
    samples.offer(-std::numeric_limits<double>::infinity(), true);
    samples.offer(std::numeric_limits<double>::max(), true);
    ASSERT_EQ(samples.size(), 2U);
    EXPECT_EQ(samples.atRanks(std::vector<std::size_t>{0, 1}),
              (std::vector<double>{5, std::numeric_limits<double>::max()}));
}

TEST(IoStats, aNegativeZeroIsAZero)
{
    std::vector<double> samples(100, -0.0);
    samples[0] = 5.0;
    const IoStats stats = ioStats(samples);
    EXPECT_EQ(stats.max, 5.0);
    EXPECT_EQ(stats.p97, 0.0);
    EXPECT_EQ(stats.count, 100U);
    EXPECT_EQ(ioEmphasis(5.0, stats), IoEmphasis::Strong);
}

RC_GTEST_PROP(IoStatsProperty, AgreesWithSorting, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    std::vector<double> samples = someSamples(random, random() % 300, static_cast<int>(random() % 5));
    std::vector<double> dirty = samples;
    dirty.push_back(-1.0);
    dirty.push_back(std::numeric_limits<double>::quiet_NaN());
    dirty.push_back(std::numeric_limits<double>::infinity());
    std::shuffle(dirty.begin(), dirty.end(), random);
    const IoStats stats = ioStats(dirty);
    RC_ASSERT(stats.count == samples.size());
    if (samples.empty()) {
        RC_ASSERT(stats == IoStats());
        return;
    }
    const auto medianOf = [](std::vector<double> values) {
        std::sort(values.begin(), values.end());
        return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2.0;
    };
    std::sort(samples.begin(), samples.end());
    const double median = medianOf(samples);
    std::vector<double> distances = samples;
    for (double& value : distances) {
        value = std::abs(value - median);
    }
    const auto nearest = [&samples](std::size_t percent) { return samples[(samples.size() * percent + 99) / 100 - 1]; };
    RC_ASSERT(stats.median == median);
    RC_ASSERT(stats.mad == medianOf(distances));
    RC_ASSERT(stats.max == samples.back());
    RC_ASSERT(stats.p97 == nearest(97));
    RC_ASSERT(stats.p99 == nearest(99));
}

TEST(IoEmphasis, everyBranchOfTheRule)
{
    IoStats few{10, 0, 100, 100, 100, 3};
    EXPECT_EQ(ioEmphasis(99.5, few), IoEmphasis::Medium);
    EXPECT_EQ(ioEmphasis(99.4, few), IoEmphasis::Normal);
    IoStats spread{10, 1, 100, 15, 19, 100};
    EXPECT_EQ(ioEmphasis(10 + 6.6 / 0.6745, spread), IoEmphasis::Strong);
    EXPECT_EQ(ioEmphasis(10 + 6.4 / 0.6745, spread), IoEmphasis::Medium) << "over p97 and the lower score";
    EXPECT_EQ(ioEmphasis(10 + 5.6 / 0.6745, spread), IoEmphasis::Medium);
    EXPECT_EQ(ioEmphasis(10 + 5.4 / 0.6745, spread), IoEmphasis::Normal);
    spread.p99 = 90;
    spread.p97 = 80;
    EXPECT_EQ(ioEmphasis(50, spread), IoEmphasis::Normal) << "a high score is not enough below p97";
    EXPECT_EQ(ioEmphasis(85, spread), IoEmphasis::Medium);
    EXPECT_EQ(ioEmphasis(90, spread), IoEmphasis::Strong);
    const IoStats flat{0, 0, 100, 5, 50, 100};
    EXPECT_EQ(ioEmphasis(4, flat), IoEmphasis::Normal);
    EXPECT_EQ(ioEmphasis(5, flat), IoEmphasis::Medium);
    EXPECT_EQ(ioEmphasis(50, flat), IoEmphasis::Strong);
    for (const double none :
         {0.0, -5.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        EXPECT_EQ(ioEmphasis(none, flat), IoEmphasis::Normal) << none;
    }
    EXPECT_EQ(ioEmphasis(5, IoStats()), IoEmphasis::Normal);
}
