// SPDX-License-Identifier: GPL-3.0-or-later
// What cells and headers explain on hover: bases, outliers, staleness.
#include "models/cell_values.h"
#include "models/grouped_table_model.h"
#include "models/infrastructure_columns.h"
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

IoStats statsOf(double median, double p99, std::uint32_t count)
{
    return {.median = median, .mad = median / 10, .max = p99, .p97 = p99, .p99 = p99, .count = count};
}

TEST(OutlierReason, NamesDistanceMedianAndBasis)
{
    const IoStats stats = statsOf(1e6, 40e6, 418);
    EXPECT_EQ(outlierReason(30e6, 10e6, stats),
              QStringLiteral("Far above the others: 40 times the median of 1 MB/s over 418 rows")
                  .replace(QStringLiteral("1 MB/s"), QString::fromStdString(formatRateDecimal(1e6).joined())));
    EXPECT_EQ(outlierReason(1e6, {}, stats), QString()) << "an ordinary rate needs no reason";
    EXPECT_EQ(outlierReason({}, {}, stats), QString());
    const QString zero = outlierReason(5e6, {}, statsOf(0, 5e6, 40));
    EXPECT_TRUE(zero.contains(QStringLiteral("the median is"))) << zero.toStdString();
}

TEST(TipLines, LeavesEmptyLinesOut)
{
    EXPECT_EQ(tipLines(QStringLiteral("a"), QStringLiteral("b")), QStringLiteral("a\nb"));
    EXPECT_EQ(tipLines({}, QStringLiteral("b")), QStringLiteral("b"));
    EXPECT_EQ(tipLines(QStringLiteral("a"), {}), QStringLiteral("a"));
}

TEST(SizeBasis, NeedsATotal)
{
    EXPECT_EQ(sizeBasis({}, {}), "");
    EXPECT_EQ(sizeBasis(5, 0), "");
    EXPECT_EQ(sizeBasis({}, std::int64_t{8} << 30), "of 8.0 GiB");
    EXPECT_EQ(sizeBasis(std::int64_t{2} << 30, std::int64_t{8} << 30), "of 8.0 GiB, 2.0 GiB used");
}

TEST(HeaderTips, EveryPercentageAndSumIsExplained)
{
    for (const TableColumns& columns : {workloadColumns(), infrastructureColumns()}) {
        GroupedTableModel model(columns);
        for (const char16_t* id : {u"cpu", u"memory", u"disk", u"netIo", u"diskIo"}) {
            const int column = model.columnOf(id);
            EXPECT_FALSE(model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        }
        EXPECT_TRUE(model.headerData(0, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
}

class StaleRows : public testing::Test {
protected:
    StaleRows() : m_model(workloadColumns()) { m_model.setNow(sample::kNowNs); }
    /// Two rows, the second stale; `sources` say where they come from.
    void show(std::shared_ptr<const std::vector<SourceRows>> sources)
    {
        auto table = std::make_shared<WorkloadTable>(*sample::tableOf(sample::fleet(2)));
        table->flags[1] = kRowStale;
        table->finish();
        TableUpdate update = sample::updateTo(m_model, table, sample::planOf(*table, sample::inOrder(2)));
        update.snapshot = update.snapshot.withSources(std::move(sources));
        m_model.apply(std::move(update));
    }
    [[nodiscard]] QString tip(int row, QStringView column)
    {
        return m_model.index(row, m_model.columnOf(column)).data(Qt::ToolTipRole).toString();
    }
    GroupedTableModel m_model;
};

TEST_F(StaleRows, DimAndSaySinceWhen)
{
    auto sources = std::make_shared<const std::vector<SourceRows>>(std::vector<SourceRows>{
        {1, sample::kNowNs, "this machine"}, {2, sample::kNowNs - 3 * sample::kHourNs, "docker"}});
    show(sources);
    EXPECT_EQ(m_model.cell(0, 0)->state, CellState::Value);
    EXPECT_EQ(m_model.cell(1, 0)->state, CellState::Stale);
    EXPECT_EQ(tip(1, u"name"), QStringLiteral("workload-2\nStale: docker last answered 3 h ago"));
    EXPECT_EQ(tip(0, u"name"), QStringLiteral("workload-1"));
    EXPECT_EQ(m_model.cell(1, m_model.columnOf(u"disk"))->state, CellState::Missing) << "unknown stays unknown";
}

TEST_F(StaleRows, DoNotBlameASourceThatAnswersForOthers)
{
    show(std::make_shared<const std::vector<SourceRows>>(
        std::vector<SourceRows>{{0, 0, "none"}, {2, sample::kNowNs, "Proxmox"}}));
    EXPECT_EQ(tip(1, u"name"), QStringLiteral("workload-2\nStale: Proxmox answers, but not for this row"));
}

TEST_F(StaleRows, SayWhatIsKnownWithoutASource)
{
    show(nullptr);
    EXPECT_EQ(tip(1, u"name"), QStringLiteral("workload-2\nStale: its source does not answer"));
    show(std::make_shared<const std::vector<SourceRows>>());
    EXPECT_EQ(tip(1, u"name"), QStringLiteral("workload-2\nStale: its source does not answer"));
}

TEST(SourceRows, AreFoundByRow)
{
    const std::vector<SourceRows> sources{{0, 1, "empty"}, {3, 2, "a"}, {3, 3, "none"}, {5, 4, "b"}};
    EXPECT_EQ(sourceOfRow(sources, 0)->label, "a");
    EXPECT_EQ(sourceOfRow(sources, 2)->label, "a");
    EXPECT_EQ(sourceOfRow(sources, 3)->label, "b");
    EXPECT_EQ(sourceOfRow(sources, 5), nullptr);
    EXPECT_EQ(sourceOfRow({}, 0), nullptr);
}

} // namespace
} // namespace tracedeck
