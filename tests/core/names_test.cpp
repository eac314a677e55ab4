// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infrastructure_table.h"
#include "core/platform.h"
#include "core/result.h"
#include "core/trace_list_request.h"
#include "core/workload_table.h"

#include <cctype>
#include <gtest/gtest.h>
#include <memory>
#include <set>

using namespace tracedeck;

TEST(Platforms, keysAndLabelsAreDistinctAndReadBack)
{
    std::set<std::string_view> keys;
    std::set<std::string_view> labels;
    PlatformSet all = 0;
    for (unsigned i = 0; i < static_cast<unsigned>(Platform::Count); ++i) {
        const auto platform = static_cast<Platform>(i);
        EXPECT_TRUE(keys.insert(platformKey(platform)).second) << platformKey(platform);
        EXPECT_TRUE(labels.insert(platformLabel(platform)).second) << platformLabel(platform);
        EXPECT_FALSE(platformLabel(platform).empty());
        EXPECT_EQ(platformFromKey(platformKey(platform)), platform);
        std::string shouted(platformKey(platform));
        for (char& c : shouted) {
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        EXPECT_EQ(platformFromKey(shouted), platform);
        EXPECT_EQ(all & platformBit(platform), 0U);
        all |= platformBit(platform);
    }
    EXPECT_EQ(platformKey(Platform::Count), "");
    EXPECT_EQ(platformLabel(Platform::Count), "");
}

TEST(Platforms, aliasesOfTheReference)
{
    const std::pair<const char*, Platform> aliases[] = {
        {"k8s", Platform::Kubernetes},        {"pve", Platform::ProxmoxVe},
        {"proxmox", Platform::ProxmoxVe},     {"pbs", Platform::ProxmoxBackup},
        {"pmg", Platform::ProxmoxMail},       {"vmware", Platform::VmwareVsphere},
        {"hyper-v", Platform::HyperV},        {"availability-probe", Platform::Availability},
        {"endpoint", Platform::Availability}, {"network-endpoint", Platform::Availability},
        {"K8S", Platform::Kubernetes},        {"Hyper-V", Platform::HyperV}};
    for (const auto& [alias, platform] : aliases) {
        EXPECT_EQ(platformFromKey(alias), platform) << alias;
    }
    for (const char* unknown : {"", " ", "docke", "dockers", "k8", "proxmox-", "proxmox-all", "\xff"}) {
        EXPECT_EQ(platformFromKey(unknown), Platform::Count) << unknown;
    }
}

TEST(Platforms, keysStayAsSettingsAndQueriesKnowThem)
{
    EXPECT_EQ(platformKey(Platform::ProxmoxVe), "proxmox-pve");
    EXPECT_EQ(platformKey(Platform::HyperV), "microsoft-hyperv");
    EXPECT_EQ(platformKey(Platform::Synology), "synology-dsm");
    EXPECT_EQ(platformKey(Platform::LocalMachine), "local");
    EXPECT_EQ(platformLabel(Platform::LocalMachine), "This machine");
}

TEST(InfrastructureNames, typesAndStatusesAreDistinct)
{
    std::set<std::string_view> typeKeys;
    std::set<std::string_view> typeLabels;
    for (int i = 0; i < static_cast<int>(InfrastructureType::Count); ++i) {
        const auto type = static_cast<InfrastructureType>(i);
        EXPECT_TRUE(typeKeys.insert(infrastructureTypeKey(type)).second);
        EXPECT_TRUE(typeLabels.insert(infrastructureTypeLabel(type)).second);
    }
    EXPECT_EQ(typeKeys.count(""), 0U);
    EXPECT_EQ(infrastructureTypeKey(InfrastructureType::Count), "");
    EXPECT_EQ(infrastructureTypeLabel(InfrastructureType::Count), "");
    std::set<std::string_view> statusKeys;
    for (int i = 0; i <= static_cast<int>(InfrastructureStatus::Other); ++i) {
        EXPECT_TRUE(statusKeys.insert(infrastructureStatusKey(static_cast<InfrastructureStatus>(i))).second);
    }
}

TEST(InfrastructureNames, sourceWordsMapAsTheReferenceMapsThem)
{
    const std::pair<const char*, InfrastructureStatus> words[] = {
        {"online", InfrastructureStatus::Online},     {"running", InfrastructureStatus::Online},
        {"RUNNING", InfrastructureStatus::Online},    {"offline", InfrastructureStatus::Offline},
        {"stopped", InfrastructureStatus::Offline},   {"warning", InfrastructureStatus::Degraded},
        {"Degraded", InfrastructureStatus::Degraded}, {"paused", InfrastructureStatus::Paused},
        {"unknown", InfrastructureStatus::Unknown},   {"", InfrastructureStatus::Unknown},
        {"rebooting", InfrastructureStatus::Unknown}, {"online ", InfrastructureStatus::Unknown}};
    for (const auto& [word, status] : words) {
        EXPECT_EQ(infrastructureStatusFromText(word), status) << word;
    }
}

TEST(WorkloadNames, keysBadgesAndPluralsAreDistinct)
{
    std::set<std::string_view> keys;
    std::set<std::string_view> badges;
    std::set<std::string_view> plurals;
    for (int i = 0; i < static_cast<int>(WorkloadType::Count); ++i) {
        const auto type = static_cast<WorkloadType>(i);
        EXPECT_TRUE(keys.insert(workloadTypeKey(type)).second);
        EXPECT_TRUE(badges.insert(workloadTypeBadge(type)).second);
        EXPECT_TRUE(plurals.insert(workloadTypePlural(type)).second);
        EXPECT_LE(workloadTypeBadge(type).size(), 4U) << "a badge has one narrow column";
    }
    EXPECT_EQ(workloadTypeKey(WorkloadType::Count), "");
    EXPECT_EQ(workloadTypePlural(WorkloadType::Unit), "Units");
}

TEST(TraceOrders, keysReadBack)
{
    std::set<std::string_view> keys;
    for (int i = 0; i <= static_cast<int>(TraceOrder::ErrorsDescending); ++i) {
        const auto order = static_cast<TraceOrder>(i);
        EXPECT_TRUE(keys.insert(traceOrderKey(order)).second);
        EXPECT_EQ(traceOrderFromKey(traceOrderKey(order)), order);
    }
    EXPECT_EQ(keys.size(), 6U);
    for (const char* unknown : {"", "start", "START-DESC", "start-desc ", "spans-asc"}) {
        EXPECT_FALSE(traceOrderFromKey(unknown).has_value()) << unknown;
    }
}

TEST(Results, holdAValueOrAReason)
{
    const Result<int> good(5);
    EXPECT_TRUE(good.ok());
    EXPECT_TRUE(static_cast<bool>(good));
    EXPECT_EQ(*good, 5);
    Result<std::string> text(std::string("abc"));
    text.value() += "d";
    EXPECT_EQ(text->size(), 4U);
    const Result<int> bad(makeError(ErrorCode::Busy, "source", "what", "hint", true));
    EXPECT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().code, ErrorCode::Busy);
    EXPECT_EQ(bad.error().hint, "hint");
    EXPECT_TRUE(bad.error().retryable);
    EXPECT_EQ(bad.error().cause, nullptr);
}

TEST(Results, moveWhatCannotBeCopied)
{
    Result<std::unique_ptr<int>> owner(std::make_unique<int>(7));
    const std::unique_ptr<int> taken = std::move(owner).value();
    EXPECT_EQ(*taken, 7);
}

TEST(Results, anErrorIsAValueLikeAnyOther)
{
    // A result of an error type would be ambiguous; a result of nothing carries its reason in copies too.
    Result<void> failed(makeError(ErrorCode::NotFound, "s", "w"));
    const Result<void> copy = failed;
    failed = Result<void>();
    EXPECT_TRUE(failed.ok());
    ASSERT_FALSE(copy.ok());
    EXPECT_EQ(copy.error().code, ErrorCode::NotFound);
    EXPECT_TRUE(static_cast<bool>(Result<void>()));
}
