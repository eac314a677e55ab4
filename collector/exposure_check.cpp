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
    const bool httpOpen = !isLoopbackHost(options.host);
    const bool grpcOpen = options.enableGrpc && !isLoopbackHost(options.grpcHost);
    if ((!httpOpen && !grpcOpen) || options.insecurePlaintext)
        return {};
    const std::string& host = httpOpen ? options.host : options.grpcHost;
    if (options.tlsCertificate.empty())
        return makeError(
            ErrorCode::PermissionDenied, host,
            fmt::format("{} can be reached by other machines, and without TLS they could read along", host),
            "Add --tls-cert and --tls-key and --require-token, or --insecure-plaintext to accept that.");
    if (!options.requireToken)
        return makeError(ErrorCode::PermissionDenied, host,
                         fmt::format("{} can be reached by other machines, and any of them could send data", host),
                         "Add --require-token, or --insecure-plaintext to accept that.");
    return {};
}

} // namespace tracedeck
