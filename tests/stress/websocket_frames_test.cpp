// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/websocket_frames.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

namespace tracedeck::stress {
namespace {

using Kind = WebSocketFrames::Kind;

std::string serverFrame(unsigned opcode, const std::string& payload, bool last = true)
{
    std::string frame(1, static_cast<char>((last ? 0x80U : 0U) | opcode));
    if (payload.size() < 126) {
        frame.push_back(static_cast<char>(payload.size()));
    } else if (payload.size() < 65536) {
        frame.push_back(126);
        frame.push_back(static_cast<char>(payload.size() >> 8U));
        frame.push_back(static_cast<char>(payload.size()));
    } else {
        frame.push_back(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame.push_back(static_cast<char>(payload.size() >> static_cast<unsigned>(shift)));
    }
    return frame + payload;
}

TEST(WebSocketFrames, EveryCutOfTheBytesGivesTheSameMessages)
{
    EXPECT_TRUE(rc::check("messages do not depend on how bytes arrive", [] {
        const auto sizes = *rc::gen::container<std::vector<std::size_t>>(
            rc::gen::elementOf(std::vector<std::size_t>{0, 1, 125, 126, 127, 300, 65535, 65536, 70000}));
        std::string bytes;
        for (std::size_t i = 0; i < sizes.size(); ++i)
            bytes += serverFrame(1, std::string(sizes[i], static_cast<char>('a' + i % 26)));
        const auto step = *rc::gen::inRange<std::size_t>(1, 5000);
        WebSocketFrames frames;
        std::vector<std::size_t> got;
        std::string payload;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            frames.feed(std::string_view(bytes).substr(at, step));
            while (frames.next(payload) == Kind::Text) {
                RC_ASSERT(payload == std::string(payload.size(), static_cast<char>('a' + got.size() % 26)));
                got.push_back(payload.size());
            }
        }
        RC_ASSERT(got == sizes);
    }));
}

TEST(WebSocketFrames, FragmentsAreJoinedAroundControlFrames)
{
    WebSocketFrames frames;
    frames.feed(serverFrame(1, "one ", false) + serverFrame(9, "ping") + serverFrame(0, "two ", false)
                + serverFrame(10, "pong") + serverFrame(0, "three"));
    std::string payload;
    EXPECT_EQ(frames.next(payload), Kind::Ping);
    EXPECT_EQ(payload, "ping");
    EXPECT_EQ(frames.next(payload), Kind::Text);
    EXPECT_EQ(payload, "one two three");
    frames.feed(serverFrame(8, "bye"));
    EXPECT_EQ(frames.next(payload), Kind::Close);
}

TEST(WebSocketFrames, WhatNoServerSendsBreaksTheStreamForGood)
{
    for (const std::string& wrong :
         {clientFrame(1, "masked"), serverFrame(2, "binary"), serverFrame(0, "no message begun"),
          serverFrame(1, "a", false) + serverFrame(1, "a second one"), serverFrame(9, "ping", false),
          serverFrame(9, std::string(126, 'x')), serverFrame(11, ""), std::string("\xc1\x00", 2),
          std::string("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10)}) {
        WebSocketFrames frames;
        frames.feed(wrong);
        std::string payload;
        Kind kind = frames.next(payload);
        if (kind == Kind::None)
            kind = frames.next(payload);
        EXPECT_EQ(kind, Kind::Broken) << wrong;
        frames.feed(serverFrame(1, "good"));
        EXPECT_EQ(frames.next(payload), Kind::Broken);
    }
    WebSocketFrames small(10);
    small.feed(serverFrame(1, std::string(6, 'a'), false) + serverFrame(0, std::string(6, 'a')));
    std::string payload;
    EXPECT_EQ(small.next(payload), Kind::Broken);
}

TEST(WebSocketFrames, ClientsMaskTheirFrames)
{
    EXPECT_EQ(clientFrame(10, "hi"), std::string("\x8a\x82\0\0\0\0hi", 8));
    EXPECT_EQ(clientFrame(10, std::string(200, 'x')).size(), 2 + 4 + 125U);
}

} // namespace
} // namespace tracedeck::stress
