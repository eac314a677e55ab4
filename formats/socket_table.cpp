// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/socket_table.h"

#include "formats/local_text_scan.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstring>

namespace tracedeck {
namespace {

constexpr std::string_view kListening = "0A";
constexpr std::size_t kWordDigits = 8;
constexpr std::array<unsigned char, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

template <class T> std::optional<T> hexNumber(std::string_view text)
{
    T value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::string addressText(int family, const void* bytes)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    return ::inet_ntop(family, bytes, text.data(), text.size()) == nullptr ? std::string() : std::string(text.data());
}

/// 16 bytes of IPv6, or of IPv4 mapped into it.
std::string addressOf(const std::array<unsigned char, 16>& bytes)
{
    const bool mapped = std::memcmp(bytes.data(), kMappedPrefix.data(), kMappedPrefix.size()) == 0;
    return mapped ? addressText(AF_INET, bytes.data() + kMappedPrefix.size()) : addressText(AF_INET6, bytes.data());
}

/// "0100007F:1267": words as the kernel holds them in memory, the port as a number.
std::optional<SocketAddress> kernelAddress(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const bool known = colon == kWordDigits || colon == 4 * kWordDigits;
    const auto port = known ? hexNumber<std::uint16_t>(text.substr(colon + 1)) : std::nullopt;
    if (!port) {
        return std::nullopt;
    }
    std::array<unsigned char, 16> bytes{};
    for (std::size_t word = 0; word * kWordDigits < colon; ++word) {
        const auto value = hexNumber<std::uint32_t>(text.substr(word * kWordDigits, kWordDigits));
        if (!value) {
            return std::nullopt;
        }
        std::memcpy(bytes.data() + 4 * word, &*value, 4);
    }
    return SocketAddress{colon == kWordDigits ? addressText(AF_INET, bytes.data()) : addressOf(bytes), *port};
}

} // namespace

std::optional<SocketAddress> parseSocketAddress(std::string_view text)
{
    std::string plain(text);
    for (const auto& [written, meant] : {std::pair("%5B", "["), std::pair("%5D", "]")}) {
        if (const std::size_t at = plain.find(written); at != std::string::npos) {
            plain.replace(at, 3, meant);
        }
    }
    std::string_view rest = plain;
    if (rest.starts_with("ipv4:") || rest.starts_with("ipv6:")) {
        rest.remove_prefix(5);
    }
    const std::size_t colon = rest.rfind(':');
    const auto port = colon == std::string_view::npos ? std::nullopt : numberOf<std::uint16_t>(rest.substr(colon + 1));
    if (!port) {
        return std::nullopt;
    }
    rest = rest.substr(0, colon);
    if (rest.starts_with('[') && rest.ends_with(']')) {
        rest = rest.substr(1, rest.size() - 2);
    }
    const std::string host(rest.substr(0, rest.find('%'))); // without the interface of a link-local address
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1) {
        return SocketAddress{host, *port};
    }
    return ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1
        ? std::optional(SocketAddress{addressOf(bytes), *port})
        : std::nullopt;
}

std::optional<SocketEntry> findSocket(std::string_view table, const SocketAddress& local)
{
    TextScan lines(table);
    std::string_view line;
    lines.nextLine(line); // names of the columns
    while (lines.nextLine(line)) {
        TextScan words(line);
        words.nextWord(); // number of the line
        const std::string_view own = words.nextWord();
        words.nextWord(); // the other end
        const bool connected = words.nextWord() != kListening;
        if (!connected || own.size() < 5 || hexNumber<std::uint16_t>(own.substr(own.size() - 4)) != local.port
            || kernelAddress(own) != local) {
            continue;
        }
        for (int skipped = 0; skipped < 3; ++skipped) {
            words.nextWord(); // queues, timer, retransmissions
        }
        const auto user = numberOf<std::uint32_t>(words.nextWord());
        words.nextWord(); // time-outs
        const auto inode = numberOf<std::uint64_t>(words.nextWord());
        if (user && inode && *inode != 0) {
            return SocketEntry{*inode, *user};
        }
    }
    return std::nullopt;
}

std::optional<std::uint64_t> socketInode(std::string_view linkTarget)
{
    constexpr std::string_view kBegin = "socket:[";
    return linkTarget.starts_with(kBegin) && linkTarget.ends_with(']')
        ? numberOf<std::uint64_t>(linkTarget.substr(kBegin.size(), linkTarget.size() - kBegin.size() - 1))
        : std::nullopt;
}

} // namespace tracedeck
