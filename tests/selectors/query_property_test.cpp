// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_explain.h"
#include "selectors/query_match.h"
#include "selectors/substring_scan.h"
#include "tests/support/query_tables.h"

#include <functional>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

using Rows = std::vector<std::uint8_t>;

std::string randomClause()
{
    return *rc::gen::elementOf(std::vector<std::string>{
        "web",          "e",           "\"pve\"",          "name:e",         "name~/e.*e/",   "tag:prod,dev",
        "cpu>20",       "cpu<=20",     "mem>=2GiB",        "net>0",          "uptime<2h",     "status:running",
        "state:exited", "has:cpu",     "has:ip,tag",       "type:container", "source:docker", "vmid:107",
        "-cpu>80",      "not has:mem", "(web or type:pod)"});
}

Rows match(const std::string& text)
{
    static const WorkloadTable table = sampleWorkloads();
    const QueryOutcome outcome = compileQuery(text, QueryTable::Workloads);
    RC_ASSERT(outcome.ok());
    const Rows rows = matchRows(outcome.query, table, kTestNow);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        RC_ASSERT(matchesRow(outcome.query, table, row, kTestNow) == (rows[row] != 0));
        RC_ASSERT(explainMiss(outcome.query, table, row, kTestNow).empty() == (rows[row] != 0));
    }
    return rows;
}

Rows combined(const Rows& a, const Rows& b, const std::function<bool(bool, bool)>& join)
{
    Rows out;
    for (std::size_t i = 0; i < a.size(); ++i) {
        out.push_back(join(a[i] != 0, b[i] != 0) ? 1 : 0);
    }
    return out;
}

} // namespace

TEST(QueryProperty, andIsIntersectionOrIsUnionNotIsComplement)
{
    EXPECT_TRUE(rc::check([] {
        const std::string a = randomClause();
        const std::string b = randomClause();
        const Rows left = match(a);
        const Rows right = match(b);
        const Rows both = combined(left, right, std::logical_and<>{});
        RC_ASSERT(match(a + " " + b) == both);
        RC_ASSERT(match(a + " and " + b) == both);
        RC_ASSERT(match(b + ", " + a) == both);
        RC_ASSERT(match(a + " or " + b) == combined(left, right, std::logical_or<>{}));
        RC_ASSERT(match("not (" + a + ")") == combined(left, left, [](bool x, bool) { return !x; }));
        RC_ASSERT(match("not not " + a) == left);
        RC_ASSERT(match("not (" + a + " or " + b + ")") == match("not (" + a + ") and not (" + b + ")"));
    }));
}

TEST(ArenaSearch, findsTheSameRowsAsALoopOverThem)
{
    EXPECT_TRUE(rc::check([] {
        const auto letters = rc::gen::container<std::string>(rc::gen::elementOf(std::string("aab\xC3\xBC")));
        const auto rows = *rc::gen::resize(20,
                                           rc::gen::container<std::vector<std::vector<std::string>>>(
                                               rc::gen::container<std::vector<std::string>>(letters)));
        const auto needle = foldCase(*letters);
        SearchArena arena;
        for (const auto& fields : rows) {
            for (const std::string& field : fields) {
                arena.addField(field);
            }
            arena.endRow();
        }
        const Rows hits = scanRows(arena, needle);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            RC_ASSERT((hits[row] == 1) == (arena.row(row).find(needle) != std::string_view::npos));
            RC_ASSERT(hits[row] <= 1);
        }
    }));
}

TEST(ArenaSearch, findsHitsFarApartAndAtBothEnds)
{
    SearchArena arena;
    for (int row = 0; row < 5000; ++row) {
        arena.addField(row % 1666 == 0 || row == 4999 ? "the needle here" : "nothing but hay in this row");
        arena.endRow();
    }
    Rows hits = scanRows(arena, "needle");
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < hits.size(); ++row) {
        if (hits[row] != 0) {
            found.push_back(row);
        }
    }
    EXPECT_EQ(found, (std::vector<std::size_t>{0, 1666, 3332, 4998, 4999}));
    hits = scanRows(arena, "");
    EXPECT_EQ(std::count(hits.begin(), hits.end(), 1), 5000);
}
