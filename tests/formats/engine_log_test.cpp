// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/engine_log.h"

#include "formats/plain_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

std::string frame(int stream, const std::string& text)
{
    std::string out{static_cast<char>(stream), 0, 0, 0};
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>((text.size() >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    return out + text;
}

struct Line {
    LogStream stream;
    std::int64_t timeNs;
    std::string text;
    bool cut;
    bool operator==(const Line&) const = default;
};

std::vector<Line> readLog(const std::string& bytes, bool framed, std::size_t step = std::string::npos)
{
    EngineLogReader reader(framed);
    std::vector<Line> lines;
    const auto keep = [&](const EngineLogLine& line) {
        lines.push_back({line.stream, line.timeNs, std::string(line.text), line.cut});
    };
    for (std::size_t at = 0; at < bytes.size(); at += std::min(step, bytes.size() - at)) {
        const std::string piece = bytes.substr(at, step);
        reader.feed(piece, keep);
    }
    reader.finish(keep);
    return lines;
}

const std::string kFramed = frame(1, "2026-01-02T03:04:05.5Z hello\n2026-01-02T03:04:06Z wor") + frame(2, "oops\n")
    + frame(1, "") + frame(1, "ld\n") + frame(2, "no end");

const std::vector<Line> kLines{{LogStream::Out, 1767323045'500000000, "hello", false},
                               {LogStream::Error, 0, "oops", false},
                               {LogStream::Out, 1767323046'000000000, "world", false},
                               {LogStream::Error, 0, "no end", false}};

TEST(EngineLog, TakesFramesApart)
{
    EXPECT_EQ(readLog(kFramed, true), kLines);
}

RC_GTEST_PROP(EngineLog, PiecesOfAnySizeGiveTheSameLines, ())
{
    RC_ASSERT(readLog(kFramed, true, *rc::gen::inRange<std::size_t>(1, 30)) == kLines);
}

TEST(EngineLog, ATerminalHasNoFrames)
{
    const auto lines = readLog("2026-01-02T03:04:05Z \x1B[31mred\x1B[0m\r\nplain\n\n", false);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].text, "red");
    EXPECT_EQ(lines[0].timeNs, 1767323045'000000000);
    EXPECT_EQ(lines[1].text, "plain");
    EXPECT_EQ(lines[2].text, "");
}

TEST(EngineLog, WhatIsNoFrameIsReadAsText)
{
    const auto lines = readLog("hello, this is not framed\nsecond\n", true);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].text, "hello, this is not framed");
    EngineLogReader reader(true);
    reader.feed("HTTP/1.1 ", [](const EngineLogLine&) {});
    EXPECT_EQ(reader.badFrames(), 1U);
}

TEST(EngineLog, AnEndlessLineIsCutAndSaysSo)
{
    const auto lines = readLog(frame(1, std::string(EngineLogReader::kMaxLineBytes * 2 + 10, 'x') + '\n'), true, 1000);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_TRUE(lines[0].cut && lines[1].cut);
    EXPECT_FALSE(lines[2].cut);
    EXPECT_EQ(lines[2].text.size(), 10U);
}

TEST(EngineLog, AFrameThatClaimsFourGigabytesTakesNoMemory)
{
    std::string header = frame(1, "");
    header.replace(4, 4, "\xFF\xFF\xFF\xFF");
    const auto lines = readLog(header + "abc\n", true);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].text, "abc");
}

struct LevelCase {
    const char* line;
    LogLevelWord level;
};

class LogLevelOf : public testing::TestWithParam<LevelCase> { };

TEST_P(LogLevelOf, FindsTheWord)
{
    EXPECT_EQ(logLevelOf(GetParam().line), GetParam().level) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, LogLevelOf,
    testing::Values(LevelCase{"2026-01-02 ERROR disk full", LogLevelWord::Error},
                    LevelCase{"level=warn msg=\"slow\"", LogLevelWord::Warning},
                    LevelCase{R"({"time":1,"level":"info","msg":"up"})", LogLevelWord::Info},
                    LevelCase{"[W] careful", LogLevelWord::Warning}, LevelCase{"E0102 15:04:05 x", LogLevelWord::Error},
                    LevelCase{"panic: nil map", LogLevelWord::Fatal}, LevelCase{"[debug] x", LogLevelWord::Debug},
                    LevelCase{"warning: unused", LogLevelWord::Warning}, LevelCase{"INFO starting", LogLevelWord::Info},
                    LevelCase{"GET /error-page 200", LogLevelWord::None},
                    LevelCase{"there was no error at all", LogLevelWord::None},
                    LevelCase{"loaded info.txt", LogLevelWord::None}, LevelCase{"", LogLevelWord::None},
                    LevelCase{"W", LogLevelWord::None}, LevelCase{"informational", LogLevelWord::None}));

TEST(PlainText, TakesOutWhatATerminalWouldAct)
{
    EXPECT_EQ(plainText("a\x1B[1;31mb\x1B]0;title\x07"
                        "c\x1B(Bd"),
              "abcBd");
    EXPECT_EQ(plainText("10%\r50%\r100%\r"), "100%");
    EXPECT_EQ(plainText("tab\there\x01\x7F"), "tab here");
    EXPECT_EQ(plainText("\x1B["), "");
    EXPECT_EQ(plainText("gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80"),
              "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80");
    EXPECT_EQ(plainText("\xC0\xAF\xED\xA0\x80\xE2\x82"),
              "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

} // namespace
} // namespace tracedeck
