// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouped_table_model.h"
#include "models/trace_log_columns.h"
#include "selectors/log_listing.h"
#include "selectors/plan_diff.h"
#include "tests/support/log_builder.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::LogBuilder;

namespace {

class TraceLogColumns : public testing::Test {
protected:
    TraceLogColumns() : m_model(traceLogColumns())
    {
        LogBuilder b;
        b.log(-2, 0, "before the trace", 0, "web");
        b.log(1500, 14, "line one\nline two", 7, "web").attribute("password", "hunter2").attribute("user", "ann");
        b.log(2000, 17, "boom", 7, "payments").severityName("Error!");
        b.log(LogBuilder::kNoTime, 9, "", 0, "web");
        m_logs = std::make_shared<const LogTable>(b.table());
        auto listing = std::make_shared<const LogListing>(listLogs(m_logs, LogBuilder::kOrigin));
        TableUpdate update;
        update.snapshot = TableSnapshot(listing);
        update.base = m_model.plan();
        update.plan = std::make_shared<const RowPlan>(planLogs(*listing, filterLogs(*listing, "")));
        update.diff = diffPlans(*update.base, *update.plan);
        m_model.apply(std::move(update));
    }
    const CellContent& cell(int row, const char16_t* column)
    {
        const auto& columns = m_model.columns();
        for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
            if (columns[static_cast<std::size_t>(i)].id == column) {
                return *m_model.cell(row, i);
            }
        }
        throw std::out_of_range("no such column");
    }

    GroupedTableModel m_model;
    std::shared_ptr<const LogTable> m_logs;
};

} // namespace

TEST_F(TraceLogColumns, timesCountFromTheStartOfTheTrace)
{
    EXPECT_EQ(cell(0, u"time").text, QStringLiteral("\u22122"));
    EXPECT_EQ(cell(0, u"time").unit, u"ms");
    EXPECT_EQ(cell(1, u"time").text, u"+1.50");
    EXPECT_EQ(cell(1, u"time").unit, u"s");
    EXPECT_EQ(cell(3, u"time").state, CellState::Missing);
}

TEST_F(TraceLogColumns, severitiesAreNamedAsSentElseAfterTheirNumber)
{
    EXPECT_EQ(cell(0, u"severity").text, QStringLiteral("\u2013"));
    EXPECT_EQ(cell(1, u"severity").text, u"WARN2");
    EXPECT_EQ(cell(1, u"severity").severity, Severity::Warning);
    EXPECT_EQ(cell(2, u"severity").text, u"Error!");
    EXPECT_EQ(cell(2, u"severity").severity, Severity::Critical);
    EXPECT_EQ(cell(3, u"severity").text, u"INFO");
    EXPECT_EQ(cell(3, u"severity").severity, Severity::None);
}

TEST_F(TraceLogColumns, messagesAreOneLineAndSecretsStayMasked)
{
    EXPECT_EQ(cell(1, u"message").text, u"line one line two");
    EXPECT_EQ(cell(1, u"details").text, QStringLiteral("password=\u2022\u2022\u2022  user=ann"));
    EXPECT_EQ(cell(3, u"message").state, CellState::Missing);
    EXPECT_EQ(cell(2, u"service").text, u"payments");
}

TEST_F(TraceLogColumns, theRecordSaysEverything)
{
    const Facts facts = logRecordFacts(*m_logs, 1, LogBuilder::kOrigin);
    const auto find = [&facts](const QString& name) -> const Fact* {
        for (const Fact& fact : facts) {
            if (fact.name == name) {
                return &fact;
            }
        }
        return nullptr;
    };
    ASSERT_NE(find(QStringLiteral("Message")), nullptr);
    EXPECT_EQ(find(QStringLiteral("Message"))->value, u"line one\nline two");
    EXPECT_EQ(find(QStringLiteral("Time"))->note, u"+1.50 s");
    EXPECT_EQ(find(QStringLiteral("Span id"))->value, u"0000000000000007");
    ASSERT_NE(find(QStringLiteral("password")), nullptr);
    EXPECT_TRUE(find(QStringLiteral("password"))->secret);
    const Facts bare = logRecordFacts(*m_logs, 3, LogBuilder::kOrigin);
    EXPECT_EQ(bare[0].value, QStringLiteral("\u2013"));
    EXPECT_EQ(bare[1].value, QStringLiteral("\u2013"));
}
