// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <deque>
#include <fmt/format.h>
#include <memory>
#include <mutex>

namespace tracedeck {
namespace {

constexpr std::size_t kRecentLines = 200;
constexpr std::size_t kMaxLineBytes = 8192; ///< one runaway message must not push out the history

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); } // NOLINT(cppcoreguidelines-owning-memory)
};

struct LogState {
    std::mutex mutex;
    std::unique_ptr<std::FILE, CloseFile> file;
    std::string path;
    std::uint64_t written = 0;
    std::uint64_t maxBytes = 0;
    std::deque<std::string> recent;
    bool echo = false;
};

LogState& state()
{
    // Never destroyed: threads that end during exit may still log.
    static auto* const instance = new LogState;
    return *instance;
}

std::atomic<LogLevel>& threshold()
{
    static std::atomic<LogLevel> level{LogLevel::Info};
    return level;
}

std::string timeText()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const auto seconds = static_cast<std::time_t>(ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                       utc.tm_hour, utc.tm_min, utc.tm_sec, ms % 1000);
}

/// One line stays one line, and control bytes of a message cannot drive a terminal.
std::string singleLine(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            c = ' ';
        }
    }
    if (text.size() > kMaxLineBytes) {
        text.resize(kMaxLineBytes);
        text += " (cut)";
    }
    return text;
}

void openLocked(LogState& log)
{
    log.file.reset(std::fopen(log.path.c_str(), "ae")); // NOLINT(cppcoreguidelines-owning-memory)
    log.written = 0;
    if (log.file != nullptr && std::fseek(log.file.get(), 0, SEEK_END) == 0) {
        const long size = std::ftell(log.file.get());
        log.written = size > 0 ? static_cast<std::uint64_t>(size) : 0;
    }
}

void writeLocked(LogState& log, const std::string& line)
{
    if (log.file == nullptr) {
        return;
    }
    if (log.written > 0 && log.written + line.size() + 1 > log.maxBytes) {
        log.file.reset();
        std::rename(log.path.c_str(), (log.path + ".1").c_str());
        openLocked(log);
        if (log.file == nullptr) {
            return;
        }
    }
    std::fwrite(line.data(), 1, line.size(), log.file.get());
    std::fputc('\n', log.file.get());
    std::fflush(log.file.get());
    log.written += line.size() + 1;
}

} // namespace

void Log::openFile(const std::string& path, std::uint64_t maxBytes)
{
    LogState& log = state();
    const std::lock_guard lock(log.mutex);
    log.path = path;
    log.maxBytes = maxBytes;
    log.file.reset();
    if (!path.empty()) {
        openLocked(log);
    }
}

void Log::setLevel(LogLevel level)
{
    threshold().store(level, std::memory_order_relaxed);
}

void Log::setEchoToStderr(bool echo)
{
    const std::lock_guard lock(state().mutex);
    state().echo = echo;
}

void Log::write(LogLevel level, std::string_view category, std::string_view message)
{
    if (level < threshold().load(std::memory_order_relaxed)) {
        return;
    }
    constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warning", "error"};
    const std::string line = fmt::format("{} {} {}: {}", timeText(), kNames[static_cast<std::size_t>(level)], category,
                                         singleLine(redactSecrets(message)));
    LogState& log = state();
    const std::lock_guard lock(log.mutex);
    if (log.recent.size() == kRecentLines) {
        log.recent.pop_front();
    }
    log.recent.push_back(line);
    writeLocked(log, line);
    if (log.echo) {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
}

std::vector<std::string> Log::recentLines()
{
    LogState& log = state();
    const std::lock_guard lock(log.mutex);
    return {log.recent.begin(), log.recent.end()};
}

} // namespace tracedeck
