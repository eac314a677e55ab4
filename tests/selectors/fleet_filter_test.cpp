// SPDX-License-Identifier: GPL-3.0-or-later
// Filters, scopes and groups of both fleet tables, row by row against their stated rules.
#include "selectors/collation_rank.h"
#include "selectors/infrastructure_filter.h"
#include "selectors/key_row_index.h"
#include "selectors/plan_assembly.h"
#include "selectors/row_groups.h"
#include "selectors/row_severity.h"
#include "selectors/workload_filter.h"
#include "selectors/workload_group.h"
#include "selectors/workload_scope.h"
#include "selectors/workload_stats.h"
#include "tests/selectors/random_fleet.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace tracedeck;
using namespace tracedeck::tests;

RC_GTEST_PROP(InfrastructureFilterProperty, KeepsTheRowsThatPassEveryCondition, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    const InfrastructureTable t = randomHosts(random, random() % 50);
    InfrastructureFilter filter;
    filter.sources = random() % 2 == 0 ? 0 : random() % 8;
    filter.statuses = random() % 2 == 0 ? 0 : random() % 256;
    filter.problemsOnly = random() % 3 == 0;
    if (random() % 2 == 0) {
        filter.terms = {"E", "", "NODE"};
    }
    RowIndexes wanted;
    for (std::uint32_t row = 0; row < t.rows(); ++row) {
        const std::string_view searched = t.search.row(row);
        const bool pass = (filter.sources == 0 || (t.sources[row] & filter.sources) != 0)
            && (filter.statuses == 0 || (statusBit(t.status[row]) & filter.statuses) != 0)
            && (!filter.problemsOnly || severityOf(t.status[row]) >= RowSeverity::Warning)
            && (filter.terms.empty()
                || (searched.find('e') != std::string_view::npos && searched.find("node") != std::string_view::npos));
        if (pass) {
            wanted.push_back(row);
        }
    }
    RC_ASSERT(filterInfrastructure(t, filter, upTo(t.rows())) == wanted);
    const InfrastructureSplit split = splitInfrastructure(t, wanted);
    RC_ASSERT(split.primary.size() + split.services.size() == wanted.size());
    RC_ASSERT(std::all_of(split.services.begin(), split.services.end(),
                          [&](std::uint32_t row) { return isServiceType(t.type[row]); }));
    RC_ASSERT(keepPart(t, InfrastructurePart::All, wanted) == wanted);
}

RC_GTEST_PROP(WorkloadFilterProperty, KeepsTheRowsThatPassEveryCondition, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    const WorkloadTable t = randomWorkloads(random, random() % 80);
    const auto maybe = [&random](const char* word) { return std::string(random() % 3 == 0 ? word : ""); };
    WorkloadFilter f;
    f.view = static_cast<WorkloadView>(random() % 7);
    f.node = maybe("node-1");
    f.hostHint = maybe("OD");
    f.kubernetesContext = maybe("edge");
    f.nameSpace = maybe("a");
    f.cluster = maybe("node-2");
    f.containerRuntime = maybe("DOCKER");
    f.platforms = random() % 3 == 0 ? platformBit(Platform::Docker) | platformBit(Platform::Aws) : 0;
    f.buckets = static_cast<StatusBucketSet>(random() % 8);
    f.host = random() % 4;
    f.problemsOnly = random() % 4 == 0;
    const auto view = [&t](const TextColumn& column, std::uint32_t row) { return t.strings.view(column[row]); };
    const auto has = [&](const TextColumn& column, std::uint32_t row) {
        return foldCase(view(column, row)).find("od") != std::string::npos;
    };
    RowIndexes wanted;
    for (std::uint32_t row = 0; row < t.rows(); ++row) {
        const WorkloadType type = t.type[row];
        const bool podView = f.view == WorkloadView::Pod;
        const bool containers = f.view == WorkloadView::Container || f.view == WorkloadView::SystemContainer
            || f.view == WorkloadView::AppContainer;
        bool pass = isInView(type, f.view);
        if (!podView && !f.node.empty()) {
            pass = pass && workloadHostScope(t, row) == f.node;
        } else if (!podView && !f.hostHint.empty()) {
            pass = pass && type != WorkloadType::Pod
                && ((!isGuest(type) && has(t.dockerHostId, row)) || has(t.contextLabel, row) || has(t.node, row)
                    || has(t.instance, row));
        }
        if (podView && !f.kubernetesContext.empty()) {
            const TextColumn& first = t.contextLabel[row] != 0 ? t.contextLabel
                : t.instance[row] != 0                         ? t.instance
                                                               : t.node;
            pass = pass && view(first, row) == f.kubernetesContext;
        }
        pass = pass && (!podView || f.nameSpace.empty() || view(t.nameSpace, row) == f.nameSpace);
        pass = pass && (f.view != WorkloadView::Vm || f.cluster.empty() || view(t.cluster, row) == f.cluster);
        pass = pass
            && (!containers || f.containerRuntime.empty()
                || (type == WorkloadType::AppContainer && view(t.containerRuntime, row) == "docker"));
        const PlatformSet scopes = t.platformScopes[row] != 0 ? t.platformScopes[row] : platformBit(t.platform[row]);
        pass = pass && (f.platforms == 0 || (scopes & f.platforms) != 0);
        pass = pass && (f.buckets == 0 || (bucketBit(t.bucket[row]) & f.buckets) != 0);
        pass = pass && (f.host == 0 || t.hostKeys[row] == f.host);
        pass = pass && (!f.problemsOnly || t.bucket[row] != StatusBucket::Running);
        if (pass) {
            wanted.push_back(row);
        }
    }
    RC_ASSERT(filterWorkloads(t, f, upTo(t.rows())) == wanted);
}

RC_GTEST_PROP(WorkloadScopes, TextAndComparisonAgree, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    const WorkloadTable t = randomWorkloads(random, 40);
    for (std::uint32_t row = 0; row < t.rows(); ++row) {
        const std::string scope = workloadHostScope(t, row);
        const bool pod = t.type[row] == WorkloadType::Pod;
        RC_ASSERT((scope.empty() || !pod));
        RC_ASSERT(workloadHostScopeIs(t, row, scope) == !pod);
        RC_ASSERT(!workloadHostScopeIs(t, row, scope + "x"));
        RC_ASSERT((scope.empty() || !workloadHostScopeIs(t, row, scope.substr(1))));
    }
}

RC_GTEST_PROP(WorkloadGroupsProperty, RowsOfAGroupShareItsValueAndOthersDoNot, (std::uint32_t seed))
{
    std::mt19937 random(seed);
    const WorkloadTable t = randomWorkloads(random, 1 + random() % 80);
    const CollationRanks ranks = collationRanksByBytes(t.strings);
    for (const WorkloadGrouping grouping :
         {WorkloadGrouping::Node, WorkloadGrouping::Type, WorkloadGrouping::Status, WorkloadGrouping::Namespace,
          WorkloadGrouping::ComposeProject, WorkloadGrouping::Cluster, WorkloadGrouping::Platform}) {
        const RowGroups groups = groupWorkloads(t, upTo(t.rows()), grouping, GroupOrder::Label, ranks);
        std::set<RowKey> keys;
        for (std::size_t i = 0; i < groups.groups.size(); ++i) {
            RC_ASSERT(keys.insert(groups.groups[i].key).second);
            // No group with a label stands behind one without.
            RC_ASSERT((i == 0 || !groups.groups[i - 1].label.empty() || groups.groups[i].label.empty()));
        }
        const auto value = [&](std::uint32_t row) -> std::string {
            switch (grouping) {
            case WorkloadGrouping::Type:
                return std::string(workloadTypePlural(t.type[row]));
            case WorkloadGrouping::Status:
                return std::string(
                    std::array{"Running", "Degraded", "Stopped"}[static_cast<std::size_t>(t.bucket[row])]);
            case WorkloadGrouping::Namespace:
                return std::string(t.strings.view(t.nameSpace[row]));
            case WorkloadGrouping::ComposeProject:
                return std::string(t.strings.view(t.composeProject[row]));
            case WorkloadGrouping::Cluster:
                return std::string(t.strings.view(t.cluster[row]));
            case WorkloadGrouping::Platform:
                return std::string(platformLabel(t.platform[row]));
            default:
                break;
            }
            if (isGuest(t.type[row])) {
                return std::string(t.strings.view(t.node[row]));
            }
            for (const TextColumn* column : {&t.contextLabel, &t.node, &t.instance, &t.nameSpace}) {
                if ((*column)[row] != 0) {
                    return std::string(t.strings.view((*column)[row]));
                }
            }
            return {};
        };
        for (std::uint32_t row = 0; row < t.rows(); ++row) {
            RC_ASSERT(groups.groups[groups.groupOf[row]].label == value(row));
        }
    }
}

TEST(WorkloadStats, bucketsAndKindsSumToTheTotal)
{
    std::mt19937 random(5);
    const WorkloadTable t = randomWorkloads(random, 300);
    const WorkloadStats stats = workloadStats(t, upTo(300));
    EXPECT_EQ(stats.total, 300U);
    EXPECT_EQ(stats.running + stats.degraded + stats.stopped, 300U);
    EXPECT_EQ(stats.vms + stats.systemContainers + stats.appContainers + stats.pods + stats.units, 300U);
    EXPECT_EQ(stats.pods, static_cast<std::uint32_t>(std::count(t.type.begin(), t.type.end(), WorkloadType::Pod)));
    EXPECT_EQ(stats.stopped,
              static_cast<std::uint32_t>(std::count(t.bucket.begin(), t.bucket.end(), StatusBucket::Stopped)));
    EXPECT_EQ(workloadStats(t, {}), WorkloadStats());
}

RC_GTEST_PROP(GroupCodesProperty, NumbersAreFirstSeenOrder, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    GroupCodes codes;
    std::map<std::uint64_t, std::uint32_t> model;
    std::vector<std::uint64_t> order;
    const std::uint64_t distinct = 1 + random() % 2000;
    for (std::size_t left = random() % 4000; left > 0; --left) {
        const std::uint64_t code = (random() % distinct) << (random() % 2 == 0 ? 0U : 40U);
        const auto [known, isNew] = model.try_emplace(code, static_cast<std::uint32_t>(model.size()));
        if (isNew) {
            order.push_back(code);
        }
        RC_ASSERT(codes.numberOf(code) == known->second);
    }
    RC_ASSERT(codes.codes() == order);
}

TEST(OrderGroups, labelsByRankUnlabelledLastThenDetailAndKey)
{
    StringPool pool;
    const StringId b = pool.intern("b");
    const StringId a10 = pool.intern("a10");
    const StringId a9 = pool.intern("a9");
    CollationRanks ranks;
    ranks.rank = {0, 3, 2, 1}; // a9 before a10, as people read numbers
    const auto seed = [&pool](StringId label, const char* detail, const char* key, RowKey rowKey) {
        return GroupSeed{{rowKey, key, std::string(pool.view(label)), detail}, label};
    };
    std::vector<GroupSeed> seeds = {seed(b, "", "b", 1),      seed(0, "", "none", 2),  seed(a10, "z", "k1", 3),
                                    seed(a9, "", "a9", 4),    seed(a10, "y", "k2", 5), seed(a10, "y", "k1", 6),
                                    seed(0, "detail", "n", 7)};
    const std::vector<std::uint32_t> groupOf = {0, 1, 2, 3, 4, 5, 6, RowGroups::kNoGroup, 0};
    const RowGroups byLabel = orderGroups(seeds, groupOf, GroupOrder::Label, ranks);
    std::vector<RowKey> keys;
    for (const RowGroup& group : byLabel.groups) {
        keys.push_back(group.key);
    }
    EXPECT_EQ(keys, (std::vector<RowKey>{4, 6, 5, 3, 1, 2, 7}));
    EXPECT_EQ(byLabel.groupOf, (std::vector<std::uint32_t>{4, 5, 3, 0, 2, 1, 6, RowGroups::kNoGroup, 4}));
    const RowGroups byKey = orderGroups(seeds, groupOf, GroupOrder::Key, ranks);
    keys.clear();
    for (const RowGroup& group : byKey.groups) {
        keys.push_back(group.key);
    }
    EXPECT_EQ(keys, (std::vector<RowKey>{4, 1, 3, 6, 5, 7, 2}));
}

TEST(OrderGroups, asksForKeyTextsOnlyWhereTheyDecide)
{
    CollationRanks ranks;
    ranks.rank = {0};
    const auto seed = [](const char* label, RowKey key) { return GroupSeed{{key, "", label, "d"}, 0}; };
    const std::vector<GroupSeed> seeds = {seed("x", 1), seed("y", 2), seed("y", 3), seed("z", 4)};
    std::set<std::uint32_t> asked;
    const GroupKeyText textOf = [&asked](std::uint32_t number) {
        asked.insert(number);
        return std::string(1, static_cast<char>('q' - number));
    };
    const RowGroups byLabel = orderGroups(seeds, {}, GroupOrder::Label, ranks, textOf);
    EXPECT_EQ(asked, (std::set<std::uint32_t>{1, 2}));
    EXPECT_EQ(byLabel.groups[1].key, 3U) << "\"o\" stands before \"p\"";
    EXPECT_EQ(byLabel.groups[2].key, 2U);
    const RowGroups byKey = orderGroups(seeds, {}, GroupOrder::Key, ranks, textOf);
    EXPECT_EQ(byKey.groups[0].key, 4U);
    EXPECT_EQ(byKey.groups[0].keyText, "n");
}

RC_GTEST_PROP(PlacedRows, StandBehindTheirHeadersInTheirOrder, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    RowGroups groups;
    groups.groups.resize(1 + random() % 7);
    groups.groupOf.resize(200);
    for (std::uint32_t& group : groups.groupOf) {
        group = static_cast<std::uint32_t>(random() % groups.groups.size());
    }
    RowIndexes sorted = upTo(200);
    std::shuffle(sorted.begin(), sorted.end(), random);
    sorted.resize(random() % 201);
    std::vector<PlanGroup> headers(groups.groups.size());
    for (PlanGroup& header : headers) {
        header.collapsed = random() % 4 == 0;
        header.worst = static_cast<std::uint8_t>(random() % 3);
    }
    for (const std::uint32_t row : sorted) {
        ++headers[groups.groupOf[row]].shown;
    }
    const bool byWorst = random() % 2 == 0;
    PlanOutline outline = outlineOf(headers, byWorst ? GroupOrder::Worst : GroupOrder::Label);
    std::vector<std::uint32_t> shown;
    for (std::uint32_t group = 0; group < headers.size(); ++group) {
        if (headers[group].shown != 0) {
            shown.push_back(group);
        }
    }
    if (byWorst) {
        std::stable_sort(shown.begin(), shown.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return headers[a].worst > headers[b].worst; });
    }
    RC_ASSERT(outline.places == shown);
    std::vector<PlanRow> wanted;
    for (const std::uint32_t group : shown) {
        wanted.push_back({0}); // its header
        for (const std::uint32_t row : sorted) {
            if (groups.groupOf[row] == group && !headers[group].collapsed) {
                wanted.push_back({row});
            }
        }
    }
    RC_ASSERT(outline.size == wanted.size());
    const std::vector<PlanRow> placed = placedRows(outline, sorted, groups);
    RC_ASSERT(placed == wanted);
    std::vector<std::uint64_t> values(200);
    std::generate(values.begin(), values.end(), [&random] { return random(); });
    const std::vector<std::uint64_t> beside = besideRows(placed, values);
    RC_ASSERT(beside.size() == placed.size());
    for (std::size_t at = 0; at < placed.size(); ++at) {
        RC_ASSERT(beside[at] == values[placed[at].ref]);
    }
}

RC_GTEST_PROP(KeyRowIndexProperty, AnswersTheFirstRowOfAKeyInsideItsRange, (std::uint32_t seed))
{
    std::mt19937_64 random(seed);
    std::vector<RowKey> keys(random() % 500);
    for (RowKey& key : keys) {
        key = random() % 3 == 0 ? random() : random() % 200;
    }
    const auto begin = static_cast<std::uint32_t>(keys.empty() ? 0 : random() % keys.size());
    const auto end = static_cast<std::uint32_t>(begin + (keys.empty() ? 0 : random() % (keys.size() - begin + 1)));
    const KeyRowIndex index(keys, begin, end);
    for (std::uint64_t probe = 0; probe < 220; ++probe) {
        const RowKey key = probe < keys.size() ? keys[probe] : probe;
        const auto found = std::find(keys.begin() + begin, keys.begin() + end, key);
        const std::int32_t wanted =
            found == keys.begin() + end ? KeyRowIndex::kMissing : static_cast<std::int32_t>(found - keys.begin());
        RC_ASSERT(index.find(key) == wanted);
    }
}
