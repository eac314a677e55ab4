// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/read_tokens.h"

#include "collector/collector.h"
#include "raw_client.h"
#include "store_fixture.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace tracedeck::test {
namespace {

const std::string kOwner(64, 'a');
const std::string kFirst(32, '1');
const std::string kSecond = "AZaz09-._~+/=AZaz09-._~+/=AZaz09-._~+/=";

class ReadTokens : public testing::Test {
protected:
    void write(const std::string& name, const std::string& content) const
    {
        std::filesystem::create_directories(folder());
        std::ofstream(folder() + "/" + name) << content;
    }
    std::string folder() const { return m_directory.file("data/tokens.d"); }
    std::string dataDir() const { return m_directory.file("data"); }
    Result<std::vector<std::string>> read() const { return readTokensIn(folder(), kOwner); }

private:
    TemporaryDirectory m_directory;
};

TEST_F(ReadTokens, AreReadInTheOrderOfTheFileNames)
{
    EXPECT_TRUE(read()->empty()); // no folder
    write("b", kFirst + "\n");
    write("a", kSecond + "\r\n");
    write(".hidden", "x");
    write("a~", "x");
    std::filesystem::create_directory(folder() + "/folder");
    const auto tokens = read();
    ASSERT_TRUE(tokens.ok()) << tokens.error().what;
    EXPECT_EQ(*tokens, (std::vector<std::string>{kSecond, kFirst}));
}

TEST_F(ReadTokens, WhatIsNoTokenIsNamed)
{
    for (const std::string& wrong :
         {std::string(), std::string("\n"), std::string(31, 'a'), std::string(257, 'a'), std::string(5000, 'a'),
          kFirst + "\n" + kFirst, kFirst + " x", kFirst + std::string(1, '\0'), kFirst + "ä"}) {
        write("wrong", wrong);
        const auto tokens = read();
        ASSERT_FALSE(tokens.ok()) << wrong;
        EXPECT_EQ(tokens.error().code, ErrorCode::Malformed);
        EXPECT_NE(tokens.error().source.find("tokens.d/wrong"), std::string::npos);
        EXPECT_EQ(tokens.error().what.find(kFirst), std::string::npos) << "a secret in a message";
    }
}

TEST_F(ReadTokens, NoTwoReadersShareOne)
{
    write("a", kFirst);
    write("b", kFirst);
    EXPECT_EQ(read().error().code, ErrorCode::Conflict);
    EXPECT_NE(read().error().what.find("“a”"), std::string::npos);
    std::filesystem::remove(folder() + "/b");
    write("a", kOwner);
    EXPECT_EQ(read().error().code, ErrorCode::Conflict);
}

TEST_F(ReadTokens, OpenTheCollectorToFurtherReaders)
{
    write("second", kFirst);
    CollectorOptions options;
    options.dataDir = dataDir();
    options.httpPort = 0;
    options.grpcPort = 0;
    options.pushPerToken = 1;
    {
        const auto collector = Collector::start(options);
        ASSERT_TRUE(collector.ok()) << collector.error().what;
        const CollectorInfo info = collector.value()->info();
        RawClient mine(info.httpAddress);
        RawClient theirs(info.httpAddress);
        RawClient third(info.httpAddress);
        EXPECT_EQ(mine.ask(upgradeRequest("/api/v1/ws", info.token)).status, 101);
        EXPECT_EQ(theirs.ask(upgradeRequest("/api/v1/ws", kFirst)).status, 101);
        EXPECT_EQ(third.ask(upgradeRequest("/api/v1/ws", kFirst)).status, 429);
        RawClient stranger(info.httpAddress);
        EXPECT_EQ(stranger.ask(getRequest("/api/v1/status", kSecond)).status, 401);
    }
    write("second", "short");
    const auto refused = Collector::start(options);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Malformed);
}

} // namespace
} // namespace tracedeck::test
