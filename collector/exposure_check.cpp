// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/exposure_check.h"

#include "collector/access_policy.h"

#include <fmt/format.h>

namespace tracedeck {

Result<void> checkExposure(const CollectorOptions& options)
{
    if (options.tlsCertificate.empty() != options.tlsKey.empty())
        return makeError(ErrorCode::InvalidArgument, "TLS", "a certificate needs its key and the other way round",
                         "Give both --tls-cert and --tls-key.");
    if (!options.tlsCertificate.empty())
        return makeError(ErrorCode::Unsupported, "TLS", "this build serves no TLS of its own",
                         "Listen on 127.0.0.1 behind a TLS proxy, or use --insecure-plaintext on a network you trust.");
    const bool httpOpen = !isLoopbackHost(options.host);
    const bool grpcOpen = options.enableGrpc && !isLoopbackHost(options.grpcHost);
    if ((!httpOpen && !grpcOpen) || options.insecurePlaintext)
        return {};
    const std::string& host = httpOpen ? options.host : options.grpcHost;
    return makeError(ErrorCode::PermissionDenied, host,
                     fmt::format("{} can be reached by other machines, and without TLS they could read along", host),
                     "Listen on 127.0.0.1 behind a TLS proxy, or add --insecure-plaintext to accept that.");
}

} // namespace tracedeck
