// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tracedeck::test {

/// A server that answers every request head with what the test says, right or wrong, and closes.
class CannedServer {
public:
    /// Gets the request head, gives the bytes to send. "hang" keeps the connection silent instead.
    explicit CannedServer(std::function<std::string(const std::string&)> answer);
    ~CannedServer();
    CannedServer(const CannedServer&) = delete;
    CannedServer& operator=(const CannedServer&) = delete;

    [[nodiscard]] std::string address() const;
    [[nodiscard]] std::vector<std::string> heads() const;

private:
    void run();
    std::function<std::string(const std::string&)> m_answer;
    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_heads;
    std::vector<int> m_silent;
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

/// "HTTP/1.1 STATUS …" with a length and the given body.
[[nodiscard]] std::string cannedAnswer(int status, const std::string& body, const std::string& fields = {});

} // namespace tracedeck::test
