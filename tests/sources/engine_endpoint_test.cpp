// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_api_version.h"
#include "sources/engine_endpoint.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

struct Address {
    const char16_t* typed;
    const char16_t* text; ///< null = refused
};

class EndpointText : public testing::TestWithParam<Address> { };

TEST_P(EndpointText, IsReadAsItIsMeant)
{
    const auto endpoint = EngineEndpoint::fromText(QString::fromUtf16(GetParam().typed));
    ASSERT_EQ(endpoint.has_value(), GetParam().text != nullptr);
    if (endpoint) {
        EXPECT_EQ(endpoint->text(), QString::fromUtf16(GetParam().text));
        EXPECT_EQ(EngineEndpoint::fromText(endpoint->text()), endpoint) << "what it writes it reads";
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, EndpointText,
    testing::Values(Address{u"/run/docker.sock", u"unix:///run/docker.sock"},
                    Address{u"  /run/docker.sock ", u"unix:///run/docker.sock"},
                    Address{u"unix:///run/podman/podman.sock", u"unix:///run/podman/podman.sock"},
                    Address{u"unix:/run/a.sock", u"unix:///run/a.sock"},
                    Address{u"UNIX:////run/a.sock", u"unix:///run/a.sock"}, Address{u"unix:", nullptr},
                    Address{u"unix:relative", nullptr}, Address{u"unix:///", nullptr}, Address{u"/", nullptr},
                    Address{u"tcp://host:2375", u"tcp://host:2375"}, Address{u"tcp://host", u"tcp://host:2375"},
                    Address{u"tcp://host:2376", u"https://host:2376"}, Address{u"http://host", u"tcp://host:2375"},
                    Address{u"https://host", u"https://host:2376"}, Address{u"https://host:9000", u"https://host:9000"},
                    Address{u"tcp://[fe80::1]:2375", u"tcp://[fe80::1]:2375"}, Address{u"ssh://host", nullptr},
                    Address{u"tcp://", nullptr}, Address{u"tcp://host:99999", nullptr}, Address{u"host:2375", nullptr},
                    Address{u"", nullptr}));

HttpResponseHead ping(const char* api, const char* podman = nullptr)
{
    HttpResponseHead head;
    head.status = 200;
    if (api != nullptr) {
        head.fields.emplace_back("api-version", api);
    }
    if (podman != nullptr) {
        head.fields.emplace_back("libpod-api-version", podman);
    }
    return head;
}

struct Version {
    const char* offered;
    const char* spoken; ///< null = refused
};

class EngineVersion : public testing::TestWithParam<Version> { };

TEST_P(EngineVersion, IsTheNewestBothKnow)
{
    const auto version = negotiateEngineVersion(ping(GetParam().offered));
    ASSERT_EQ(version.ok(), GetParam().spoken != nullptr);
    if (version.ok()) {
        EXPECT_EQ(version->api, GetParam().spoken);
        EXPECT_EQ(version->podman, "");
    } else {
        EXPECT_EQ(version.error().code, ErrorCode::Unsupported);
    }
}

INSTANTIATE_TEST_SUITE_P(Table, EngineVersion,
                         testing::Values(Version{"1.41", "1.41"}, Version{"1.47", "1.47"}, Version{"1.48", "1.47"},
                                         Version{"2.0", "1.47"}, Version{"1.24", "1.24"}, Version{"1.23", nullptr},
                                         Version{"1.9", nullptr}, Version{"0.99", nullptr}, Version{"", nullptr},
                                         Version{nullptr, nullptr}, Version{"1", nullptr}, Version{"1.", nullptr},
                                         Version{"1.41x", nullptr}, Version{"v1.41", nullptr}));

struct Refusal {
    int status;
    ErrorCode code;
    bool retryable;
};

class EngineRefusal : public testing::TestWithParam<Refusal> { };

TEST_P(EngineRefusal, SaysTheEnginesOwnSentence)
{
    const Error error = engineStatusError(GetParam().status, R"({"message":"no such container"})", "docker");
    EXPECT_EQ(error.code, GetParam().code);
    EXPECT_EQ(error.retryable, GetParam().retryable);
    EXPECT_EQ(error.source, "docker");
    EXPECT_EQ(error.what, "answered " + std::to_string(GetParam().status) + ": no such container");
}

INSTANTIATE_TEST_SUITE_P(
    Table, EngineRefusal,
    testing::Values(Refusal{401, ErrorCode::Unauthorized, false}, Refusal{403, ErrorCode::PermissionDenied, false},
                    Refusal{404, ErrorCode::NotFound, false}, Refusal{400, ErrorCode::Unsupported, true},
                    Refusal{429, ErrorCode::Busy, true}, Refusal{503, ErrorCode::Busy, true},
                    Refusal{500, ErrorCode::Internal, true}, Refusal{302, ErrorCode::Internal, true}));

} // namespace

TEST(EngineVersion, PodmanIsAskedByItsNumbersOnly)
{
    EXPECT_EQ(negotiateEngineVersion(ping("1.41", "4.3.1"))->podman, "4.3.1");
    EXPECT_EQ(negotiateEngineVersion(ping("1.41", "5.0.0-dev"))->podman, "5.0.0");
    EXPECT_EQ(negotiateEngineVersion(ping("1.41", "../../evil"))->podman, "") << "it becomes part of a path";
    EXPECT_EQ(negotiateEngineVersion(ping("1.41", "-"))->podman, "");
}

TEST(Fingerprint, SpellingDoesNotCountButEmptyMatchesNothing)
{
    const QString printed = certificateFingerprint("certificate");
    EXPECT_EQ(printed.size(), 32 * 3 - 1);
    EXPECT_EQ(printed, printed.toUpper());
    EXPECT_TRUE(sameFingerprint(printed, printed.toLower().remove(u':')));
    EXPECT_TRUE(sameFingerprint(QStringLiteral("aa bb"), QStringLiteral("AA:BB")));
    EXPECT_FALSE(sameFingerprint(printed, certificateFingerprint("another")));
    EXPECT_FALSE(sameFingerprint({}, {}));
    EXPECT_FALSE(sameFingerprint(QStringLiteral(" : "), {}));
}

RC_GTEST_PROP(EndpointProperty, anyTextIsAnsweredAndWhatIsReadStays, (const std::string& typed))
{
    const auto endpoint = EngineEndpoint::fromText(QString::fromStdString(typed));
    if (endpoint) {
        RC_ASSERT(EngineEndpoint::fromText(endpoint->text()).has_value());
    }
}
