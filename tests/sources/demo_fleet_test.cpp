// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_fleet.h"
#include "sources/demo_noise.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace tracedeck;

namespace {

constexpr std::int64_t kAnchorNs = 1'800'000'000'000'000'000;
constexpr std::int64_t kStep = kAnchorNs / kDemoStepNs + 7'000;
const DemoPlace kPlace{"demo", kAnchorNs, 0};

std::string textOf(const WorkloadTable& table, StringId id)
{
    return std::string(table.strings.view(id));
}

} // namespace

TEST(DemoNoise, walksWithinOneAndSmoothly)
{
    double most = 0;
    double low = 1;
    double high = 0;
    for (std::int64_t step = -200; step < 20'000; ++step) {
        const double value = demoWalk(42, step);
        most = std::max(most, std::abs(value - demoWalk(42, step + 1)));
        low = std::min(low, value);
        high = std::max(high, value);
    }
    EXPECT_GE(low, 0);
    EXPECT_LE(high, 1);
    EXPECT_GT(high - low, 0.3) << "it must move";
    EXPECT_LT(most, 0.12) << "but not jump";
}

TEST(DemoLayout, hasTheRowsAskedForAndNoKeyTwice)
{
    for (const std::size_t rows : {0U, 1U, 2U, 12U, 36U, 600U, 5'000U}) {
        const DemoLayout layout = demoLayout(rows, kPlace);
        EXPECT_EQ(layout.rows(), rows);
        EXPECT_EQ(layout.hosts->rows() + layout.workloads->rows(), rows);
        std::set<RowKey> keys(layout.hosts->keys.begin(), layout.hosts->keys.end());
        keys.insert(layout.workloads->keys.begin(), layout.workloads->keys.end());
        EXPECT_EQ(keys.size(), rows);
    }
    EXPECT_EQ(demoLayout(36, kPlace).hosts->rows(), 3U) << "few enough for host cards";
    EXPECT_EQ(demoLayout(kMaxDemoRows + 5, kPlace).rows(), kMaxDemoRows);
}

TEST(DemoLayout, holdsEveryPlatformAndFault)
{
    const DemoLayout layout = demoLayout(kDefaultDemoRows, kPlace);
    std::set<Platform> platforms(layout.hosts->platform.begin(), layout.hosts->platform.end());
    for (const Platform platform : {Platform::ProxmoxVe, Platform::Docker, Platform::Kubernetes, Platform::Agent,
                                    Platform::ProxmoxBackup, Platform::ProxmoxMail}) {
        EXPECT_EQ(platforms.count(platform), 1U) << platformKey(platform);
    }
    std::set<WorkloadType> types(layout.workloads->type.begin(), layout.workloads->type.end());
    EXPECT_EQ(types.size(), 4U);
    std::set<DemoFault> faults;
    for (const auto* shapes : {&layout.hostShapes, &layout.workloadShapes}) {
        for (const DemoShape& shape : *shapes) {
            faults.insert(shape.fault);
        }
    }
    EXPECT_EQ(faults.size(), 11U);
    EXPECT_GT(layout.duplicateIds, 0U);
    std::set<StringId> machines(layout.hosts->machineId.begin(), layout.hosts->machineId.end());
    EXPECT_LT(machines.size(), layout.hosts->rows()) << "a cloned machine shares its id";
}

TEST(DemoLayout, workloadsKnowTheirHost)
{
    const DemoLayout layout = demoLayout(400, kPlace);
    for (std::size_t row = 0; row < layout.workloads->rows(); ++row) {
        const std::size_t host = layout.workloadShapes[row].host;
        EXPECT_EQ(layout.workloads->hostKeys[row], layout.hosts->keys[host]);
        EXPECT_EQ(textOf(*layout.workloads, layout.workloads->node[row]),
                  layout.hosts->strings.view(layout.hosts->name[host]));
        const bool guest = layout.workloadShapes[row].kind == DemoKind::Guest;
        EXPECT_EQ(textOf(*layout.workloads, layout.workloads->image[row]).empty(), guest);
    }
}

TEST(DemoLayout, sitesDiffer)
{
    const DemoLayout here = demoLayout(50, kPlace);
    const DemoLayout there = demoLayout(50, {"elsewhere", kAnchorNs, 1});
    EXPECT_NE(here.hosts->keys, there.hosts->keys);
    EXPECT_NE(here.hosts->strings.view(here.hosts->name[0]), there.hosts->strings.view(there.hosts->name[0]));
    EXPECT_EQ(*here.workloads, *demoLayout(50, kPlace).workloads);
}

TEST(DemoFleet, equalSectionsKeepTheirPointer)
{
    DemoFleet fleet(demoLayout(60, kPlace));
    fleet.moveTo(kStep);
    const auto hosts = fleet.hosts();
    const auto workloads = fleet.workloads();
    fleet.moveTo(kStep);
    EXPECT_EQ(fleet.hosts(), hosts);
    EXPECT_EQ(fleet.workloads(), workloads);
    fleet.moveTo(kStep + 3);
    EXPECT_NE(fleet.workloads(), workloads);
}

TEST(DemoFleet, downHostsTakeTheirWorkloadsAlong)
{
    DemoFleet fleet(demoLayout(600, kPlace));
    fleet.moveTo(kStep);
    const DemoLayout& layout = *fleet.layout();
    std::size_t unknown = 0;
    for (std::size_t row = 0; row < layout.workloadShapes.size(); ++row) {
        const std::uint32_t host = layout.workloadShapes[row].host;
        if (layout.hostShapes[host].fault == DemoFault::Down) {
            ++unknown;
            EXPECT_EQ(fleet.hosts()->status[host], InfrastructureStatus::Offline);
            EXPECT_FALSE(fleet.hosts()->cpuPercent.has(host));
            EXPECT_EQ(textOf(*fleet.workloads(), fleet.workloads()->status[row]), "unknown");
            EXPECT_FALSE(fleet.workloads()->cpuPercent.has(row)) << "unknown is not zero";
        }
        if (layout.hostShapes[host].fault == DemoFault::StaleAgent) {
            EXPECT_EQ(fleet.workloads()->flags[row], kRowStale);
        }
    }
    EXPECT_GT(unknown, 0U);
}

TEST(DemoFleet, memoryClimbsUntilTheKernelEndsIt)
{
    const DemoLayout layout = demoLayout(600, kPlace);
    const auto leak = std::find_if(layout.workloadShapes.begin(), layout.workloadShapes.end(),
                                   [](const DemoShape& shape) { return shape.fault == DemoFault::OutOfMemory; });
    ASSERT_NE(leak, layout.workloadShapes.end());
    double most = 0;
    int ends = 0;
    std::int64_t restarts = 0;
    for (std::int64_t step = kStep; step < kStep + 720; ++step) {
        const DemoSample sample = demoSample(*leak, step, false);
        ends += sample.power == DemoPower::Stopped ? 1 : 0;
        most = std::max(most, sample.memoryPercent.value_or(0));
        restarts = std::max(restarts, sample.restarts);
        if (sample.startedAtNs) {
            EXPECT_LE(*sample.startedAtNs, step * kDemoStepNs) << "nothing starts in the future";
        }
    }
    EXPECT_GT(most, 98);
    EXPECT_GT(ends, 0);
    EXPECT_GT(restarts, 0);
}

TEST(DemoFleet, largeFleetsChangeAboutFiveHundredRowsAMinute)
{
    DemoFleet fleet(demoLayout(20'000, kPlace));
    fleet.moveTo(kStep);
    auto before = fleet.workloads();
    fleet.moveTo(kStep + 12);
    std::size_t changed = 0;
    for (std::size_t row = 0; row < before->rows(); ++row) {
        changed += before->digests[row] != fleet.workloads()->digests[row] ? 1 : 0;
    }
    EXPECT_GT(changed, 300U);
    EXPECT_LT(changed, 700U);
}

RC_GTEST_PROP(DemoFleetProperty, goingStepByStepOrAtOnceIsTheSame, ())
{
    const auto rows = *rc::gen::inRange<std::size_t>(1, 120);
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 90));
    DemoFleet walked(demoLayout(rows, kPlace));
    std::int64_t at = kStep;
    walked.moveTo(at);
    for (const int step : steps) {
        at += step - 30; // time may also run backwards
        walked.moveTo(at);
    }
    DemoFleet jumped(demoLayout(rows, kPlace));
    jumped.moveTo(at);
    RC_ASSERT(*walked.hosts() == *jumped.hosts());
    RC_ASSERT(walked.workloads()->digests == jumped.workloads()->digests);
    RC_ASSERT(*walked.workloads() == *jumped.workloads());
}

RC_GTEST_PROP(DemoFleetProperty, valuesStayWithinTheirUnits, ())
{
    const DemoLayout layout = demoLayout(300, kPlace);
    const auto step = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
    const auto row = *rc::gen::inRange<std::size_t>(0, layout.workloadShapes.size());
    const DemoSample sample = demoWorkloadSample(layout, row, step);
    for (const auto& percent : {sample.cpuPercent, sample.memoryPercent, sample.diskPercent}) {
        RC_ASSERT((!percent || (*percent >= 0 && *percent <= 100)));
    }
    for (const auto& rate : {sample.rxBytesPerSec, sample.txBytesPerSec, sample.readBytesPerSec}) {
        RC_ASSERT((!rate || (std::isfinite(*rate) && *rate >= 0)));
    }
    RC_ASSERT((sample.power == DemoPower::Stopped || sample.power == DemoPower::NoContact || sample.cpuPercent));
}
