// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error_text.h"

#include <gtest/gtest.h>
#include <set>

namespace tracedeck {
namespace {

TEST(ErrorText, EveryCodeHasItsOwnKeyAndSentence)
{
    std::set<std::string_view> keys;
    std::set<std::string_view> sentences;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        keys.insert(errorCodeKey(static_cast<ErrorCode>(code)));
        const std::string_view sentence = errorCodeSentence(static_cast<ErrorCode>(code));
        EXPECT_EQ(sentence.back(), '.');
        sentences.insert(sentence);
    }
    EXPECT_EQ(keys.size(), 17U);
    EXPECT_EQ(sentences.size(), 17U);
    EXPECT_EQ(errorCodeKey(ErrorCode::TimedOut), "timed_out");
    EXPECT_EQ(errorCodeKey(static_cast<ErrorCode>(200)), "internal");
}

TEST(ErrorText, JoinsTheParts)
{
    EXPECT_EQ(
        errorText(makeError(ErrorCode::Conflict, "port 4318", "another program listens", "Stop it or choose --listen")),
        "port 4318: Somebody else is using it. another program listens. Stop it or choose --listen.");
    EXPECT_EQ(errorText(makeError(ErrorCode::Busy, "", "")), "It is busy at the moment.");
    EXPECT_EQ(errorText(makeError(ErrorCode::Busy, "db", "Really?")), "db: It is busy at the moment. Really?");
}

TEST(ErrorText, MasksSecrets)
{
    const std::string text =
        errorText(makeError(ErrorCode::Unauthorized, "https://bob:hunter2@host/x", "token=abc refused"));
    EXPECT_EQ(text.find("hunter2"), std::string::npos);
    EXPECT_EQ(text.find("abc"), std::string::npos);
}

} // namespace
} // namespace tracedeck
