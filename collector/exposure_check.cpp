// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/exposure_check.h"

#include "collector/access_policy.h"

#include <fmt/format.h>

namespace tracedeck {

bool reachableByOthers(const CollectorOptions& options)
{
    return !isLoopbackHost(options.host) || (options.enableGrpc && !isLoopbackHost(options.grpcHost));
}

Result<void> checkExposure(const CollectorOptions& options)
{
    if (options.tlsCertificate.empty() != options.tlsKey.empty())
        return makeError(ErrorCode::InvalidArgument, "TLS", "a certificate needs its key and the other way round",
                         "Give both --tls-cert and --tls-key.");
    if (!reachableByOthers(options) || !options.tlsCertificate.empty() || options.insecurePlaintext)
        return {};
    const std::string& host = isLoopbackHost(options.host) ? options.grpcHost : options.host;
    return makeError(ErrorCode::PermissionDenied, host,
                     fmt::format("{} can be reached by other machines, and without TLS they could read along", host),
                     "Give --tls-cert and --tls-key, or add --insecure-plaintext to accept that.");
}

} // namespace tracedeck
