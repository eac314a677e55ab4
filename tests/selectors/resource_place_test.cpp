// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/resource_place.h"

#include "tests/support/query_tables.h"

#include <gtest/gtest.h>
#include <string>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

ResourceIdentity with(ResourceKey key, std::string_view value)
{
    ResourceIdentity identity{};
    identity[static_cast<std::size_t>(key)] = value;
    return identity;
}

std::string place(const std::optional<ResourcePlace>& found)
{
    return found ? std::to_string(found->row) + " by " + std::string(found->key) : "none";
}

std::string workload(const ResourceIdentity& identity, std::string_view service = {})
{
    return place(findWorkload(sampleWorkloads(), identity, service));
}

TEST(ResourcePlaces, aWorkloadIsFoundByTheSurestAttributeItShares)
{
    EXPECT_EQ(workload(with(ResourceKey::ContainerId, "4bf92f3577b34da6a3ce929d0e0e4736")), "2 by container.id");
    EXPECT_EQ(workload(with(ResourceKey::ContainerId, "4bf92f3577b3")), "2 by container.id");
    EXPECT_EQ(workload(with(ResourceKey::ContainerId, "4bf92f3577")), "none");
    EXPECT_EQ(workload(with(ResourceKey::PodName, "M\xC3\xBCller-API")), "3 by k8s.pod.name");
    EXPECT_EQ(workload(with(ResourceKey::ContainerName, "session-cache")), "2 by container.name");
    EXPECT_EQ(workload(with(ResourceKey::ContainerName, "checkout-web")), "none") << "that is a machine";
    EXPECT_EQ(workload(with(ResourceKey::HostName, "checkout-web")), "0 by host.name");
    EXPECT_EQ(workload({}, "edge-proxy"), "1 by service.name");
    EXPECT_EQ(workload({}, "nobody"), "none");
    EXPECT_EQ(workload({}, ""), "none");
    ResourceIdentity both = with(ResourceKey::HostName, "checkout-web");
    both[static_cast<std::size_t>(ResourceKey::ContainerId)] = "4bf92f3577b34da6";
    EXPECT_EQ(workload(both, "edge-proxy"), "2 by container.id");
}

TEST(ResourcePlaces, aPodOfAnotherNamespaceIsAnotherPod)
{
    ResourceIdentity pod = with(ResourceKey::PodName, "M\xC3\xBCller-API");
    pod[static_cast<std::size_t>(ResourceKey::Namespace)] = "kube-system";
    EXPECT_EQ(workload(pod), "3 by k8s.pod.name");
    pod[static_cast<std::size_t>(ResourceKey::Namespace)] = "default";
    EXPECT_EQ(workload(pod), "none");
}

TEST(ResourcePlaces, theConnectionNamesAWorkloadThatTheResourceDoesNot)
{
    WorkloadTable t = sampleWorkloads();
    t.type[1] = WorkloadType::Unit;
    const auto by = [&t](ResourceKey key, std::string_view value, std::string_view service = {}) {
        return place(findWorkload(t, with(key, value), service));
    };
    EXPECT_EQ(by(ResourceKey::PeerContainer, "4bf92f3577b34da6a3ce929d0e0e4736", "checkout-web"),
              "2 by connection peer");
    EXPECT_EQ(by(ResourceKey::PeerUnit, "edge-proxy"), "1 by connection peer");
    EXPECT_EQ(by(ResourceKey::PeerUnit, "session-cache"), "none") << "a container goes by its id";
    EXPECT_EQ(by(ResourceKey::PeerProcess, "edge-proxy"), "1 by connection peer");
    EXPECT_EQ(by(ResourceKey::PeerAddress, "10.0.0.1"), "0 by connection peer");
    EXPECT_EQ(by(ResourceKey::PeerAddress, "10.0.0.9", "checkout-web"), "0 by service.name");
}

TEST(ResourcePlaces, aNameThatTwoRowsShareNamesNeither)
{
    WorkloadTable t = sampleWorkloads();
    t.name[1] = t.name[0];
    EXPECT_EQ(place(findWorkload(t, {}, "checkout-web")), "none");
    t.name[1] = t.strings.intern("cart.service");
    t.type[1] = WorkloadType::Unit;
    EXPECT_EQ(place(findWorkload(t, {}, "cart")), "1 by service.name");
}

TEST(ResourcePlaces, aHostIsFoundByMachineIdThenName)
{
    InfrastructureTable t = sampleHosts();
    t.machineId = {t.strings.intern("9f86d081"), 0};
    EXPECT_EQ(place(findHost(t, with(ResourceKey::HostId, "9f86d081"))), "0 by host.id");
    EXPECT_EQ(place(findHost(t, with(ResourceKey::HostName, "nas.lan"))), "0 by host.name");
    EXPECT_EQ(place(findHost(t, with(ResourceKey::HostName, "backup"))), "1 by host.name");
    EXPECT_EQ(place(findHost(t, with(ResourceKey::Node, "backup"))), "1 by k8s.node.name");
    t.ipAddresses = {};
    addTexts(t.strings, t.ipAddresses, {"10.0.0.7"});
    EXPECT_EQ(place(findHost(t, with(ResourceKey::PeerAddress, "10.0.0.7"))), "0 by connection peer");
    EXPECT_EQ(place(findHost(t, {})), "none") << "rows without a machine id are not all the same host";
}

TEST(ResourcePlaces, readsTheIdentityOfASpansResource)
{
    SpanTable spans;
    const auto add = [&](const char* key, AttributeType type, std::uint64_t payload) {
        spans.attributeRows.add(spans.strings.intern(key), type, payload);
    };
    add("host.name", AttributeType::String, spans.strings.intern("edge-1"));
    add("process.pid", AttributeType::Int, 7);
    add("host.id", AttributeType::Int, 7);
    add("telemetry.sdk.name", AttributeType::String, spans.strings.intern("any"));
    spans.resources.attributes = {{0, 4}, {0, 0}};
    spans.resources.serviceName = {0, 0};
    EXPECT_EQ(resourceIdentity(spans, 0), with(ResourceKey::HostName, "edge-1"));
    EXPECT_EQ(resourceIdentity(spans, 1), ResourceIdentity{});
}

} // namespace
