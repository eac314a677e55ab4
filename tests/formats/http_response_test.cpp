// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/http_response.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

using State = HttpResponseReader::State;

struct Read {
    State state = State::Head;
    std::string body;
    HttpResponseHead head;
    std::string problem;
    bool reuse = false;
};

Read readAnswer(std::string_view bytes, bool end = false, std::size_t step = std::string_view::npos)
{
    HttpResponseReader reader;
    Read out;
    while (!bytes.empty()) {
        const std::string piece(bytes.substr(0, step)); // own memory: nothing may point behind it
        bytes.remove_prefix(piece.size());
        reader.feed(piece, [&](std::string_view part) { out.body += part; });
    }
    if (end) {
        reader.end();
    }
    out.state = reader.state();
    out.head = reader.head();
    out.problem = reader.problem();
    out.reuse = reader.canReuse();
    return out;
}

const std::string kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nApi-Version:  1.41 \r\n\r\n"
                             "5;name=x\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: 1\r\n\r\n";

TEST(HttpResponse, ReadsABodyByLength)
{
    const Read read = readAnswer("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nX: a\r\nx: b\r\n\r\nabc");
    EXPECT_EQ(read.state, State::Done);
    EXPECT_EQ(read.head.status, 404);
    EXPECT_EQ(read.head.reason, "Not Found");
    EXPECT_EQ(read.head.field("x"), "a");
    EXPECT_EQ(read.head.field("y"), "");
    EXPECT_EQ(read.body, "abc");
    EXPECT_TRUE(read.reuse);
}

TEST(HttpResponse, StatusesGoFrom100To599)
{
    for (const auto& [status, state] : {std::pair{"599", State::Done}, std::pair{"600", State::Failed},
                                        std::pair{"100", State::Head}, std::pair{"099", State::Failed}}) {
        EXPECT_EQ(readAnswer("HTTP/1.1 " + std::string(status) + " X\r\nContent-Length: 0\r\n\r\n").state, state)
            << status;
    }
}

TEST(HttpResponse, FieldsAndLinesBetweenChunksAreBoundedExactly)
{
    const auto withFields = [](int count) {
        std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
        for (int i = 1; i < count; ++i) {
            text += "a: b\r\n";
        }
        return readAnswer(text + "\r\n").state;
    };
    EXPECT_EQ(withFields(200), State::Done);
    EXPECT_EQ(withFields(201), State::Failed);
    const auto withLine = [](std::size_t length) { // the carriage return counts
        const std::string line = "1;" + std::string(length - 3, 'x') + "\r\n";
        return readAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + line + "a\r\n0\r\n\r\n").state;
    };
    EXPECT_EQ(withLine(4096), State::Done);
    EXPECT_EQ(withLine(4097), State::Failed);
}

TEST(HttpResponse, ReadsChunksWithExtensionsAndTrailers)
{
    const Read read = readAnswer(kChunked);
    EXPECT_EQ(read.state, State::Done);
    EXPECT_EQ(read.body, "hello, world");
    EXPECT_EQ(read.head.field("api-version"), "1.41");
}

RC_GTEST_PROP(HttpResponse, PiecesOfAnySizeGiveTheSame, ())
{
    const std::size_t step = *rc::gen::inRange<std::size_t>(1, 40);
    const Read read = readAnswer(kChunked, false, step);
    RC_ASSERT(read.state == State::Done);
    RC_ASSERT(read.body == "hello, world");
}

TEST(HttpResponse, SkipsInterimAnswersAndKnowsBodylessOnes)
{
    const Read read = readAnswer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
    EXPECT_EQ(read.head.status, 204);
    EXPECT_EQ(read.state, State::Done);
    EXPECT_EQ(readAnswer("HTTP/1.1 304\r\n\r\n").state, State::Done);
}

TEST(HttpResponse, ABodyMayEndWithTheConnectionOnlyWithoutALength)
{
    EXPECT_EQ(readAnswer("HTTP/1.0 200 OK\r\n\r\nabc").state, State::Body);
    const Read read = readAnswer("HTTP/1.0 200 OK\n\nabc", true);
    EXPECT_EQ(read.state, State::Done);
    EXPECT_EQ(read.body, "abc");
    EXPECT_FALSE(read.reuse);
    EXPECT_EQ(readAnswer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", true).problem, "the answer ended early");
    EXPECT_EQ(readAnswer(kChunked.substr(0, kChunked.size() - 2), true).state, State::Failed);
    EXPECT_EQ(readAnswer("HTTP/1.1 200 O", true).state, State::Failed);
    EXPECT_EQ(readAnswer("", true).problem, "the connection ended without an answer");
}

TEST(HttpResponse, ReuseEndsWithCloseAndWithBytesNobodyAskedFor)
{
    EXPECT_FALSE(readAnswer("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n").reuse);
    EXPECT_FALSE(readAnswer("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").reuse);
    EXPECT_TRUE(readAnswer("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n").reuse);
    EXPECT_FALSE(readAnswer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab").reuse);
}

class BadAnswer : public testing::TestWithParam<std::string> { };

TEST_P(BadAnswer, IsRefusedWithAReason)
{
    const Read read = readAnswer(GetParam(), true);
    EXPECT_EQ(read.state, State::Failed);
    EXPECT_FALSE(read.problem.empty());
}

const std::string kOk = "HTTP/1.1 200 OK\r\n";

INSTANTIATE_TEST_SUITE_P(Bytes, BadAnswer,
                         testing::Values("SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
                                         "HTTP/1.1 2000\r\n\r\n", "HTTP/1.1 999 x\r\n\r\n", kOk + "no colon\r\n\r\n",
                                         kOk + ": x\r\n\r\n", kOk + "Content-Length: -1\r\n\r\n",
                                         kOk + "Content-Length: 1x\r\n\r\n",
                                         kOk + "Content-Length: 99999999999999999999\r\n\r\n",
                                         kOk + "Transfer-Encoding: gzip\r\n\r\n",
                                         kOk + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
                                         kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
                                         kOk + "Transfer-Encoding: chunked\r\n\r\n" + std::string(5000, '1'),
                                         kOk + std::string(HttpResponseReader::kMaxHeadBytes, 'x')));

} // namespace
} // namespace tracedeck
