// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshot files whose checksum is right and whose content is not, and merges of any sources.
#include "core/table_columns.h"
#include "refresh/equality_gate.h"
#include "refresh/fleet_merge.h"
#include "refresh/refetch_pacer.h"
#include "refresh/refresh_policy.h"
#include "refresh/snapshot_cache.h"
#include "tests/refresh/scripted_fleet.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace tracedeck {
namespace {

constexpr std::size_t kHeader = 32; ///< magic 7, version 1, byte order 4, columns 4, length 8, hash 8
constexpr std::size_t kHashAt = 24;
constexpr std::int64_t kPacerMs = 1'000'000;

/// The same file with its length and checksum made to fit what it holds now.
std::string resealed(std::string bytes)
{
    const std::uint64_t length = bytes.size() - kHeader;
    const std::uint64_t hash = XXH3_64bits(bytes.data() + kHeader, length);
    std::memcpy(bytes.data() + kHashAt - sizeof length, &length, sizeof length);
    std::memcpy(bytes.data() + kHashAt, &hash, sizeof hash);
    return bytes;
}

FleetSnapshot smallFleet()
{
    FleetSnapshot fleet = snapshotOf("a", 2, 42);
    fleet.warnings.push_back({"3 duplicate ids ignored", 3});
    fleet.volatileFields.sampledAtNs = 77;
    return fleet;
}

template <class Table> void expectUsable(const Table& table)
{
    visitTexts(table, [&](const TextColumn& column) {
        RC_ASSERT(column.size() == table.rows());
        for (const StringId id : column) {
            RC_ASSERT(id < table.strings.size());
        }
    });
    visitLists(table, [&](const ListColumn& column) {
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (const StringId id : column.row(row)) {
                RC_ASSERT(id < table.strings.size());
            }
        }
    });
    visitNumbers(table, [&](const auto& column) {
        for (std::size_t row = 0; row < table.rows(); ++row) {
            RC_ASSERT(column.raw(row) == column.raw(row)); // no NaN came in from the disk
        }
    });
    RC_ASSERT(table.search.rows() == table.rows());
    for (const auto platform : table.platform) {
        RC_ASSERT(platform < Platform::Count);
    }
}

} // namespace

TEST(SnapshotLies, resealingWithoutAChangeIsTheSameFile)
{
    const std::string bytes = encodeSnapshot(smallFleet());
    ASSERT_EQ(resealed(bytes), bytes) << "the layout this test relies on";
    ASSERT_TRUE(decodeSnapshot(bytes).ok());
}

RC_GTEST_PROP(SnapshotLies, AnyContentIsRefusedOrUsable, ())
{
    std::string bytes = encodeSnapshot(smallFleet());
    for (int left = *rc::gen::inRange(1, 4); left > 0; --left) {
        const auto at = *rc::gen::inRange<std::size_t>(kHeader, bytes.size());
        bytes[at] = static_cast<char>(*rc::gen::weightedElement<int>({{1, 0}, {1, 255}, {1, 1}, {1, 128}, {4, 7}}));
    }
    if (*rc::gen::inRange(0, 4) == 0) {
        bytes.resize(*rc::gen::inRange<std::size_t>(kHeader, bytes.size() + 1));
    }
    const Result<FleetSnapshot> read = decodeSnapshot(resealed(std::move(bytes)));
    if (!read.ok()) {
        RC_ASSERT(read.error().code == ErrorCode::Corrupt);
        return;
    }
    expectUsable(*read->infrastructure);
    expectUsable(*read->workloads);
}

TEST(SnapshotLies, otherBuildsAreToldApart)
{
    const std::string bytes = encodeSnapshot(smallFleet());
    std::string newer = bytes;
    newer[7] = 99;
    EXPECT_EQ(decodeSnapshot(newer).error().code, ErrorCode::NewerVersion);
    std::string older = bytes;
    older[7] = 0;
    EXPECT_EQ(decodeSnapshot(older).error().code, ErrorCode::Corrupt);
    for (const std::size_t at : {8U, 12U}) { // byte order mark, number of columns
        std::string other = bytes;
        other[at] = static_cast<char>(other[at] + 1);
        EXPECT_EQ(decodeSnapshot(other).error().code, ErrorCode::Corrupt) << at;
    }
}

RC_GTEST_PROP(FleetMergeProperty, EveryKeyOnceWhereItWasSeenFirst, ())
{
    FleetMerge merge;
    for (int round = 0; round < 3; ++round) {
        std::vector<FleetSnapshot> sources;
        std::map<RowKey, std::vector<std::uint64_t>> digestsOf;
        std::vector<RowKey> order;
        for (int left = *rc::gen::inRange(0, 5); left > 0; --left) {
            const auto name = *rc::gen::element<std::string>("a", "b", "c");
            const auto rows = *rc::gen::inRange<std::size_t>(0, 4);
            const bool silent = *rc::gen::inRange(0, 5) == 0; // a source that has not answered yet
            sources.push_back(silent ? FleetSnapshot() : snapshotOf(name, rows, *rc::gen::inRange(0, 3)));
            for (std::size_t row = 0; !silent && row < rows; ++row) {
                const InfrastructureTable& table = *sources.back().infrastructure;
                std::vector<std::uint64_t>& digests = digestsOf[table.keys[row]];
                if (digests.empty()) {
                    order.push_back(table.keys[row]);
                }
                digests.push_back(table.digests[row]);
            }
        }
        const FleetSnapshot merged = merge.merge(sources);
        RC_ASSERT(merged.infrastructure->keys == order);
        for (std::size_t row = 0; row < order.size(); ++row) {
            const std::vector<std::uint64_t>& digests = digestsOf[order[row]];
            RC_ASSERT((digests.size() > 1 || merged.infrastructure->digests[row] == digests.front()));
        }
        const FleetSnapshot again = merge.merge(sources);
        RC_ASSERT(again.infrastructure == merged.infrastructure); // equal input: the same pointer
        RC_ASSERT(again.workloads == merged.workloads);
    }
}

TEST(MarkedStale, KeepsWhatElseTheRowsAreFlaggedWith)
{
    FleetSnapshot fleet = smallFleet();
    InfrastructureTable pending = *fleet.infrastructure;
    pending.flags[0] = kRatesPending;
    pending.finish();
    fleet.infrastructure = std::make_shared<const InfrastructureTable>(std::move(pending));
    const FleetSnapshot stale = markedStale(fleet);
    EXPECT_EQ(stale.infrastructure->flags[0], kRatesPending | kRowStale);
    EXPECT_EQ(stale.infrastructure->flags[1], kRowStale);
    EXPECT_EQ(stale.warnings, fleet.warnings);
    EXPECT_EQ(stale.volatileFields.sampledAtNs, 77) << "stale since when the values were read";
    EXPECT_EQ(*markedStale(stale).infrastructure, *stale.infrastructure);
}

RC_GTEST_PROP(EqualityGateProperty, TellsExactlyWhichSectionIsNew, ())
{
    EqualityGate gate;
    FleetSnapshot last;
    for (int round = *rc::gen::inRange(1, 8); round > 0; --round) {
        FleetSnapshot incoming = snapshotOf("a", *rc::gen::inRange<std::size_t>(0, 3), *rc::gen::inRange(0, 2));
        if (*rc::gen::arbitrary<bool>()) {
            incoming.warnings.push_back({"w", 1});
        }
        incoming.volatileFields.sampledAtNs = round; // never a reason to call anything changed
        const FleetSnapshot original = incoming;
        const auto outcome = gate.admit(incoming);
        const bool known = last.infrastructure != nullptr;
        RC_ASSERT(outcome.infrastructureChanged == (!known || !(*last.infrastructure == *original.infrastructure)));
        RC_ASSERT(outcome.workloadsChanged == (!known || !(*last.workloads == *original.workloads)));
        RC_ASSERT((!known || outcome.warningsChanged == (last.warnings != original.warnings)));
        RC_ASSERT((outcome.infrastructureChanged || incoming.infrastructure == last.infrastructure));
        RC_ASSERT((outcome.workloadsChanged || incoming.workloads == last.workloads));
        RC_ASSERT(*incoming.infrastructure == *original.infrastructure);
        last = incoming;
    }
}

RC_GTEST_PROP(RefetchPacerProperty, NeverTooOftenNeverTooLate, ())
{
    RefetchPacer pacer;
    std::int64_t now = 0;
    std::optional<std::int64_t> lastFetch;
    std::int64_t firstNotice = -1; // none
    std::int64_t lastNotice = 0;
    for (int step = *rc::gen::inRange(1, 60); step > 0; --step) {
        now += *rc::gen::inRange<std::int64_t>(0, 1200) * kPacerMs;
        if (pacer.due() && *pacer.due() <= now) {
            const std::int64_t at = *pacer.due();
            RC_ASSERT((!lastFetch || at - *lastFetch >= 2500 * kPacerMs));
            RC_ASSERT(at >= std::min(lastNotice + 800 * kPacerMs, firstNotice + 2500 * kPacerMs));
            RC_ASSERT(at <= std::max(firstNotice, lastFetch.value_or(0)) + 2500 * kPacerMs + 1200 * kPacerMs);
            pacer.fetched(at);
            RC_ASSERT(!pacer.due());
            lastFetch = at;
            firstNotice = -1;
        }
        if (*rc::gen::inRange(0, 3) != 0) {
            firstNotice = firstNotice < 0 ? now : firstNotice;
            lastNotice = now;
            RC_ASSERT(pacer.notice(now) >= now);
        }
    }
}

TEST(RefreshPolicyCases, TheSlowestIsFiveMinutesHoweverManyReasons)
{
    const auto due = [](std::chrono::seconds cadence, RefreshConditions conditions, std::uint64_t fetches) {
        return *nextFetchNs(cadence, std::chrono::seconds(1), conditions, {0, fetches, 0, 0}) / 1'000'000'000;
    };
    EXPECT_EQ(due(std::chrono::seconds(5), {}, 1), 1) << "rates need a second sample soon";
    EXPECT_EQ(due(std::chrono::seconds(5), {true, false, false, false}, 1), 6) << "unless nobody looks";
    EXPECT_EQ(due(std::chrono::seconds(15), {true, false, true, true}, 9), 300);
    EXPECT_EQ(due(std::chrono::seconds(12), {true, false, true, true}, 9), 288);
    EXPECT_EQ(nextFetchNs(std::chrono::seconds(5), std::chrono::seconds(9), {}, {0, 1, 0, 0}), 5'000'000'000)
        << "the second sample never comes later than the cadence";
}

} // namespace tracedeck
