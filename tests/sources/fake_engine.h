// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tracedeck::test {

/// What a fake engine does with one request.
struct EngineAnswer {
    int status = 200;
    std::string body{};
    std::string fields{}; ///< further header lines, each with its end
    bool hang = false; ///< never answer
    bool stream = false; ///< keep the answer open; push() adds to it
    std::size_t cutAt = std::string::npos; ///< close after this many bytes of the answer
};

/// The state a well-behaved engine answers from.
struct EngineModel {
    std::size_t containers = 3;
    bool podman = false;
    std::string state = "running";
    std::uint64_t cpuNs = 1'000'000'000; ///< of every container
    std::int64_t readSec = 1'767'323'045; ///< time of the samples
    std::string apiVersion = "1.41";
    std::string hostname = "box";
};

[[nodiscard]] std::string containerIdOf(std::size_t index);
/// Answers a target ("/v1.41/containers/json?all=1") as Docker 20.10 or Podman 4.3 would.
[[nodiscard]] EngineAnswer answerOf(const EngineModel& model, const std::string& target);

/// A container engine on a Unix socket in a temporary folder, right or wrong as the test wants.
class FakeEngine {
public:
    using Handler = std::function<EngineAnswer(const std::string& target)>;

    explicit FakeEngine(Handler handler);
    ~FakeEngine();
    FakeEngine(const FakeEngine&) = delete;
    FakeEngine& operator=(const FakeEngine&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; }
    /// First lines of all requests so far: "GET /_ping HTTP/1.1".
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] std::size_t openStreams() const;
    /// Sends a chunk to every open stream.
    void push(const std::string& bytes);
    /// Ends every open stream.
    void endStreams();
    /// Stops listening and drops every connection; start() listens on the same path again.
    void stop();
    void start();

private:
    void accept();
    void serve(int socket);

    Handler m_handler;
    std::string m_folder;
    std::string m_path;
    int m_listener = -1;
    std::atomic<bool> m_stopping{false};
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::vector<int> m_sockets;
    std::vector<int> m_streams;
    std::vector<std::thread> m_threads;
};

} // namespace tracedeck::test
