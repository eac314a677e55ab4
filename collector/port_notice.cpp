// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/port_notice.h"

#include <fmt/format.h>

namespace tracedeck {

std::string httpPortNotice(const std::string& wanted, const std::string& served)
{
    return fmt::format("{} is taken by another program: OTLP/HTTP that applications send there does not arrive here. "
                       "Until it is free, send it here: OTEL_EXPORTER_OTLP_ENDPOINT=http://{}",
                       wanted, served);
}

std::string grpcPortNotice(const std::string& wanted, const std::string& served)
{
    return fmt::format("{} is taken by another program: OTLP/gRPC that applications send there does not arrive here. "
                       "Until it is free, send it here: OTEL_EXPORTER_OTLP_PROTOCOL=grpc "
                       "OTEL_EXPORTER_OTLP_ENDPOINT=http://{}",
                       wanted, served);
}

std::string portRegainedNotice(const std::string& wanted)
{
    return fmt::format("{} became free and is served as well.", wanted);
}

} // namespace tracedeck
