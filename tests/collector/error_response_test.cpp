// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/error_response.h"

#include "collector/metrics_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <sstream>
#include <tuple>

namespace tracedeck::test {
namespace {

std::string fieldOf(const HttpResponse& response, const std::string& name)
{
    for (const HttpField& field : response.fields) {
        if (field.name == name)
            return field.value;
    }
    return {};
}

TEST(ErrorResponse, EveryCodeHasAStatusARpcCodeAndAPatience)
{
    using Row = std::tuple<ErrorCode, int, int, const char*>;
    for (const auto& [code, status, rpc, retryAfter] :
         {Row{ErrorCode::InvalidArgument, 400, 3, ""}, Row{ErrorCode::Malformed, 400, 3, ""},
          Row{ErrorCode::Unauthorized, 401, 16, ""}, Row{ErrorCode::PermissionDenied, 403, 7, ""},
          Row{ErrorCode::NotFound, 404, 5, ""}, Row{ErrorCode::TooLarge, 413, 3, ""},
          Row{ErrorCode::Unsupported, 415, 3, ""}, Row{ErrorCode::Busy, 429, 8, "1"},
          Row{ErrorCode::StorageFull, 503, 14, "30"}, Row{ErrorCode::ReadOnly, 503, 14, "30"},
          Row{ErrorCode::TimedOut, 503, 14, "2"}, Row{ErrorCode::Cancelled, 503, 14, "2"},
          Row{ErrorCode::Internal, 500, 13, ""}, Row{ErrorCode::Corrupt, 500, 13, ""}}) {
        const Error error = makeError(code, "here", "what happened", "what to do");
        EXPECT_EQ(httpStatusOf(error), status);
        EXPECT_EQ(rpcCodeOf(error), rpc);
        const HttpResponse api = apiErrorResponse(error);
        EXPECT_EQ(api.status, status);
        EXPECT_EQ(fieldOf(api, "Retry-After"), retryAfter);
        EXPECT_EQ(fieldOf(api, "WWW-Authenticate").empty(), status != 401);
        const auto json = nlohmann::json::parse(api.body);
        EXPECT_EQ(json.at("error").at("what"), "what happened");
        EXPECT_EQ(json.at("error").at("hint"), "what to do");
        EXPECT_EQ(api.body.find("here"), std::string::npos); // where is our business
    }
    EXPECT_EQ(httpStatusOf(makeError(ErrorCode::Internal, "", "", "", true)), 503); // worth another try
}

TEST(ErrorResponse, OtlpErrorsSpeakTheEncodingOfTheRequest)
{
    const Error error = makeError(ErrorCode::Malformed, "otlp", "no such field", "Send protobuf");
    const HttpResponse json = otlpErrorResponse(OtlpEncoding::Json, error);
    EXPECT_EQ(fieldOf(json, "Content-Type"), "application/json");
    EXPECT_EQ(nlohmann::json::parse(json.body).at("code"), 3);
    EXPECT_EQ(nlohmann::json::parse(json.body).at("message"), "no such field. Send protobuf");
    const HttpResponse protobuf = otlpErrorResponse(OtlpEncoding::Protobuf, error);
    EXPECT_EQ(fieldOf(protobuf, "Content-Type"), "application/x-protobuf");
    EXPECT_EQ(protobuf.body.substr(0, 2), "\x08\x03"); // field 1, code 3
    EXPECT_NE(protobuf.body.find("no such field. Send protobuf"), std::string::npos);
}

TEST(MetricsText, EveryMetricIsDeclaredOnceAndHasANumber)
{
    StoreStatus status;
    status.spans = 12;
    ServerCounters counters;
    counters.pushRefused = 3;
    const std::string text = metricsText(status, counters, "1.0 \"beta\\\n");
    std::set<std::string> declared;
    std::set<std::string> valued;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first;
        std::string second;
        std::string name;
        words >> first >> second >> name;
        if (first == "#" && second == "TYPE") {
            EXPECT_TRUE(declared.insert(name).second) << name;
        } else if (first != "#") {
            valued.insert(first.substr(0, first.find('{')));
            EXPECT_NE(line.find_last_of("0123456789"), std::string::npos) << line;
        }
    }
    EXPECT_EQ(valued, declared);
    EXPECT_GT(declared.size(), 15U);
    EXPECT_NE(text.find("\ntracedeck_push_refused_total 3\n"), std::string::npos);
    EXPECT_NE(text.find("version=\"1.0 \\\"beta\\\\\\n\""), std::string::npos); // escaped, on one line
    for (const std::string& name : declared)
        EXPECT_TRUE(name.starts_with("tracedeck_")) << name;
}

} // namespace
} // namespace tracedeck::test
