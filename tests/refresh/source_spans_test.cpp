// SPDX-License-Identifier: GPL-3.0-or-later
// A merged table remembers which source each row came from.
#include "core/source_rows.h"
#include "refresh/fleet_merge.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

FleetSnapshot hosts(const std::string& source, std::size_t count, std::uint8_t flags = 0)
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = source + std::to_string(i);
        table->keys[i] = makeRowKey(RowKind::Infrastructure, source, name);
        table->id[i] = table->strings.intern(name);
        table->name[i] = table->id[i];
        table->flags[i] = flags;
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
    }
    table->finish();
    FleetSnapshot snapshot;
    snapshot.infrastructure = table;
    snapshot.workloads = std::make_shared<const WorkloadTable>();
    return snapshot;
}

TEST(SourceSpans, EveryRowIsInTheSpanOfItsSource)
{
    FleetMerge merge;
    const FleetSnapshot merged = merge.merge({hosts("a", 2), hosts("b", 3, kRowStale)}, {"alpha", "beta"});
    const std::vector<SourceRows>& spans = merge.infrastructureSources();
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans.back().end, merged.infrastructure->rows());
    for (std::size_t row = 0; row < merged.infrastructure->rows(); ++row) {
        const SourceRows* source = sourceOfRow(spans, row);
        ASSERT_NE(source, nullptr);
        const bool stale = (merged.infrastructure->flags[row] & kRowStale) != 0;
        EXPECT_EQ(source->label, stale ? "beta" : "alpha");
    }
}

TEST(SourceSpans, OneSourceIsOneSpanAndNoSourceIsNone)
{
    FleetMerge merge;
    (void)merge.merge({hosts("a", 4)}, {"alpha"});
    ASSERT_EQ(merge.infrastructureSources().size(), 1U);
    EXPECT_EQ(merge.infrastructureSources().front().end, 4U);
    EXPECT_EQ(merge.infrastructureSources().front().label, "alpha");
    EXPECT_EQ(sourceOfRow(merge.infrastructureSources(), 4), nullptr);
    FleetMerge empty;
    (void)empty.merge({});
    EXPECT_TRUE(empty.infrastructureSources().empty());
}

TEST(SourceSpans, FollowASourceThatGrows)
{
    FleetMerge merge;
    (void)merge.merge({hosts("a", 1), hosts("b", 1)}, {"alpha", "beta"});
    (void)merge.merge({hosts("a", 3), hosts("b", 1)}, {"alpha", "beta"});
    EXPECT_EQ(sourceOfRow(merge.infrastructureSources(), 2)->label, "alpha");
    EXPECT_EQ(sourceOfRow(merge.infrastructureSources(), 3)->label, "beta");
}

} // namespace
} // namespace tracedeck
