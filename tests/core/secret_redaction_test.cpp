// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

TEST(SecretRedaction, KnowsSecretKeys)
{
    for (const char* key :
         {"authorization", "http.request.header.authorization", "Cookie", "set-cookie", "db.password", "PGPASSWORD",
          "access_token", "accessToken", "X-Auth-Token", "client_secret", "api_key", "api-key", "apiKey", "X-API-Key",
          "aws_secret_access_key", "private_key", "pwd", "tokenValue"}) {
        EXPECT_TRUE(looksSecret(key)) << key;
    }
    for (const char* key :
         {"", "http.route", "input_tokens", "tokenizer", "keyboard", "author", "key", "service.name"}) {
        EXPECT_FALSE(looksSecret(key)) << key;
    }
}

TEST(SecretRedaction, MasksValuesInFreeText)
{
    const auto expectMasked = [](const char* text, const char* expected) { EXPECT_EQ(redactSecrets(text), expected); };
    expectMasked("Authorization: Bearer abc.def", "Authorization: •••");
    expectMasked("authorization=Basic eHg6eXk=\nnext line", "authorization=•••\nnext line");
    expectMasked("Cookie: a=1; b=2", "Cookie: •••");
    expectMasked(R"({"password":"a\"b","user":"bob"})", R"({"password":"•••","user":"bob"})");
    expectMasked(R"({\"api_key\": \"s3cret\", \"n\": 1})", R"({\"api_key\": \"•••\", \"n\": 1})");
    expectMasked("GET /x?token=abc&page=2", "GET /x?token=•••&page=2");
    expectMasked("q=token%3Dabc tail", "q=token%3D••• tail");
    expectMasked("api key: 12345 tail", "api key: ••• tail");
    expectMasked("postgres://bob:pa:ss@db/x", "postgres://bob:•••@db/x");
    expectMasked("sent Bearer abc.def to host", "sent Bearer ••• to host");
    expectMasked("\"cookie\": [\"a\", \"b\"]", "\"cookie\": •••");
    expectMasked("password='unterminated and more", "password='•••");
    expectMasked("token = Bearer xyz done", "token = ••• done");
}

TEST(SecretRedaction, LeavesTheRestAlone)
{
    for (const char* text : {"", "fetch took 12 ms", "http://host:8080/path", "the token was refused", "tokens: 12",
                             "basic checks passed", "password", "user@host: 3"}) {
        EXPECT_EQ(redactSecrets(text), text);
    }
}

RC_GTEST_PROP(SecretRedaction, NoSecretOfAnyBytesSurvivesInJson, ())
{
    const auto letters = *rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'z'));
    const auto noise = *rc::gen::arbitrary<std::string>();
    const std::string secret = "S3" + letters + "S3";
    std::string before = noise;
    before += "\n{\"password\":\"" + secret + "\"}";
    RC_ASSERT(redactSecrets(before).find(secret) == std::string::npos);
    RC_ASSERT(redactSecrets(noise + "\npassword=" + secret).find(secret) == std::string::npos);
}

} // namespace
} // namespace tracedeck
