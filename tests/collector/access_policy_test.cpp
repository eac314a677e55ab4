// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/access_policy.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

HttpHead headWith(std::vector<HttpField> fields)
{
    HttpHead head;
    head.fields = std::move(fields);
    return head;
}

TEST(AccessPolicy, LoopbackServersTakeLoopbackNamesOnly)
{
    const AccessPolicy policy("t", false, "127.0.0.1", "box");
    for (const char* good : {"localhost", "LocalHost:4318", "127.0.0.1:1", "127.1.2.3", "[::1]:4318"})
        EXPECT_TRUE(policy.hostAllowed(headWith({{"host", good}}))) << good;
    for (const char* bad : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "box", "",
                            "[::1", "1.2.3.4:127.0.0.1"})
        EXPECT_FALSE(policy.hostAllowed(headWith({{"host", bad}}))) << bad;
    EXPECT_FALSE(policy.hostAllowed(headWith({})));
    EXPECT_FALSE(policy.hostAllowed(headWith({{"host", "localhost"}, {"host", "localhost"}})));
}

TEST(AccessPolicy, OpenServersTakeAddressesAndTheirOwnNames)
{
    const AccessPolicy policy("t", false, "0.0.0.0", "Box");
    for (const char* good : {"10.0.0.1:4318", "[fe80::1]:1", "box:4318", "localhost"})
        EXPECT_TRUE(policy.hostAllowed(headWith({{"host", good}}))) << good;
    EXPECT_FALSE(policy.hostAllowed(headWith({{"host", "rebound.example"}})));
}

TEST(AccessPolicy, OnlyTheServersOwnOriginPasses)
{
    const AccessPolicy policy("t", false, "127.0.0.1", "box");
    EXPECT_TRUE(policy.originAllowed(headWith({{"host", "localhost:1"}})));
    EXPECT_TRUE(policy.originAllowed(headWith({{"host", "localhost:1"}, {"origin", "http://localhost:1"}})));
    for (const char* bad : {"http://localhost:2", "null", "", "http://evil.example", "http://localhost:1.evil.example"})
        EXPECT_FALSE(policy.originAllowed(headWith({{"host", "localhost:1"}, {"origin", bad}}))) << bad;
    EXPECT_FALSE(policy.originAllowed(
        headWith({{"host", "localhost:1"}, {"origin", "http://localhost:1"}, {"origin", "http://evil.example"}})))
        << "one of two may be anybody's";
}

TEST(AccessPolicy, TokensMustBeEqual)
{
    const AccessPolicy policy("secret", true, "127.0.0.1", "box");
    EXPECT_TRUE(policy.tokenAccepted("Bearer secret"));
    EXPECT_TRUE(policy.tokenAccepted("bearer secret"));
    for (const char* bad :
         {"", "secret", "Bearer ", "Bearer secre", "Bearer secrets", "Bearer secretsecret", "Basic secret"})
        EXPECT_FALSE(policy.tokenAccepted(bad)) << bad;
    EXPECT_FALSE(AccessPolicy("", true, "127.0.0.1", "box").tokenAccepted("Bearer "));
    EXPECT_FALSE(equalSecrets("", ""));
}

TEST(AccessPolicy, ReadTokensAreNumberedAndAreNotTheOwners)
{
    const AccessPolicy policy("secret", true, "127.0.0.1", "box", {"first", "second"});
    EXPECT_EQ(policy.readerOf("Bearer secret"), 0U);
    EXPECT_EQ(policy.readerOf("Bearer first"), 1U);
    EXPECT_EQ(policy.readerOf("BEARER second"), 2U);
    EXPECT_EQ(policy.readerOf("Bearer third"), std::nullopt);
    EXPECT_EQ(policy.readerOf("Bearer "), std::nullopt);
    EXPECT_TRUE(policy.tokenAccepted("Bearer secret"));
    EXPECT_FALSE(policy.tokenAccepted("Bearer first"));
}

TEST(HttpMessage, TargetsAreSplitAndDecoded)
{
    HttpHead head;
    parseTarget("/a%20b?x=1%262&y=a+b&flag&=v", head);
    EXPECT_FALSE(head.badTarget);
    EXPECT_EQ(head.path, "/a b");
    EXPECT_EQ(*head.parameter("x"), "1&2");
    EXPECT_EQ(*head.parameter("y"), "a b");
    EXPECT_EQ(*head.parameter("flag"), "");
    EXPECT_EQ(head.parameter("z"), nullptr);
    for (const char* bad : {"", "http://host/a", "*", "/%", "/%4", "/%zz", "/?a=%x"}) {
        parseTarget(bad, head);
        EXPECT_TRUE(head.badTarget) << bad;
    }
}

TEST(HttpMessage, HeadsAreWrittenExactly)
{
    HttpResponse response;
    response.fields.push_back({"X", "1"});
    response.body = "abc";
    EXPECT_EQ(
        serializeHead(response, BodyFraming::Length, true, 784111777),
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: tracedeck\r\nX: 1\r\nContent-Length: 3\r\n"
        "Connection: keep-alive\r\n\r\n");
    EXPECT_EQ(statusText(799), "Unknown");
}

} // namespace
} // namespace tracedeck
