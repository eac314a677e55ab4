// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/access_policy.h"

#include <arpa/inet.h>

#include <algorithm>

namespace tracedeck {

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool isAddressLiteral(const std::string& host)
{
    in6_addr scratch{};
    return inet_pton(AF_INET, host.c_str(), &scratch) == 1 || inet_pton(AF_INET6, host.c_str(), &scratch) == 1;
}

} // namespace

bool isLoopbackHost(std::string_view host)
{
    const std::string name = lower(host);
    if (name == "localhost")
        return true;
    in_addr four{};
    if (inet_pton(AF_INET, name.c_str(), &four) == 1)
        return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six{};
    return inet_pton(AF_INET6, name.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six) != 0;
}

std::pair<std::string, std::string> splitHostPort(std::string_view address)
{
    if (!address.empty() && address.front() == '[') {
        const std::size_t close = address.find(']');
        if (close == std::string_view::npos)
            return {std::string(address), {}};
        const std::string_view rest = address.substr(close + 1);
        return {std::string(address.substr(1, close - 1)),
                rest.size() > 1 && rest.front() == ':' ? std::string(rest.substr(1)) : std::string()};
    }
    const std::size_t colon = address.rfind(':');
    if (colon == std::string_view::npos || address.find(':') != colon) // none, or a bare IPv6 address
        return {std::string(address), {}};
    return {std::string(address.substr(0, colon)), std::string(address.substr(colon + 1))};
}

bool equalSecrets(std::string_view given, std::string_view expected)
{
    if (expected.empty())
        return false;
    unsigned difference = given.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(expected[i % expected.size()]);
    return difference == 0;
}

AccessPolicy::AccessPolicy(std::string token, bool tokenForIngest, const std::string& listenHost,
                           const std::string& machineName, std::vector<std::string> readTokens)
    : m_tokens(std::move(readTokens)),
      m_listenHost(lower(listenHost)),
      m_machineName(lower(machineName)),
      m_tokenForIngest(tokenForIngest),
      m_loopbackOnly(isLoopbackHost(m_listenHost))
{
    m_tokens.insert(m_tokens.begin(), std::move(token));
}

bool AccessPolicy::hostAllowed(const HttpHead& head) const
{
    if (head.fieldCount("host") != 1)
        return false;
    const std::string host = lower(splitHostPort(head.field("host")).first);
    if (isLoopbackHost(host))
        return true;
    if (m_loopbackOnly || host.empty())
        return false;
    return isAddressLiteral(host) || host == m_listenHost || host == m_machineName;
}

bool AccessPolicy::originAllowed(const HttpHead& head) const
{
    if (head.fieldCount("origin") == 0)
        return true;
    const std::string origin = lower(head.field("origin"));
    const std::string host = lower(head.field("host"));
    return head.fieldCount("origin") == 1 && (origin == "http://" + host || origin == "https://" + host);
}

std::optional<std::size_t> AccessPolicy::readerOf(std::string_view authorization) const
{
    constexpr std::string_view kScheme = "bearer ";
    if (authorization.size() <= kScheme.size() || lower(authorization.substr(0, kScheme.size())) != kScheme)
        return std::nullopt;
    std::optional<std::size_t> reader;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) { // to the end, so that the time tells nothing
        if (equalSecrets(authorization.substr(kScheme.size()), m_tokens[i]))
            reader = i;
    }
    return reader;
}

bool AccessPolicy::tokenAccepted(std::string_view authorization) const
{
    return readerOf(authorization) == std::size_t{0};
}

} // namespace tracedeck
