// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_resource_stamp.h"

#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"

#include <gtest/gtest.h>
#include <map>
#include <protozero/pbf_writer.hpp>
#include <rapidcheck.h>

using namespace tracedeck;

namespace {

using Texts = std::map<std::string, std::string>;

const PeerPlace kPeer{"172.17.0.3", "c0ffee", {}, "node", {}};

std::string resourceOf(const Texts& attributes)
{
    std::string out;
    protozero::pbf_writer resource(out);
    for (const auto& [key, text] : attributes) {
        protozero::pbf_writer attribute(resource, 1);
        attribute.add_string(1, key);
        protozero::pbf_writer value(attribute, 2);
        value.add_string(1, text);
    }
    return out;
}

/// One group per resource; an empty map is a group without a resource.
std::string bodyOf(const std::vector<Texts>& resources)
{
    std::string out;
    protozero::pbf_writer body(out);
    for (const Texts& attributes : resources) {
        protozero::pbf_writer group(body, 1);
        if (!attributes.empty()) {
            group.add_message(1, resourceOf(attributes));
        }
        protozero::pbf_writer scope(group, 2);
        protozero::pbf_writer span(scope, 2);
        span.add_bytes(1, std::string(16, '\x11'));
        span.add_bytes(2, std::string(8, '\x22'));
        span.add_string(5, "GET /");
    }
    return out;
}

std::vector<Texts> resourcesOf(const std::string& body)
{
    OtlpTraces decoded;
    EXPECT_TRUE(decodeOtlpTraces(body, OtlpEncoding::Protobuf, decoded));
    std::vector<Texts> out;
    for (const std::uint32_t resource : decoded.spans.resource) {
        const IndexRange range = decoded.spans.resources.attributes[resource];
        Texts texts;
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            texts.emplace(decoded.spans.strings.view(decoded.spans.attributeRows.key[i]),
                          decoded.spans.strings.view(static_cast<StringId>(decoded.spans.attributeRows.payload[i])));
        }
        out.push_back(std::move(texts));
    }
    return out;
}

TEST(ResourceStamp, GoesIntoResourcesThatNameNoWorkload)
{
    const Texts container{{"container.id", "abc"}};
    const Texts stampedBefore{{"tracedeck.peer.unit", "cart.service"}};
    const std::string out = stampResources(
        bodyOf({{{"service.name", "cart"}}, container, {}, {{"k8s.pod.name", "x"}}, stampedBefore}), kPeer);
    const Texts stamp{{"tracedeck.peer.address", "172.17.0.3"},
                      {"tracedeck.peer.container", "c0ffee"},
                      {"tracedeck.peer.process", "node"}};
    Texts cart = stamp;
    cart.emplace("service.name", "cart");
    EXPECT_EQ(resourcesOf(out), (std::vector<Texts>{cart, container, stamp, {{"k8s.pod.name", "x"}}, stampedBefore}));
}

TEST(ResourceStamp, SaysWhyNothingIsKnown)
{
    PeerPlace peer;
    peer.note = "nginx passes on what others send";
    EXPECT_FALSE(peer.isEmpty());
    const Texts said{{std::string(kPeerNoteAttribute), peer.note}};
    EXPECT_EQ(resourcesOf(stampResources(bodyOf({Texts()}), peer)), std::vector<Texts>{said});
}

TEST(ResourceStamp, NothingToSayOrNothingToChangeIsNoCopy)
{
    EXPECT_EQ(stampResources(bodyOf({{{"service.name", "cart"}}}), PeerPlace()), "");
    EXPECT_EQ(stampResources(bodyOf({{{"container.name", "cart"}}}), kPeer), "");
    EXPECT_EQ(stampResources("", kPeer), "");
    EXPECT_EQ(stampResources("\x0a\x7f", kPeer), "") << "cut short";
}

TEST(ResourceStamp, FieldsOfALaterVersionStayWhereTheyAre)
{
    std::string body;
    protozero::pbf_writer writer(body);
    writer.add_uint64(15, 7);
    writer.add_message(1, std::string("\x98\x01\x05", 3)); // field 19 of ResourceSpans
    writer.add_string(16, "later");
    const std::string out = stampResources(body, kPeer);
    EXPECT_TRUE(out.starts_with(std::string("\x78\x07", 2)));
    EXPECT_NE(out.find("\x98\x01\x05"), std::string::npos);
    EXPECT_TRUE(out.ends_with("later"));
}

TEST(ResourceStamp, AnyBytesAreSafe)
{
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        const std::string out = stampResources(bytes, kPeer);
        RC_ASSERT((out.empty() || out.size() > bytes.size()));
    }));
}

} // namespace
