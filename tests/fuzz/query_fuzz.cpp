// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_complete.h"
#include "selectors/query_explain.h"
#include "selectors/query_match.h"
#include "selectors/query_print.h"
#include "selectors/trace_filter.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/query_tables.h"

#include <algorithm>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

void checkTree(std::string_view text, const ParsedQuery& parsed)
{
    std::uint32_t last = 0;
    for (const QueryToken& token : parsed.tokens) {
        fuzzCheck(token.where.begin >= last && token.where.end > token.where.begin && token.where.end <= text.size());
        last = token.where.end;
    }
    for (const QueryError& error : parsed.errors) {
        fuzzCheck(error.where.begin <= error.where.end && error.where.end <= text.size());
        fuzzCheck(!describeQueryError(text, error).empty());
    }
    if (parsed.ok()) {
        const std::string printed = queryToText(parsed.root);
        const ParsedQuery again = parseQuery(printed);
        fuzzCheck(again.ok() && sameQuery(again.root, parsed.root));
        fuzzCheck(queryToText(again.root) == printed);
    }
}

void checkTable(std::string_view text, const ParsedQuery& parsed, const QueryTableView& table)
{
    const QueryOutcome outcome = compileQuery(parsed, table.kind());
    for (const QueryError& error : outcome.errors) {
        fuzzCheck(error.where.begin <= error.where.end && error.where.end <= text.size());
    }
    if (!outcome.ok()) {
        return;
    }
    const auto rows = matchRows(outcome.query, table, kTestNow);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        fuzzCheck(matchesRow(outcome.query, table, row, kTestNow) == (rows[row] != 0));
        fuzzCheck(explainMiss(outcome.query, table, row, kTestNow).empty() == (rows[row] != 0));
    }
    if (table.kind() == QueryTable::Traces) {
        const TraceBounds bounds = traceBounds(outcome.query, kTestNow);
        fuzzCheck(!bounds.empty || std::find(rows.begin(), rows.end(), 1) == rows.end());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const InfrastructureTable kHosts = sampleHosts();
    static const WorkloadTable kWorkloads = sampleWorkloads();
    static const TraceListTable kTraces = sampleTraces();
    const std::string_view text = fuzzText(data, size);
    const ParsedQuery parsed = parseQuery(text);
    checkTree(text, parsed);
    for (const QueryTableView& table : {QueryTableView(kHosts), QueryTableView(kWorkloads), QueryTableView(kTraces)}) {
        checkTable(text, parsed, table);
    }
    const std::size_t cursor = size == 0 ? 0 : data[size - 1] % (size + 1);
    const QueryCompletions completions = completeQuery(text, cursor, kWorkloads);
    fuzzCheck(completions.replace.begin <= cursor && completions.replace.end <= size
              && completions.replace.begin <= completions.replace.end);
    return 0;
}
