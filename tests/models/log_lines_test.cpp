// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log_lines.h"

#include <QSignalSpy>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

LogRow row(const std::string& text, LogSeverity severity = LogSeverity::None, std::uint64_t dropped = 0)
{
    LogRow out;
    out.text = text;
    out.severity = severity;
    out.dropped = dropped;
    return out;
}

TEST(LogLines, KeepsTheNewestAndCountsTheRest)
{
    LogLines lines(nullptr, 3);
    const QSignalSpy changed(&lines, &LogLines::changed);
    lines.append({row("a"), row("b"), row("c"), row("d"), row("e")});
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(lines.totalCount(), 3U);
    EXPECT_EQ(lines.forgottenCount(), 2U);
    EXPECT_EQ(lines.shown(0).text, "c");
    EXPECT_EQ(lines.number(0), 2U);
    EXPECT_EQ(lines.indexOfNumber(0), 0U) << "a line that is gone: the next one";
    EXPECT_EQ(lines.indexOfNumber(4), 2U);
    lines.append({});
    EXPECT_EQ(changed.count(), 1) << "nothing new is no change";
}

TEST(LogLines, AFilterHidesLinesButNoGaps)
{
    LogLines lines;
    lines.append({row("up", LogSeverity::Info), row("down", LogSeverity::Error), row("", LogSeverity::None, 40)});
    lines.setFilter(LogQuery::compile("level:error"));
    ASSERT_EQ(lines.shownCount(), 2U);
    EXPECT_EQ(lines.shown(0).text, "down");
    EXPECT_EQ(lines.shown(1).dropped, 40U);
    EXPECT_EQ(lines.droppedCount(), 40U);
    lines.append({row("more", LogSeverity::Info), row("worse", LogSeverity::Error)});
    EXPECT_EQ(lines.shownCount(), 3U);
    lines.setFilter(LogQuery::compile("(broken"));
    EXPECT_EQ(lines.shownCount(), 3U) << "a filter with an error leaves the last one";
    lines.setFilter(LogQuery::compile(""));
    EXPECT_EQ(lines.shownCount(), 5U);
    EXPECT_EQ(lines.textOf(0, 99), QStringLiteral("up\ndown\nmore\nworse\n"));
    lines.clear();
    EXPECT_EQ(lines.shownCount() + lines.totalCount() + lines.droppedCount(), 0U);
}

RC_GTEST_PROP(LogLines, ShowsWhatAPassOverTheNewestLinesWouldShow, ())
{
    const auto texts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
    const std::size_t capacity = *rc::gen::inRange<std::size_t>(1, 12);
    LogLines lines(nullptr, capacity);
    lines.setFilter(LogQuery::compile("x"));
    for (const int text : texts) {
        lines.append({row(text == 0 ? "x" : "y")});
    }
    std::size_t expected = 0;
    for (std::size_t i = texts.size() > capacity ? texts.size() - capacity : 0; i < texts.size(); ++i) {
        expected += texts[i] == 0 ? 1 : 0;
    }
    RC_ASSERT(lines.shownCount() == expected);
}

} // namespace
} // namespace tracedeck
