// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace tracedeck::stress {

struct HttpAnswer {
    int status = 0; ///< 0 = the connection ended before an answer came
    std::string head;
    std::string body;
};

/// One connection to a loopback address: blocking, every wait bounded.
class StressSocket {
public:
    StressSocket() = default;
    ~StressSocket();
    StressSocket(StressSocket&& other) noexcept;
    StressSocket& operator=(StressSocket&& other) noexcept;

    /// `address` as "host:port". `receiveBuffer` > 0 shrinks the kernel's buffer.
    [[nodiscard]] static Result<StressSocket> connect(const std::string& address, std::chrono::milliseconds patience,
                                                      int receiveBuffer = 0);
    [[nodiscard]] bool send(std::string_view bytes);
    /// Sends a request and reads its answer, with a length, in chunks, or without a body. After 101 or a cut connection
    /// nothing more can be asked.
    [[nodiscard]] HttpAnswer ask(std::string_view request);
    /// Bytes that came after the last answer.
    [[nodiscard]] std::string takeRest();
    [[nodiscard]] int descriptor() const noexcept { return m_socket; }

private:
    [[nodiscard]] bool fill();
    [[nodiscard]] bool readBytes(std::size_t size, std::string& into);
    [[nodiscard]] bool readChunks(std::string& into);
    int m_socket = -1;
    std::string m_buffer;
};

[[nodiscard]] std::string upgradeRequest(std::string_view host, std::string_view token);
[[nodiscard]] std::string getRequest(std::string_view host, std::string_view target, std::string_view token);
[[nodiscard]] std::string exportRequest(std::string_view host, std::string_view contentType, std::string_view body);

} // namespace tracedeck::stress
