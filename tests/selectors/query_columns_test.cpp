// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_columns.h"

#include "selectors/query_compile.h"
#include "selectors/query_explain.h"
#include "selectors/query_match.h"
#include "tests/support/query_tables.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

const WorkloadTable& workloads()
{
    static const WorkloadTable table = sampleWorkloads();
    return table;
}
const InfrastructureTable& hosts()
{
    static const InfrastructureTable table = sampleHosts();
    return table;
}
const TraceListTable& traces()
{
    static const TraceListTable table = sampleTraces();
    return table;
}

std::vector<QueryTableView> allTables()
{
    return {hosts(), workloads(), traces()};
}

} // namespace

TEST(QueryColumns, everyRegisteredFieldLivesInItsTable)
{
    for (const QueryTableView& table : allTables()) {
        for (const QueryField& field : queryFields(table.kind())) {
            const FieldColumns columns = table.columns(field, field.dimension);
            const bool text = !columns.texts.empty() || !columns.lists.empty() || columns.traceIds != nullptr;
            switch (field.type) {
            case QueryFieldType::Text:
            case QueryFieldType::List:
                EXPECT_TRUE(text) << field.name;
                break;
            case QueryFieldType::Number:
                EXPECT_FALSE(columns.numbers.empty()) << field.name;
                break;
            case QueryFieldType::Enum:
                EXPECT_NE(columns.words.kind, EnumColumn::Kind::None) << field.name;
                break;
            }
            if (field.second != Dimension::Count) {
                EXPECT_FALSE(table.columns(field, field.second).numbers.empty()) << field.name;
            }
        }
    }
}

TEST(QueryColumns, aMissingValueMatchesNoComparison)
{
    for (const QueryTableView& table : allTables()) {
        for (const QueryField& field : queryFields(table.kind())) {
            if (field.type != QueryFieldType::Number || field.dimension == Dimension::Moment) {
                continue;
            }
            const std::string name(field.name);
            const QueryOutcome has = compileQuery("has:" + name, table.kind());
            ASSERT_TRUE(has.ok());
            const auto present = matchRows(has.query, table, kTestNow);
            std::vector<std::uint8_t> any(table.rows());
            for (const char* condition : {"<0", "=0", ">0"}) {
                const QueryOutcome outcome = compileQuery(name + condition, table.kind());
                ASSERT_TRUE(outcome.ok()) << name;
                const auto rows = matchRows(outcome.query, table, kTestNow);
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    EXPECT_LE(rows[row], present[row]) << name << condition << " row " << row;
                    any[row] |= rows[row];
                }
            }
            if (field.second == Dimension::Count) {
                EXPECT_EQ(any, present) << name << ": below, at or above zero";
            }
        }
    }
}

TEST(QueryColumns, readsOneRowAndWholeColumnsAlike)
{
    OptionalColumn<double> measured;
    measured.resize(3);
    measured.set(0, 1.5);
    measured.set(2, -2.0);
    OptionalColumn<std::int64_t> counted;
    counted.resize(3);
    counted.set(1, std::int64_t{7});
    counted.set(2, std::int64_t{5});
    std::vector<double> sums(3);
    std::vector<std::uint8_t> present(3);
    NumberColumn(&measured).addTo(sums, present);
    NumberColumn(&counted).addTo(sums, present);
    EXPECT_EQ(sums, (std::vector<double>{1.5, 7.0, 3.0}));
    EXPECT_EQ(present, (std::vector<std::uint8_t>{1, 1, 1}));
    EXPECT_EQ(NumberColumn(&measured).get(0), 1.5);
    EXPECT_EQ(NumberColumn(&measured).get(1), std::nullopt);
    EXPECT_EQ(NumberColumn(&counted).get(2), 5.0);
    const std::vector<std::uint32_t> plain{4, 0, 9};
    EXPECT_EQ(NumberColumn(&plain).get(1), 0.0) << "a plain column has no missing values";
}

TEST(QueryColumns, sumsHaveAValueWhenOneSideHas)
{
    const QueryTableView table(workloads());
    const auto net = compileQuery("has:net", QueryTable::Workloads);
    EXPECT_EQ(matchRows(net.query, table, kTestNow), (std::vector<std::uint8_t>{1, 1, 0, 0}))
        << "row 1 reports what it received and not what it sent";
    EXPECT_TRUE(matchesRow(compileQuery("net>217MB/s", QueryTable::Workloads).query, table, 1, kTestNow));
}

TEST(QueryEnums, exactWordsBeforeBeginningsBeforePieces)
{
    const auto mask = [](QueryTable table, QueryFieldId field, const char* word, bool exact = false) {
        return queryEnumMask(table, field, word, exact);
    };
    const auto hostsTable = QueryTable::Infrastructure;
    const auto work = QueryTable::Workloads;
    const auto on = std::uint64_t{1} << static_cast<unsigned>(InfrastructureStatus::Online)
        | std::uint64_t{1} << static_cast<unsigned>(InfrastructureStatus::Running);
    EXPECT_EQ(mask(hostsTable, QueryFieldId::Status, "online"), on);
    EXPECT_EQ(mask(hostsTable, QueryFieldId::Status, "running"), on);
    EXPECT_EQ(mask(hostsTable, QueryFieldId::Status, "onl"), on);
    EXPECT_EQ(mask(hostsTable, QueryFieldId::Status, "onl", true), 0U);
    EXPECT_EQ(mask(hostsTable, QueryFieldId::Status, "nline"), on) << "a piece, when nothing begins with it";
    EXPECT_EQ(mask(hostsTable, QueryFieldId::Status, "nothing"), 0U);
    EXPECT_EQ(mask(work, QueryFieldId::Source, "docker"), platformBit(Platform::Docker));
    EXPECT_EQ(mask(work, QueryFieldId::Source, "pve", true), platformBit(Platform::ProxmoxVe));
    EXPECT_EQ(mask(work, QueryFieldId::Source, "proxmox"),
              platformBit(Platform::ProxmoxVe) | platformBit(Platform::ProxmoxBackup)
                  | platformBit(Platform::ProxmoxMail));
    EXPECT_EQ(mask(work, QueryFieldId::Source, "this-machine"), platformBit(Platform::LocalMachine));
    EXPECT_EQ(mask(QueryTable::Traces, QueryFieldId::Own, "true"), 2U);
    EXPECT_EQ(mask(QueryTable::Traces, QueryFieldId::Source, "docker"), 0U) << "traces have no source";
}

TEST(QueryEnums, typeWordsAreTheKeysOfTheTables)
{
    for (unsigned i = 0; i < static_cast<unsigned>(WorkloadType::Count); ++i) {
        const auto key = std::string(workloadTypeKey(static_cast<WorkloadType>(i)));
        EXPECT_EQ(queryEnumMask(QueryTable::Workloads, QueryFieldId::Type, key, true), std::uint64_t{1} << i) << key;
    }
    for (unsigned i = 0; i < static_cast<unsigned>(InfrastructureType::Count); ++i) {
        const auto key = std::string(infrastructureTypeKey(static_cast<InfrastructureType>(i)));
        EXPECT_EQ(queryEnumMask(QueryTable::Infrastructure, QueryFieldId::Type, key, true), std::uint64_t{1} << i)
            << key;
    }
    for (unsigned i = 0; i < static_cast<unsigned>(Platform::Count); ++i) {
        const auto key = std::string(platformKey(static_cast<Platform>(i)));
        EXPECT_EQ(queryEnumMask(QueryTable::Workloads, QueryFieldId::Source, key, true), std::uint64_t{1} << i) << key;
    }
}
