// SPDX-License-Identifier: GPL-3.0-or-later
// What a page offers, the domain must know: an id nobody maps falls back silently to "by name" or "no group".
#include "app/fleet_domain.h"
#include "models/infrastructure_columns.h"
#include "models/workload_columns.h"
#include "views/fleet_page.h"

#include <gtest/gtest.h>
#include <set>

using namespace tracedeck;

namespace {

constexpr std::size_t kRows = 4;

/// Every field but the name falls from row to row, so that whatever else rows are sorted by turns the order by name.
std::shared_ptr<const WorkloadTable> workloads()
{
    auto t = std::make_shared<WorkloadTable>();
    t->resize(kRows);
    constexpr std::array<WorkloadType, kRows> types{WorkloadType::Vm, WorkloadType::SystemContainer, WorkloadType::Pod,
                                                    WorkloadType::Unit};
    constexpr std::array<const char*, kRows> statuses{"running", "degraded", "exited", "running"};
    for (std::size_t i = 0; i < kRows; ++i) {
        const std::size_t down = kRows - i;
        const auto text = [&](const char* stem) { return t->strings.intern(stem + std::to_string(down)); };
        const double number = static_cast<double>(down) * 10;
        t->keys[i] = i + 1;
        t->id[i] = t->strings.intern("id" + std::to_string(i));
        t->name[i] = t->strings.intern("n" + std::to_string(i));
        t->node[i] = text("node");
        t->cluster[i] = text("cluster");
        t->nameSpace[i] = text("space");
        t->image[i] = text("image");
        t->osName[i] = text("os");
        t->composeProject[i] = text("project");
        t->type[i] = types[i];
        t->status[i] = t->strings.intern(statuses[i]);
        t->platform[i] = static_cast<Platform>(down);
        t->platformScopes[i] = platformBit(static_cast<Platform>(down));
        t->vmid.set(i, static_cast<std::int64_t>(down));
        t->processCount.set(i, static_cast<std::int64_t>(down));
        t->restartCount.set(i, static_cast<std::int64_t>(down));
        t->lastBackupNs.set(i, static_cast<std::int64_t>(down));
        t->startedAtNs.set(i, static_cast<std::int64_t>(i));
        for (OptionalColumn<double>* column :
             {&t->cpuPercent, &t->memoryPercent, &t->diskPercent, &t->rxBytesPerSec, &t->readBytesPerSec}) {
            column->set(i, number);
        }
        t->tags.add(text("tag"));
        for (ListColumn* list : {&t->tags, &t->ipAddresses, &t->detailNames, &t->detailValues}) {
            list->endRow();
        }
    }
    t->finish();
    return t;
}

std::shared_ptr<const InfrastructureTable> hosts()
{
    auto t = std::make_shared<InfrastructureTable>();
    t->resize(kRows);
    constexpr std::array<InfrastructureStatus, kRows> statuses{
        InfrastructureStatus::Online, InfrastructureStatus::Degraded, InfrastructureStatus::Offline,
        InfrastructureStatus::Online};
    for (std::size_t i = 0; i < kRows; ++i) {
        const std::size_t down = kRows - i;
        const double number = static_cast<double>(down) * 10;
        t->keys[i] = i + 1;
        t->id[i] = t->strings.intern("id" + std::to_string(i));
        t->name[i] = t->strings.intern("n" + std::to_string(i));
        t->cluster[i] = t->strings.intern("cluster" + std::to_string(down));
        t->status[i] = statuses[i];
        t->platform[i] = i % 2 == 0 ? Platform::Agent : Platform::Docker;
        t->sources[i] = platformBit(i % 2 == 0 ? Platform::Agent : Platform::Docker);
        t->type[i] = i % 2 == 0 ? InfrastructureType::Agent : InfrastructureType::DockerHost;
        t->startedAtNs.set(i, static_cast<std::int64_t>(i));
        for (OptionalColumn<double>* column : {&t->cpuPercent, &t->memoryPercent, &t->diskPercent, &t->rxBytesPerSec,
                                               &t->readBytesPerSec, &t->temperatureCelsius, &t->loadAverage1}) {
            column->set(i, number);
        }
        t->tags.add(t->strings.intern("tag" + std::to_string(down)));
        for (ListColumn* list : {&t->tags, &t->ipAddresses, &t->detailNames, &t->detailValues}) {
            list->endRow();
        }
    }
    t->finish();
    return t;
}

struct Side {
    const char* name;
    FleetDomain domain;
    TableSnapshot snapshot;
    FleetPageSetup setup;
    TableColumns columns;
};

class FleetChoices : public testing::TestWithParam<bool> {
protected:
    FleetChoices()
        : m_side(GetParam() ? Side{"workloads", workloadDomain(), TableSnapshot(workloads()),
                                   workloadsPageSetup([] { return std::int64_t{0}; }), workloadColumns()}
                            : Side{"hosts", infrastructureDomain(), TableSnapshot(hosts()),
                                   infrastructurePageSetup([] { return std::int64_t{0}; }), infrastructureColumns()}),
          m_prepared(m_side.domain.prepare({m_side.snapshot, 5}))
    {
        m_choice.grouping = QStringLiteral("none");
    }
    [[nodiscard]] std::shared_ptr<const RowPlan> derive() const
    {
        return m_side.domain.derive(*m_prepared, m_choice, 0, false).plan;
    }

    Side m_side;
    std::shared_ptr<const PreparedTable> m_prepared;
    TableChoice m_choice;
};

TEST_P(FleetChoices, EveryColumnThatCanBeSortedSortsByItsOwnValues)
{
    const std::vector<RowKey> byName = derive()->keys;
    ASSERT_EQ(byName.size(), kRows);
    std::set<QString> keys;
    for (const TableColumn& column : m_side.columns) {
        if (column.sortKey.isEmpty() || column.sortKey == u"name") {
            continue;
        }
        keys.insert(column.sortKey);
        m_choice.sortKey = column.sortKey;
        EXPECT_NE(derive()->keys, byName) << m_side.name << ": nobody sorts by " << column.sortKey.toStdString();
    }
    EXPECT_GT(keys.size(), 8U);
}

TEST_P(FleetChoices, EveryGroupingOfTheMenuGroups)
{
    for (const FilterOption& option : m_side.setup.filters.groupings) {
        m_choice.grouping = option.id;
        EXPECT_EQ(derive()->groups.size() > 1, option.id != u"none") << m_side.name << ' ' << option.id.toStdString();
        EXPECT_EQ(derive()->shown, kRows);
    }
}

TEST_P(FleetChoices, KindsAndStatusesSplitTheRows)
{
    for (const auto& [segments, field] : {std::pair{m_side.setup.filters.views, &TableChoice::view},
                                          std::pair{m_side.setup.filters.statuses, &TableChoice::status}}) {
        std::uint32_t sum = 0;
        for (const Segment& segment : segments) {
            m_choice.*field = segment.id;
            const std::uint32_t shown = derive()->shown;
            EXPECT_EQ(shown == kRows, segment.id.isEmpty()) << segment.id.toStdString() << " restricts nothing";
            sum += segment.id.isEmpty() ? 0 : shown;
        }
        EXPECT_TRUE(segments.empty() || sum == kRows) << m_side.name << ": each row under one of them";
        m_choice.*field = QString();
    }
}

TEST_P(FleetChoices, EverySourceOfTheSummaryRestrictsToItsRows)
{
    const auto options = m_side.domain.derive(*m_prepared, m_choice, 0, false).summary.sources;
    ASSERT_GT(options.size(), 1U);
    for (const SourceOption& option : options) {
        m_choice.source = option.id;
        EXPECT_EQ(derive()->shown, option.rows) << option.id.toStdString();
    }
    m_choice.source = QStringLiteral("nobody");
    EXPECT_EQ(derive()->shown, kRows) << "a word that names no platform restricts nothing";
}

TEST_P(FleetChoices, AQueryThatDoesNotParseHidesNothing)
{
    m_choice.text = QStringLiteral("cpu>(");
    EXPECT_EQ(derive()->shown, kRows);
    m_choice.text = QStringLiteral("n2");
    EXPECT_EQ(derive()->shown, 1U);
    EXPECT_EQ(derive()->total, kRows);
}

INSTANTIATE_TEST_SUITE_P(Domains, FleetChoices, testing::Bool());

} // namespace
