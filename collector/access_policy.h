// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_message.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck {

/// Whether the host part of an address ("127.0.0.1", "localhost", "::1") stays on this machine.
[[nodiscard]] bool isLoopbackHost(std::string_view host);
/// Splits "host:port", "[v6]:port" or "host"; the port is empty when absent. Brackets are taken off.
[[nodiscard]] std::pair<std::string, std::string> splitHostPort(std::string_view address);
/// Compares secrets in time that depends on the length of `given` only.
[[nodiscard]] bool equalSecrets(std::string_view given, std::string_view expected);

/// Who may talk to the servers. Browsers are kept out by Host and Origin: a page of a foreign site, also
/// one whose name was rebound to 127.0.0.1, can neither read nor post.
class AccessPolicy {
public:
    /// `listenHost` is the host the server binds, `machineName` the name of this machine.
    /// `readTokens` may read and nothing else.
    AccessPolicy(std::string token, bool tokenForIngest, const std::string& listenHost, const std::string& machineName,
                 std::vector<std::string> readTokens = {});

    /// Loopback servers take loopback names only; others also any address literal, the host they bind
    /// and the machine's name. A missing or repeated Host is refused.
    [[nodiscard]] bool hostAllowed(const HttpHead& head) const;
    /// No Origin, or exactly the one this server itself would be.
    [[nodiscard]] bool originAllowed(const HttpHead& head) const;
    /// Which token an `Authorization: Bearer TOKEN` value has: 0 = the owner's, 1 … = a read token.
    [[nodiscard]] std::optional<std::size_t> readerOf(std::string_view authorization) const;
    /// Whether it is the owner's, which may also send and change.
    [[nodiscard]] bool tokenAccepted(std::string_view authorization) const;
    [[nodiscard]] bool ingestNeedsToken() const noexcept { return m_tokenForIngest; }

private:
    std::vector<std::string> m_tokens; ///< the owner's first
    std::string m_listenHost;
    std::string m_machineName;
    bool m_tokenForIngest;
    bool m_loopbackOnly;
};

} // namespace tracedeck
