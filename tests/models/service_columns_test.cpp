// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/service_columns.h"

#include "core/infrastructure_table.h"
#include "core/service_details.h"
#include "models/grouped_table_model.h"
#include "selectors/infrastructure_plan.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using Details = std::vector<std::pair<std::string_view, std::string_view>>;

struct Service {
    InfrastructureType type;
    Details details;
};

std::shared_ptr<const InfrastructureTable> tableOf(const std::vector<Service>& services)
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(services.size());
    for (std::size_t row = 0; row < services.size(); ++row) {
        table->keys[row] = row + 1;
        table->name[row] = table->strings.intern("service-" + std::to_string(row));
        table->type[row] = services[row].type;
        table->osName[row] = table->strings.intern("Proxmox 8");
        for (const auto& [name, value] : services[row].details) {
            table->detailNames.add(table->strings.intern(name));
            table->detailValues.add(table->strings.intern(value));
        }
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
    }
    table->finish();
    return table;
}

class ServiceColumns : public testing::Test {
protected:
    ServiceColumns()
        : m_model(serviceColumns()), m_tester(&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    { }
    void show(const std::vector<Service>& services)
    {
        const auto table = tableOf(services);
        InfrastructureQuery query;
        query.part = InfrastructurePart::Services;
        query.grouping = InfrastructureGrouping::None;
        TableUpdate update;
        update.snapshot = TableSnapshot(table);
        update.plan =
            std::make_shared<const RowPlan>(infrastructurePlan(*table, query, {collationRanksByBytes(table->strings)}));
        update.diff = diffPlans(RowPlan(), *update.plan);
        m_model.apply(std::move(update));
    }
    [[nodiscard]] QString text(int row, QStringView column)
    {
        return m_model.cell(row, m_model.columnOf(column))->joinedText();
    }
    GroupedTableModel m_model;
    QAbstractItemModelTester m_tester;
};

constexpr auto kBackup = InfrastructureType::ProxmoxBackup;
constexpr auto kMail = InfrastructureType::ProxmoxMail;

TEST_F(ServiceColumns, EachKindShowsItsOwnFacts)
{
    show({{kBackup, {{kDatastoresDetail, "3"}, {kJobsDetail, "12"}, {kVersionDetail, "3.2-1"}}},
          {kMail, {{kQueueDetail, "1480"}, {kDeferredDetail, "7"}, {kHoldDetail, "0"}, {kMailNodesDetail, "2"}}}});
    ASSERT_EQ(m_model.rowCount(), 2);
    EXPECT_EQ(text(0, u"kind"), QStringLiteral("backup"));
    EXPECT_EQ(text(0, u"datastores"), QStringLiteral("3"));
    EXPECT_EQ(text(0, u"jobs"), QStringLiteral("12"));
    EXPECT_EQ(text(0, u"version"), QStringLiteral("3.2-1"));
    EXPECT_EQ(text(1, u"kind"), QStringLiteral("mail"));
    EXPECT_EQ(text(1, u"queue"), QStringLiteral("1,480"));
    EXPECT_EQ(text(1, u"hold"), QStringLiteral("0")) << "a known zero is a zero";
    EXPECT_EQ(text(1, u"version"), QStringLiteral("Proxmox 8"));
}

TEST_F(ServiceColumns, WhatAKindDoesNotHaveIsEmptyAndWhatIsUnknownIsADash)
{
    show({{kBackup, {}}, {kMail, {}}});
    EXPECT_EQ(text(0, u"queue"), QString());
    EXPECT_EQ(text(1, u"datastores"), QString());
    EXPECT_EQ(text(0, u"datastores"), QStringLiteral("\u2013"));
    EXPECT_EQ(text(1, u"queue"), QStringLiteral("\u2013"));
}

TEST_F(ServiceColumns, NonsenseIsShownAsItIsAndNeverANumber)
{
    show({{kMail, {{kQueueDetail, "many"}, {kDeferredDetail, "-4"}, {kHoldDetail, "9999999999999999999999"}}}});
    EXPECT_EQ(text(0, u"queue"), QStringLiteral("many"));
    EXPECT_FALSE(m_model.cell(0, m_model.columnOf(u"queue"))->hasValue);
    EXPECT_FALSE(m_model.cell(0, m_model.columnOf(u"deferred"))->hasValue);
    EXPECT_FALSE(m_model.cell(0, m_model.columnOf(u"hold"))->hasValue);
}

TEST_F(ServiceColumns, HostsAreNoServices)
{
    show({{InfrastructureType::Agent, {}}, {kMail, {}}});
    ASSERT_EQ(m_model.rowCount(), 1);
    EXPECT_EQ(text(0, u"name"), QStringLiteral("service-1"));
}

} // namespace
} // namespace tracedeck
