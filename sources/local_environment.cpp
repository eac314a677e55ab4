// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_environment.h"

#include "sources/system_unit_list.h"

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace tracedeck {
namespace {

struct FreeAddresses {
    void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::optional<std::string> addressText(const ifaddrs& entry)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (entry.ifa_addr == nullptr || (entry.ifa_flags & IFF_UP) == 0 || (entry.ifa_flags & IFF_LOOPBACK) != 0) {
        return std::nullopt;
    }
    const void* address = nullptr;
    if (entry.ifa_addr->sa_family == AF_INET) {
        address = &reinterpret_cast<const sockaddr_in*>(entry.ifa_addr)->sin_addr;
    } else if (entry.ifa_addr->sa_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6*>(entry.ifa_addr)->sin6_addr;
        if (IN6_IS_ADDR_LINKLOCAL(&v6)) {
            return std::nullopt;
        }
        address = &v6;
    }
    if (address == nullptr || inet_ntop(entry.ifa_addr->sa_family, address, text.data(), text.size()) == nullptr) {
        return std::nullopt;
    }
    return std::string(text.data());
}

std::vector<std::string> liveAddresses()
{
    std::vector<std::string> result;
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0) {
        return result;
    }
    const std::unique_ptr<ifaddrs, FreeAddresses> list(first);
    for (const ifaddrs* entry = first; entry != nullptr; entry = entry->ifa_next) {
        if (auto text = addressText(*entry)) {
            result.push_back(std::move(*text));
        }
    }
    return result;
}

std::optional<FilesystemUsage> liveUsage(const std::string& mountPoint)
{
    struct statvfs status { };
    if (statvfs(mountPoint.c_str(), &status) != 0 || status.f_blocks == 0) {
        return std::nullopt;
    }
    const auto unit = static_cast<std::int64_t>(status.f_frsize);
    return FilesystemUsage{static_cast<std::int64_t>(status.f_blocks - status.f_bfree) * unit,
                           static_cast<std::int64_t>(status.f_bavail) * unit};
}

template <class Clock> std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

} // namespace

LocalEnvironment liveEnvironment()
{
    LocalEnvironment environment;
    environment.monotonicNs = nowNs<std::chrono::steady_clock>;
    environment.wallNs = nowNs<std::chrono::system_clock>;
    environment.filesystemUsage = liveUsage;
    environment.addresses = liveAddresses;
    environment.systemUnits = [manager = std::make_shared<SystemUnitList>()] {
        return manager->read(nowNs<std::chrono::steady_clock>()).value_or(std::vector<SystemUnit>());
    };
    environment.ticksPerSecond = sysconf(_SC_CLK_TCK);
    environment.pageBytes = sysconf(_SC_PAGESIZE);
    return environment;
}

} // namespace tracedeck
