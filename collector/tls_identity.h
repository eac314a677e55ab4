// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string>

struct ssl_ctx_st;

namespace tracedeck {

/// A server certificate with its key, checked when it was loaded.
struct TlsIdentity {
    std::string certificatePem; ///< the certificate first, then what links it to a root
    std::string keyPem;
    std::string fingerprint; ///< SHA-256 of the certificate, 64 hex digits
    std::int64_t notAfter = 0; ///< end of validity, seconds since the Unix epoch, UTC
    std::shared_ptr<ssl_ctx_st> context; ///< for servers: TLS 1.2 and later, no renegotiation
};

/// Reads both PEM files. NotFound or PermissionDenied for a file that cannot be read, Malformed for one
/// that holds no certificate or no key (one with a passphrase counts as none), InvalidArgument when the
/// key is not the certificate's. Messages never hold parts of the key.
[[nodiscard]] Result<TlsIdentity> loadTlsIdentity(const std::string& certificateFile, const std::string& keyFile);

} // namespace tracedeck
