// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a query while it is typed, and its parts as chips.
#include "selectors/query_compile.h"
#include "selectors/query_print.h"
#include "views/filter_chips.h"
#include "views/query_feedback.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

struct Typed {
    const char16_t* text;
    QueryTable table;
    const char16_t* begins; ///< of the error; empty = it fits
};

class QueryWords : public testing::TestWithParam<Typed> { };

TEST_P(QueryWords, SayWhereAndWhatIsWrong)
{
    const QueryFeedback feedback = queryFeedback(QString::fromUtf16(GetParam().text), GetParam().table);
    const QString begins = QString::fromUtf16(GetParam().begins);
    EXPECT_EQ(feedback.error.isEmpty(), begins.isEmpty()) << feedback.error.toStdString();
    EXPECT_TRUE(begins.isEmpty() || feedback.error.startsWith(begins)) << feedback.error.toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    Table, QueryWords,
    testing::Values(Typed{u"", QueryTable::Workloads, u""}, Typed{u"web db", QueryTable::Workloads, u""},
                    Typed{u"cpu>80%", QueryTable::Workloads, u""},
                    Typed{u"cpu>80GiB", QueryTable::Workloads, u"Column 7: "},
                    Typed{u"\u00fc\u00fc cpu>80GiB", QueryTable::Workloads, u"Column 10: "}, // characters, not bytes
                    Typed{u"nobody:x", QueryTable::Workloads, u"Column 1: "},
                    Typed{u"vmid:107", QueryTable::Infrastructure, u"Column 1: "},
                    Typed{u"vmid:107", QueryTable::Workloads, u""}, Typed{u"duration>250ms", QueryTable::Traces, u""},
                    Typed{u"duration>250ms", QueryTable::Workloads, u"Column 1: "},
                    Typed{u"name~/(/", QueryTable::Workloads, u"Column "},
                    Typed{u"(web", QueryTable::Workloads, u"Column "}));

std::string anyQuery()
{
    static const std::vector<std::string> parts{"web",     "\"two words\"", "-dev",           "cpu>80",
                                                "tag:a,b", "name~/^x/",     "not name:y",     "(mem>5 or disk>9)",
                                                "has:cpu", "state:paused",  "status:running", "net>10MB/s"};
    std::string text;
    for (const auto index : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 12))) {
        text += (text.empty() ? "" : " ") + parts[index];
    }
    return text;
}

} // namespace

TEST(QueryWords, AnErrorHasAPlaceInTheText)
{
    const QString text = QStringLiteral("web cpu>lots and x");
    const QueryFeedback feedback = queryFeedback(text, QueryTable::Workloads);
    ASSERT_FALSE(feedback.error.isEmpty());
    EXPECT_LT(feedback.errorAt.begin, feedback.errorAt.end);
    EXPECT_EQ(text.toStdString().substr(feedback.errorAt.begin, feedback.errorAt.end - feedback.errorAt.begin), "lots");
    EXPECT_TRUE(feedback.error.contains(QStringLiteral("Expected"))) << "and what would fit";
    EXPECT_FALSE(feedback.tokens.empty()) << "the rest is coloured all the same";
}

RC_GTEST_PROP(QueryChipsProperty, TakingAllChipsAwayOneByOneLeavesNothing, ())
{
    QString query = QString::fromStdString(anyQuery());
    std::size_t before = queryChips(query, [](const QString&) {}).size();
    while (before > 0) {
        QString rest;
        const auto chips = queryChips(query, [&rest](const QString& left) { rest = left; });
        chips[static_cast<std::size_t>(*rc::gen::inRange<std::size_t>(0, chips.size()))].remove();
        RC_ASSERT(queryFeedback(rest, QueryTable::Workloads).error.isEmpty());
        const std::size_t now = queryChips(rest, [](const QString&) {}).size();
        RC_ASSERT(now == before - 1);
        query = rest;
        before = now;
    }
    RC_ASSERT(query.trimmed().isEmpty());
}

RC_GTEST_PROP(QueryChipsProperty, ChipsTogetherAreTheQuery, ())
{
    const std::string text = anyQuery();
    QStringList parts;
    for (const FilterChip& chip : queryChips(QString::fromStdString(text), [](const QString&) {})) {
        parts.append(chip.text);
    }
    RC_ASSERT(sameQuery(parseQuery(parts.join(u' ').toStdString()).root, parseQuery(text).root));
}

RC_GTEST_PROP(QueryFeedbackProperty, AnyTextIsAnswered, (const std::string& raw))
{
    const QueryFeedback feedback = queryFeedback(QString::fromStdString(raw), QueryTable::Workloads);
    if (!feedback.error.isEmpty()) {
        RC_ASSERT(feedback.error.startsWith(QStringLiteral("Column ")));
        RC_ASSERT(feedback.errorAt.begin <= feedback.errorAt.end);
    }
}
