// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <thread>

namespace tracedeck {
namespace {

class LogTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "tracedeck_log_XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override
    {
        Log::openFile({});
        Log::setLevel(LogLevel::Info);
        std::filesystem::remove_all(m_folder);
    }
    [[nodiscard]] std::string path() const { return (m_folder / "tracedeck.log").string(); }
    [[nodiscard]] static std::string contentOf(const std::string& file)
    {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    std::filesystem::path m_folder;
};

TEST_F(LogTest, WritesOneRedactedLinePerMessage)
{
    Log::openFile(path());
    Log::write(LogLevel::Warning, "sources", "first\nline \x1b[31m token=abc");
    const std::string content = contentOf(path());
    EXPECT_NE(content.find(" warning sources: first line  [31m token=•••\n"), std::string::npos) << content;
    EXPECT_EQ(std::count(content.begin(), content.end(), '\n'), 1);
    EXPECT_EQ(content[10], 'T');
    EXPECT_EQ(content[23], 'Z');
    EXPECT_EQ(Log::recentLines().back() + "\n", content);
}

TEST_F(LogTest, LevelsBelowTheThresholdAreDropped)
{
    Log::openFile(path());
    Log::write(LogLevel::Debug, "x", "hidden");
    Log::setLevel(LogLevel::Debug);
    Log::write(LogLevel::Debug, "x", "shown");
    const std::string content = contentOf(path());
    EXPECT_EQ(content.find("hidden"), std::string::npos);
    EXPECT_NE(content.find("shown"), std::string::npos);
}

TEST_F(LogTest, RotatesAndKeepsOneOldFile)
{
    Log::openFile(path(), 400);
    for (int i = 0; i < 20; ++i) {
        Log::write(LogLevel::Info, "x", "message " + std::to_string(i) + std::string(40, '.'));
    }
    EXPECT_LE(std::filesystem::file_size(path()), 400U);
    EXPECT_LE(std::filesystem::file_size(path() + ".1"), 400U);
    EXPECT_NE(contentOf(path()).find("message 19"), std::string::npos);
}

TEST_F(LogTest, AppendsToAnExistingFileAndCutsHugeMessages)
{
    Log::openFile(path());
    Log::write(LogLevel::Info, "x", "one");
    Log::openFile(path());
    Log::write(LogLevel::Info, "x", std::string(100000, 'a'));
    const std::string content = contentOf(path());
    EXPECT_NE(content.find("one"), std::string::npos);
    EXPECT_LT(content.size(), 9000U);
    EXPECT_NE(content.find("(cut)"), std::string::npos);
}

TEST_F(LogTest, UnwritablePathStaysInMemory)
{
    Log::openFile((m_folder / "missing" / "x.log").string());
    Log::write(LogLevel::Error, "x", "still kept");
    EXPECT_NE(Log::recentLines().back().find("still kept"), std::string::npos);
}

TEST_F(LogTest, ManyThreadsKeepTheLastTwoHundredLines)
{
    Log::openFile(path());
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 3; ++writer) {
        writers.emplace_back([] {
            for (int i = 0; i < 100; ++i) {
                Log::write(LogLevel::Info, "threads", "line");
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    EXPECT_EQ(Log::recentLines().size(), 200U);
    const std::string content = contentOf(path());
    EXPECT_EQ(std::count(content.begin(), content.end(), '\n'), 300);
}

} // namespace
} // namespace tracedeck
