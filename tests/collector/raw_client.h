// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck::test {

struct RawResponse {
    int status = 0; ///< 0 = the connection ended before an answer came
    std::map<std::string, std::string> fields; ///< lower-case names
    std::string body; ///< chunks joined
    bool complete = false; ///< false = cut off in the middle
};

/// A plain blocking TCP client that sends exactly what it is told; every wait ends after 20 s.
class RawClient {
public:
    /// `receiveBuffer` shrinks the kernel's buffer, for tests with slow readers.
    explicit RawClient(const std::string& address, int receiveBuffer = 0);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the other side is gone.
    bool send(std::string_view bytes);
    [[nodiscard]] RawResponse read(bool headOnly = false);
    RawResponse ask(std::string_view bytes)
    {
        send(bytes);
        return read();
    }
    /// Whether the other side closes, without sending anything more.
    [[nodiscard]] bool closedByServer();

    /// Text of the next WebSocket message; empty when the connection ended. Answers pings.
    [[nodiscard]] std::optional<std::string> readMessage();

private:
    bool fill();
    bool need(std::size_t bytes);
    std::string take(std::size_t bytes);
    bool readChunks(std::string& body);
    int m_socket = -1;
    std::string m_buffer;
};

/// "GET /path HTTP/1.1" with Host, a token when given, and further header lines ("Name: value\r\n").
[[nodiscard]] std::string getRequest(std::string_view target, std::string_view token, std::string_view more = {});
[[nodiscard]] std::string postRequest(std::string_view target, std::string_view type, std::string_view body,
                                      std::string_view more = {});
[[nodiscard]] std::string upgradeRequest(std::string_view target, std::string_view token, std::string_view more = {});

} // namespace tracedeck::test
