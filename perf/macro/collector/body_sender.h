// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace tracedeck::perf {

enum class SendOutcome : std::uint8_t { Taken, Busy, Failed };

/// Sends OTLP trace requests over one connection and waits for each answer. For one thread.
class BodySender {
public:
    BodySender() = default;
    BodySender(const BodySender&) = delete;
    BodySender& operator=(const BodySender&) = delete;
    virtual ~BodySender() = default;
    [[nodiscard]] virtual SendOutcome send(const std::string& body) = 0;
};

/// OTLP/HTTP, protobuf.
[[nodiscard]] Result<std::unique_ptr<BodySender>> httpSender(const std::string& address);
/// OTLP/gRPC: the bytes as they are, in a call of the generic stub.
[[nodiscard]] std::unique_ptr<BodySender> grpcSender(const std::string& address);

} // namespace tracedeck::perf
