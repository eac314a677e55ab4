// SPDX-License-Identifier: GPL-3.0-or-later
// Small pieces between sources and views: badges, summaries, what a span names, commands.
#include "app/command_registry.h"
#include "app/fleet_summary.h"
#include "app/source_state_badge.h"
#include "app/trace_places.h"
#include "tests/support/query_tables.h"
#include "tests/support/span_builder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

OptionalColumn<double> columnOf(const std::vector<std::optional<double>>& values)
{
    OptionalColumn<double> column;
    column.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        column.set(i, values[i]);
    }
    return column;
}

struct Phase {
    SourceState::Phase from;
    SourceBadge::Phase to;
};

class BadgePhase : public testing::TestWithParam<Phase> { };

TEST_P(BadgePhase, IsTheStateOfTheSource)
{
    SourceState state;
    state.phase = GetParam().from;
    SourceBadge badge;
    badge.id = QStringLiteral("a");
    badge.label = QStringLiteral("A");
    fillBadge(badge, state);
    EXPECT_EQ(badge.phase, GetParam().to);
    EXPECT_EQ(badge.id + badge.label, u"aA") << "id and label stay";
}

INSTANTIATE_TEST_SUITE_P(Table, BadgePhase,
                         testing::Values(Phase{SourceState::Phase::Connecting, SourceBadge::Phase::Connecting},
                                         Phase{SourceState::Phase::Fresh, SourceBadge::Phase::Fresh},
                                         Phase{SourceState::Phase::Stale, SourceBadge::Phase::Stale},
                                         Phase{SourceState::Phase::Failed, SourceBadge::Phase::Failed},
                                         Phase{SourceState::Phase::Paused, SourceBadge::Phase::Paused}));

} // namespace

TEST(SourceStateBadge, TheSourceIsNotNamedTwice)
{
    SourceState state;
    state.reason = "edge: It does not exist.";
    SourceBadge badge;
    badge.label = QStringLiteral("edge");
    fillBadge(badge, state);
    EXPECT_EQ(badge.reason, u"It does not exist.");
    badge.label = QStringLiteral("core");
    fillBadge(badge, state);
    EXPECT_EQ(badge.reason, u"edge: It does not exist.") << "another one's name stays";
}

TEST(SourceStateBadge, ARetryIsNamedOnlyAfterAFailure)
{
    SourceState state;
    state.lastSuccessNs = 5;
    state.nextAttemptNs = 9;
    state.reason = "timed out";
    state.push = true;
    SourceBadge badge;
    fillBadge(badge, state);
    EXPECT_EQ(badge.nextAttemptNs, 0) << "the next regular poll is no retry";
    EXPECT_EQ(badge.lastSuccessNs, 5);
    EXPECT_TRUE(badge.push);
    state.consecutiveFailures = 1;
    fillBadge(badge, state);
    EXPECT_EQ(badge.nextAttemptNs, 9);
    EXPECT_EQ(badge.reason, u"timed out");
    pinBadgeTimes(badge, 100);
    EXPECT_EQ(badge.lastSuccessNs, 100);
    EXPECT_EQ(badge.nextAttemptNs, 0);
    badge.lastSuccessNs = 0;
    pinBadgeTimes(badge, 100);
    EXPECT_EQ(badge.lastSuccessNs, 0) << "what never answered did not answer now";
}

TEST(FleetSummary, MeansAndSumsAreOverWhatIsReported)
{
    EXPECT_EQ(meanOf(columnOf({})), std::nullopt);
    EXPECT_EQ(meanOf(columnOf({std::nullopt, std::nullopt})), std::nullopt) << "nobody reports it: not 0";
    EXPECT_EQ(meanOf(columnOf({10.0, std::nullopt, 30.0})), 20.0);
    EXPECT_EQ(meanOf(columnOf({0.0, std::nullopt})), 0.0);
    const auto in = columnOf({1.0, std::nullopt});
    const auto out = columnOf({std::nullopt, 4.0});
    const auto none = columnOf({std::nullopt, std::nullopt});
    EXPECT_EQ(sumOf({&in, &out}), 5.0);
    EXPECT_EQ(sumOf({&none, &out}), 4.0);
    EXPECT_EQ(sumOf({&none}), std::nullopt);
}

TEST(FleetSummary, ARowOfSeveralSourcesCountsForEach)
{
    const std::vector<PlatformSet> sets{platformBit(Platform::Agent) | platformBit(Platform::Docker),
                                        platformBit(Platform::Docker), 0};
    const std::vector<Platform> main{Platform::Agent, Platform::Docker, Platform::LocalMachine};
    const auto options = sourceOptions(sets, main);
    ASSERT_EQ(options.size(), 3U);
    std::uint32_t docker = 0;
    std::uint32_t all = 0;
    for (const SourceOption& option : options) {
        EXPECT_FALSE(option.id.isEmpty() || option.label.isEmpty());
        docker += option.id == u"docker" ? option.rows : 0;
        all += option.rows;
    }
    EXPECT_EQ(docker, 2U);
    EXPECT_EQ(all, 4U) << "the row without a set counts for its own platform";
    EXPECT_TRUE(sourceOptions({}, {}).empty());
}

TEST(TracePlaces, AServiceNamesItsWorkloadAndLinksToIt)
{
    testing_support::SpanBuilder b;
    b.span(1, 0, 0, 10, "GET /", "edge-proxy").span(2, 1, 1, 5, "x", "nobody");
    const TableSnapshot workloads(std::make_shared<const WorkloadTable>(tests::sampleWorkloads()));
    const TableSnapshot hosts(std::make_shared<const InfrastructureTable>(tests::sampleHosts()));
    const Facts facts = placesOfSpan(b.table(), 0, workloads, hosts);
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].name, u"Workload");
    EXPECT_EQ(facts[0].value, u"edge-proxy");
    EXPECT_EQ(facts[0].note, u"by service.name");
    EXPECT_EQ(facts[0].link, u"tracedeck://workloads?row=2");
    const Facts none = placesOfSpan(b.table(), 1, workloads, hosts);
    ASSERT_EQ(none.size(), 1U);
    EXPECT_EQ(none[0].value, u"\u2013");
    EXPECT_EQ(none[0].note, u"no match because no row has service.name nobody");
    EXPECT_TRUE(none[0].link.isEmpty());
    EXPECT_TRUE(placesOfSpan(b.table(), 0, TableSnapshot(), TableSnapshot()).empty()) << "before the first rows";
    EXPECT_TRUE(placesOfSpan(b.table(), 0, hosts, workloads).empty()) << "tables of another kind";
}

TEST(CommandRegistryTest, RunsWhatIsRegisteredAndTheLastOneWins)
{
    CommandRegistry registry;
    int first = 0;
    int second = 0;
    registry.add(QStringLiteral("a"), [&first] { ++first; });
    EXPECT_FALSE(registry.run(QStringLiteral("b")));
    EXPECT_TRUE(registry.run(QStringLiteral("a")));
    registry.add(QStringLiteral("a"), [&second] { ++second; });
    EXPECT_TRUE(registry.run(QStringLiteral("a")));
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 1);
    EXPECT_TRUE(registry.contains(QStringLiteral("a")));
    EXPECT_FALSE(registry.contains({}));
}

RC_GTEST_PROP(FleetSummaryProperty, aMeanLiesBetweenTheEnds, ())
{
    const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 101));
    std::vector<std::optional<double>> column;
    for (const int value : values) {
        column.emplace_back(value);
        column.emplace_back(std::nullopt);
    }
    const auto mean = meanOf(columnOf(column));
    RC_ASSERT(mean.has_value() == !values.empty());
    if (mean) {
        RC_ASSERT(*mean >= *std::min_element(values.begin(), values.end()));
        RC_ASSERT(*mean <= *std::max_element(values.begin(), values.end()));
    }
}
