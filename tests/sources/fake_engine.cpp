// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_engine.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tracedeck::test {

namespace {

bool sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string listOf(const EngineModel& model)
{
    std::string body = "[";
    for (std::size_t i = 0; i < model.containers; ++i) {
        body += fmt::format(R"({}{{"Id":"{}","Names":["/web-{}"],"Image":"nginx:1","ImageID":"sha256:1",)"
                            R"("Created":1700000000,"State":"{}","Status":"Up 5 minutes",)"
                            R"("Labels":{{"com.docker.compose.project":"shop"}},"Ports":[],)"
                            R"("NetworkSettings":{{"Networks":{{"shop":{{"IPAddress":"10.1.0.2"}}}}}}}})",
                            i == 0 ? "" : ",", containerIdOf(i), i, model.state);
    }
    return body + "]";
}

std::string statsOf(const EngineModel& model)
{
    return fmt::format(R"({{"read":"{}","cpu_stats":{{"cpu_usage":{{"total_usage":{}}},"online_cpus":2}},)"
                       R"("memory_stats":{{"usage":1000,"limit":8000,"stats":{{"total_inactive_file":200}}}},)"
                       R"("networks":{{"eth0":{{"rx_bytes":{},"tx_bytes":0}}}},"pids_stats":{{"current":4}}}})",
                       fmt::format("2026-01-02T03:{:02}:{:02}Z", (model.readSec / 60) % 60, model.readSec % 60),
                       model.cpuNs, model.cpuNs / 1000);
}

std::string podmanStatsOf(const EngineModel& model)
{
    std::string body = R"({"Error":null,"Stats":[)";
    for (std::size_t i = 0; i < model.containers; ++i) {
        body += fmt::format(R"({}{{"ContainerID":"{}","CPUNano":{},"SystemNano":{},"MemUsage":1000,"MemLimit":8000,)"
                            R"("NetInput":1,"NetOutput":2,"PIDs":1}})",
                            i == 0 ? "" : ",", containerIdOf(i), model.cpuNs, model.readSec * 1'000'000'000);
    }
    return body + "]}";
}

} // namespace

std::string containerIdOf(std::size_t index)
{
    return fmt::format("{:012x}", index + 1) + std::string(52, 'a');
}

EngineAnswer answerOf(const EngineModel& model, const std::string& target)
{
    if (target == "/_ping") {
        return {200, "OK",
                "Api-Version: " + model.apiVersion + "\r\n"
                    + (model.podman ? "Libpod-Api-Version: 4.3.1\r\n" : "Server: Docker/20.10\r\n")};
    }
    if (has(target, "/libpod/containers/stats")) {
        return {200, podmanStatsOf(model)};
    }
    if (has(target, "/info")) {
        return {200,
                R"({"ID":"engine-id","Name":")" + model.hostname
                    + R"(","NCPU":4,"MemTotal":8000,"ServerVersion":"20.10.24","CgroupVersion":"1"})"};
    }
    if (has(target, "/images/json")) {
        return {200, R"([{"Id":"sha256:1","Created":1600000000}])"};
    }
    if (has(target, "/events")) {
        return {200, "", "", false, true};
    }
    if (has(target, "/containers/json")) {
        return {200, listOf(model)};
    }
    if (has(target, "/stats?")) {
        return {200, statsOf(model)};
    }
    if (has(target, "/json")) {
        return {200,
                R"({"RestartCount":2,"State":{"StartedAt":"2026-01-02T03:00:00Z"},"Config":{"Tty":false},)"
                R"("HostConfig":{"NanoCpus":500000000,"Memory":4000}})"};
    }
    return {404, R"({"message":"page not found"})"};
}

FakeEngine::FakeEngine(Handler handler) : m_handler(std::move(handler))
{
    std::string pattern = (std::filesystem::temp_directory_path() / "engineXXXXXX").string();
    m_folder = ::mkdtemp(pattern.data());
    m_path = m_folder + "/e.sock";
    start();
}

FakeEngine::~FakeEngine()
{
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

void FakeEngine::start()
{
    m_stopping = false;
    m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, m_path.c_str(), sizeof address.sun_path - 1);
    ::unlink(m_path.c_str());
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::listen(m_listener, 128) != 0) {
        std::abort();
    }
    m_threads.emplace_back([this] { accept(); });
}

void FakeEngine::stop()
{
    m_stopping = true;
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(m_mutex);
        ::shutdown(m_listener, SHUT_RDWR);
        for (const int socket : m_sockets) {
            ::shutdown(socket, SHUT_RDWR);
        }
    }
    for (;;) { // accept() may have added one while we looked
        {
            const std::lock_guard lock(m_mutex);
            threads.swap(m_threads);
        }
        if (threads.empty()) {
            break;
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        threads.clear();
    }
    ::close(m_listener);
    const std::lock_guard lock(m_mutex);
    m_streams.clear();
    m_sockets.clear();
}

std::vector<std::string> FakeEngine::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::size_t FakeEngine::openStreams() const
{
    const std::lock_guard lock(m_mutex);
    return m_streams.size();
}

void FakeEngine::push(const std::string& bytes)
{
    const std::lock_guard lock(m_mutex);
    for (const int socket : m_streams) {
        sendAll(socket, fmt::format("{:x}\r\n", bytes.size()) + bytes + "\r\n");
    }
}

void FakeEngine::endStreams()
{
    const std::lock_guard lock(m_mutex);
    for (const int socket : m_streams) {
        sendAll(socket, "0\r\n\r\n");
        ::shutdown(socket, SHUT_RDWR);
    }
    m_streams.clear();
}

void FakeEngine::accept()
{
    while (!m_stopping) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            return;
        }
        const std::lock_guard lock(m_mutex);
        m_sockets.push_back(socket);
        if (m_stopping) {
            ::shutdown(socket, SHUT_RDWR);
        }
        m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void FakeEngine::serve(int socket)
{
    std::string buffer;
    std::array<char, 4096> part{};
    bool open = true;
    while (open) {
        const ssize_t got = ::recv(socket, part.data(), part.size(), 0);
        if (got <= 0) {
            break;
        }
        buffer.append(part.data(), static_cast<std::size_t>(got));
        for (std::size_t end = buffer.find("\r\n\r\n"); open && end != std::string::npos;
             end = buffer.find("\r\n\r\n")) {
            const std::string line = buffer.substr(0, buffer.find("\r\n"));
            buffer.erase(0, end + 4);
            const std::size_t blank = line.find(' ');
            const std::string target = line.substr(blank + 1, line.rfind(' ') - blank - 1);
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(line);
            }
            const EngineAnswer answer = m_handler(target);
            if (answer.hang) {
                continue;
            }
            std::string bytes = fmt::format("HTTP/1.1 {} X\r\n{}", answer.status, answer.fields);
            bytes += answer.stream ? "Transfer-Encoding: chunked\r\n\r\n"
                                   : fmt::format("Content-Length: {}\r\n\r\n{}", answer.body.size(), answer.body);
            open = sendAll(socket, bytes.substr(0, answer.cutAt)) && answer.cutAt == std::string::npos;
            if (answer.stream) {
                const std::lock_guard lock(m_mutex);
                m_streams.push_back(socket);
            }
        }
    }
    const std::lock_guard lock(m_mutex);
    std::erase(m_streams, socket);
    std::erase(m_sockets, socket);
    ::close(socket);
}

} // namespace tracedeck::test
