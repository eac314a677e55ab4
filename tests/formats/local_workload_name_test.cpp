// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/local_workload_name.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

const std::string kId(64, 'a');

struct Case {
    std::string path;
    WorkloadType type;
    std::string name;
    std::string runtime;
    std::string kind;
};

TEST(LocalWorkloadName, KnowsEveryFormOfCgroup)
{
    const std::string shortId = kId.substr(0, 12);
    const std::vector<Case> cases{
        {"/system.slice/cron.service", WorkloadType::Unit, "cron.service", "", "service"},
        {"/init.scope", WorkloadType::Unit, "init.scope", "", "scope"},
        {"/user.slice/user-1000.slice/session-3.scope", WorkloadType::Unit, "session-3.scope", "", "session"},
        {"/user.slice/user-1000.slice/user@1000.service/app.slice/a.service", WorkloadType::Unit, "a.service", "",
         "service"},
        {"/system.slice/run-r0ab.scope", WorkloadType::Unit, "run-r0ab.scope", "", "transient unit"},
        {"/system.slice/dev-disk\\x2dby.service", WorkloadType::Unit, "dev-disk-by.service", "", "service"},
        {"/system.slice/docker-" + kId + ".scope", WorkloadType::AppContainer, shortId, "docker", "container"},
        {"/docker/" + kId, WorkloadType::AppContainer, shortId, "docker", "container"},
        {"/machine.slice/libpod-" + kId + ".scope", WorkloadType::AppContainer, shortId, "podman", "container"},
        {"/libpod_parent/libpod-" + kId, WorkloadType::AppContainer, shortId, "podman", "container"},
        {"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/crio-" + kId + ".scope",
         WorkloadType::AppContainer, shortId, "cri-o", "container"},
        {"/kubepods.slice/x.slice/cri-containerd-" + kId + ".scope", WorkloadType::AppContainer, shortId, "containerd",
         "container"},
        {"/kubepods/burstable/pod1-2/" + kId, WorkloadType::AppContainer, shortId, "kubernetes", "container"},
        {"/lxc/web", WorkloadType::SystemContainer, "web", "lxc", "system container"},
        {"/lxc.payload.web", WorkloadType::SystemContainer, "web", "lxc", "system container"},
        {"/qemu.slice/101.scope", WorkloadType::Vm, "101", "qemu", "virtual machine"},
        {"/machine.slice/machine-qemu\\x2d3\\x2dmy\\x2dvm.scope", WorkloadType::Vm, "my-vm", "qemu", "virtual machine"},
        {"/machine.slice/machine-guest.scope", WorkloadType::SystemContainer, "guest", "machined", "system container"},
        {"/machine.slice/systemd-nspawn@box.service", WorkloadType::SystemContainer, "box", "nspawn",
         "system container"},
    };
    for (const Case& expected : cases) {
        LocalWorkloadName name;
        ASSERT_EQ(classifyCgroup(expected.path, name), CgroupRole::Workload) << expected.path;
        EXPECT_EQ(name.type, expected.type) << expected.path;
        EXPECT_EQ(name.name, expected.name) << expected.path;
        EXPECT_EQ(name.runtime, expected.runtime) << expected.path;
        EXPECT_EQ(name.kind, expected.kind) << expected.path;
    }
}

TEST(LocalWorkloadName, KeepsIdsPodsAndGuestNumbers)
{
    LocalWorkloadName name;
    (void)classifyCgroup("/kubepods.slice/kubepods-burstable-pod12_ab.slice/crio-" + kId + ".scope", name);
    EXPECT_EQ(name.podId, "12-ab");
    EXPECT_EQ(name.containerId, kId);
    (void)classifyCgroup("/kubepods/besteffort/pod12-ab/" + kId, name);
    EXPECT_EQ(name.podId, "12-ab");
    EXPECT_EQ(name.slice, "kubepods/besteffort/pod12-ab");
    (void)classifyCgroup("/kubepods/" + kId, name);
    EXPECT_EQ(name.podId, "");
    (void)classifyCgroup("/qemu.slice/101.scope", name);
    EXPECT_EQ(name.vmid, 101);
    (void)classifyCgroup("/lxc/205", name);
    EXPECT_EQ(name.vmid, 205);
}

TEST(LocalWorkloadName, FoldersAndHelpersAreNoRows)
{
    LocalWorkloadName name;
    for (const char* path : {"/", "", "/system.slice", "/user.slice/user-1.slice/user@1.service", "/docker",
                             "/docker/short", "/kubepods/burstable/pod1-2", "/machine.slice"}) {
        EXPECT_EQ(classifyCgroup(path, name), CgroupRole::Folder) << path;
    }
    for (const std::string& path :
         {std::string("/system.slice/home.mount"), "/machine.slice/libpod-conmon-" + kId + ".scope",
          std::string("/libpod_parent/conmon"), std::string("/lxc.monitor.web"), std::string("/lxc.monitor/web")}) {
        EXPECT_EQ(classifyCgroup(path, name), CgroupRole::Ignored) << path;
    }
}

TEST(LocalWorkloadName, EscapesThatAreCutStayAsTheyAre)
{
    EXPECT_EQ(unescapedUnitName("a\\x2db"), "a-b");
    EXPECT_EQ(unescapedUnitName("a\\x2"), "a\\x2");
    EXPECT_EQ(unescapedUnitName("a\\xzz"), "a\\xzz");
    EXPECT_EQ(unescapedUnitName("\\"), "\\");
}

} // namespace
} // namespace tracedeck
