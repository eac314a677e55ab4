// SPDX-License-Identifier: GPL-3.0-or-later
// A filter of log lines means what its tree says, whatever is combined; and no text breaks it.
#include "selectors/log_query.h"

#include <algorithm>
#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <vector>

using namespace tracedeck;

namespace {

struct Line {
    std::string text;
    std::string level;
    bool error = false;
};

struct Clause {
    std::string text;
    std::function<bool(const Line&)> holds;
};

int rankOf(const std::string& level)
{
    constexpr std::array<std::string_view, 6> ranks{"trace", "debug", "info", "warning", "error", "fatal"};
    const auto found = std::find(ranks.begin(), ranks.end(), level);
    return found == ranks.end() ? -1 : static_cast<int>(found - ranks.begin());
}

const std::vector<Clause>& atoms()
{
    const auto has = [](const std::string& word) {
        return [word](const Line& line) { return line.text.find(word) != std::string::npos; };
    };
    static const std::vector<Clause> all{
        {"get", has("get")},
        {"\"get /api\"", has("get /api")},
        {"text:500", has("500")},
        {"text=\"get /api 500\"", [](const Line& line) { return line.text == "get /api 500"; }},
        {"text~/ [45]00/", [has](const Line& line) { return has(" 400")(line) || has(" 500")(line); }},
        {"level:error", [](const Line& line) { return line.level == "error"; }},
        {"level>=warn", [](const Line& line) { return rankOf(line.level) >= 3; }},
        {"level<info", [](const Line& line) { return rankOf(line.level) >= 0 && rankOf(line.level) < 2; }},
        {"level:debug,fatal", [](const Line& line) { return line.level == "debug" || line.level == "fatal"; }},
        {"has:level", [](const Line& line) { return !line.level.empty(); }},
        {"stream:err", [](const Line& line) { return line.error; }},
        {"stream:out", [](const Line& line) { return !line.error; }}};
    return all;
}

/// A tree over the atoms as text and as a function; every part in brackets.
Clause anyClause(int depth)
{
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
    if (kind == 0) {
        return atoms()[*rc::gen::inRange<std::size_t>(0, atoms().size())];
    }
    const Clause left = anyClause(depth - 1);
    if (kind == 1) {
        return {"not (" + left.text + ")", [left](const Line& line) { return !left.holds(line); }};
    }
    const Clause right = anyClause(depth - 1);
    if (kind == 2) {
        return {"(" + left.text + ") and (" + right.text + ")",
                [left, right](const Line& line) { return left.holds(line) && right.holds(line); }};
    }
    return {"(" + left.text + ") or (" + right.text + ")",
            [left, right](const Line& line) { return left.holds(line) || right.holds(line); }};
}

Line anyLine()
{
    return {*rc::gen::element<std::string>("get /api 500", "get /api 200", "post /api 400", "started", ""),
            *rc::gen::element<std::string>("", "trace", "debug", "info", "warning", "error", "fatal"),
            *rc::gen::arbitrary<bool>()};
}

} // namespace

RC_GTEST_PROP(LogQueryProperty, MeansWhatItsTreeSays, ())
{
    const Clause clause = anyClause(3);
    const LogQuery query = LogQuery::compile(clause.text);
    RC_ASSERT(query.ok());
    for (int i = 0; i < 8; ++i) {
        const Line line = anyLine();
        if (query.matches({line.text, line.level, line.error}) != clause.holds(line)) {
            RC_FAIL(clause.text + " on \"" + line.text + "\" " + line.level);
        }
    }
}

RC_GTEST_PROP(LogQueryProperty, WordsSideBySideMustAllBeThere, ())
{
    const Clause left = anyClause(0);
    const Clause right = anyClause(0);
    const LogQuery query = LogQuery::compile(left.text + " " + right.text);
    RC_ASSERT(query.ok());
    const Line line = anyLine();
    RC_ASSERT(query.matches({line.text, line.level, line.error}) == (left.holds(line) && right.holds(line)));
}

RC_GTEST_PROP(LogQueryProperty, AnyTextIsAFilterOrAReason, (const std::string& text))
{
    const LogQuery query = LogQuery::compile(text);
    const Line line = anyLine();
    if (query.ok()) {
        (void)query.matches({line.text, line.level, line.error});
    } else {
        RC_ASSERT(!query.errors().empty());
        RC_ASSERT(!query.errors().front().what.empty());
        RC_ASSERT(query.matches({line.text, line.level, line.error})); // it hides nothing
    }
}
