// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error_text.h"
#include "core/log.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

struct Leak {
    const char* text; ///< every S3CRET in it has to go
    const char* kept; ///< what has to stay readable
};

class Redaction : public testing::TestWithParam<Leak> { };

} // namespace

TEST_P(Redaction, hidesTheSecretAndKeepsTheRest)
{
    const std::string out = redactSecrets(GetParam().text);
    EXPECT_EQ(out.find("S3CRET"), std::string::npos) << out;
    EXPECT_NE(out.find(GetParam().kept), std::string::npos) << out;
    EXPECT_EQ(redactSecrets(out), out) << "masking twice changes nothing";
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Redaction,
    testing::Values(
        Leak{"GET /x HTTP/1.1\r\nAuthorization: Bearer S3CRET\r\nHost: example.test", "Host: example.test"},
        Leak{"proxy-authorization: Basic S3CRET==\nnext", "next"}, Leak{"Set-Cookie: sid=S3CRET; Path=/\nnext", "next"},
        Leak{"authorization: Digest username=\"bob\", response=\"S3CRET\"\nnext", "next"},
        Leak{"{\"apiKey\" : \"S3CRET\" , \"n\" : 1}", "\"n\" : 1"},
        Leak{"{'client_secret': 'S3CRET', 'scope': 'all'}", "'scope': 'all'"},
        Leak{"{\"password\":\"S3\\\"S3CRET\",\"n\":2}", "\"n\":2"},
        Leak{"{\"tokens\":5,\"token\":\"S3CRET\"}", "\"tokens\":5"},
        Leak{"{\"password\":{\"value\":\"S3CRET\"}}\nnext", "next"},
        Leak{"{\"cookies\":[\"S3CRET\",\"S3CRET\"]}\nnext", "next"},
        Leak{"https://example.test/cb?access_token=S3CRET&state=1", "&state=1"},
        Leak{"https://example.test/cb?code=1&id_token=S3CRET", "code=1"}, Leak{"token%3DS3CRET next", "next"},
        Leak{"https://bob:S3CRET@example.test:8443/path", "@example.test:8443/path"},
        Leak{"amqp://bob:S3@CRET-S3CRET@broker/vhost", "@broker/vhost"},
        Leak{"PGPASSWORD=S3CRET psql -h db", "psql -h db"},
        Leak{"aws_secret_access_key = S3CRET\nregion = x", "region = x"},
        Leak{"AWS_SESSION_TOKEN: S3CRET done", "done"}, Leak{"x-api-key:S3CRET next", "next"},
        Leak{"api key = S3CRET next", "next"}, Leak{"Bearer S3CRET", "Bearer"},
        Leak{"sent \"Authorization\" => \"S3CRET\", done", "done"}, Leak{"passphrase='S3CRET' done", "done"},
        Leak{"private_key=S3CRET done", "done"}, Leak{"credentials: S3CRET done", "done"},
        Leak{"headers[authorization]=S3CRET\nnext", "next"}, Leak{"sessionKey\t=\tS3CRET done", "done"},
        Leak{"password=S3CRET\r\nnext line", "next line"}, Leak{"two token=S3CRET and token=S3CRET end", "end"}));

TEST(Redaction, plainTextIsNotTouched)
{
    for (const char* text : {"password", "password:", "token=", "a token", "http://example.test/password/reset",
                             "http://user@example.test/", "http://example.test/a:b@c", "12:30:45 started",
                             "cpu=80 memory=50", "Bearer", "basic", "input_tokens=12", "keyboard: qwerty", "key: value",
                             "\xff\xfe", "://", "://:@", "日本語: ä", "C:\\Program Files\\x"}) {
        EXPECT_EQ(redactSecrets(text), text);
    }
}

RC_GTEST_PROP(RedactionProperty, AnyBytesAreAnsweredAndMaskingTwiceIsMaskingOnce, (const std::string& bytes))
{
    const std::string once = redactSecrets(bytes);
    RC_ASSERT(redactSecrets(once).size() <= once.size() + 9);
    if (bytes.find_first_of(":=%") == std::string::npos) {
        const bool scheme = once != bytes;
        RC_ASSERT((!scheme || once.find("\xE2\x80\xA2") != std::string::npos));
    }
}

RC_GTEST_PROP(RedactionProperty, AnySeparatorOfAnySecretKeyHidesItsWord, ())
{
    const auto key = *rc::gen::element<std::string>("password", "Token", "api_key", "X-Auth-Token", "clientSecret",
                                                    "db.passwd", "AWS_SECRET_ACCESS_KEY", "credential");
    const auto separator = *rc::gen::element<std::string>("=", ":", ": ", " = ", " : ", "=>", " => ", "\"=\"", "': '",
                                                          "\":\"", "\\\":\\\"", "%3D", "%3d");
    const auto word = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'z')));
    const std::string text = "before " + key + separator + "S3" + word + "Q9";
    const std::string out = redactSecrets(text);
    RC_ASSERT(out.find("Q9") == std::string::npos);
    RC_ASSERT(out.substr(0, 7 + key.size()) == "before " + key);
}

TEST(ErrorTexts, aHintAndAReasonAreSentencesOfTheirOwn)
{
    EXPECT_EQ(errorText(makeError(ErrorCode::NotFound, "", "no such trace", "")), "It does not exist. no such trace.");
    EXPECT_EQ(errorText(makeError(ErrorCode::NotFound, "", "", "Look elsewhere.")),
              "It does not exist. Look elsewhere.");
    EXPECT_EQ(errorText(makeError(ErrorCode::NotFound, "store", "", "")), "store: It does not exist.");
    EXPECT_EQ(errorText(makeError(ErrorCode::TimedOut, "local", "read of the process list", "Try again later.")),
              "local: It took too long to answer. read of the process list. Try again later.");
}

TEST(ErrorTexts, everyCodeIsASentenceForPeople)
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const std::string_view sentence = errorCodeSentence(code);
        EXPECT_TRUE(sentence.front() >= 'A' && sentence.front() <= 'Z') << sentence;
        EXPECT_EQ(sentence.find(errorCodeKey(code).find('_') == std::string_view::npos ? "_" : errorCodeKey(code)),
                  std::string_view::npos)
            << sentence;
        for (const char c : errorCodeKey(code)) {
            EXPECT_TRUE((c >= 'a' && c <= 'z') || c == '_') << errorCodeKey(code);
        }
    }
}
