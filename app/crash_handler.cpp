// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crash_handler.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <ctime>
#include <execinfo.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>

namespace tracedeck {
namespace {

constexpr std::array<int, 5> kSignals{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
constexpr int kFrames = 64;
constexpr off_t kLogTail = 8 * 1024;

/// All the handler needs, at fixed places: it may not allocate.
struct CrashState {
    int fd = -1;
    std::array<char, 512> header{};
    std::array<char, 4096> logPath{};
    std::array<char, 64 * 1024> stack{};
    std::array<void*, kFrames> frames{};
    std::array<char, kLogTail> tail{};
    volatile sig_atomic_t entered = 0;
};

CrashState& crashState()
{
    static CrashState state;
    return state;
}

void put(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t count = ::write(fd, text.data(), text.size());
        if (count <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void putNumber(int fd, std::int64_t number)
{
    std::array<char, 24> digits{};
    std::size_t at = digits.size();
    do {
        digits[--at] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0 && at > 0);
    put(fd, {digits.data() + at, digits.size() - at});
}

std::string_view signalName(int signal)
{
    switch (signal) {
    case SIGSEGV:
        return "SIGSEGV, memory that is not there";
    case SIGBUS:
        return "SIGBUS, memory that cannot be read";
    case SIGILL:
        return "SIGILL, an instruction the processor does not know";
    case SIGFPE:
        return "SIGFPE, an impossible calculation";
    default:
        return "SIGABRT, a check that failed";
    }
}

void putLogTail(CrashState& state)
{
    const int log = ::open(state.logPath.data(), O_RDONLY | O_CLOEXEC);
    if (log < 0) {
        return;
    }
    const off_t size = ::lseek(log, 0, SEEK_END);
    const off_t from = std::max<off_t>(size - kLogTail, 0);
    ::lseek(log, from, SEEK_SET);
    const ssize_t count = ::read(log, state.tail.data(), state.tail.size());
    ::close(log);
    std::string_view lines(state.tail.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (from > 0) {
        lines.remove_prefix(std::min(lines.find('\n') + 1, lines.size())); // the first line is cut
    }
    put(state.fd, "\nLast log lines\n");
    put(state.fd, lines);
}

extern "C" void writeCrashReport(int signal)
{
    CrashState& state = crashState();
    if (state.entered == 0) {
        state.entered = 1;
        put(state.fd, state.header.data());
        put(state.fd, "Signal ");
        putNumber(state.fd, signal);
        put(state.fd, " (");
        put(state.fd, signalName(signal));
        put(state.fd, ")\nTime ");
        putNumber(state.fd, static_cast<std::int64_t>(::time(nullptr)));
        put(state.fd, "\n\nBacktrace\n");
        const int count = ::backtrace(state.frames.data(), kFrames);
        ::backtrace_symbols_fd(state.frames.data(), count, state.fd);
        putLogTail(state);
    }
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

void copyText(char* to, std::size_t room, std::string_view text)
{
    const std::size_t count = std::min(room - 1, text.size());
    std::memcpy(to, text.data(), count);
    to[count] = '\0';
}

} // namespace

CrashHandler::CrashHandler(const std::string& dataDir, const std::string& version, const std::string& logPath)
{
    CrashState& state = crashState();
    const std::string path = fmt::format("{}/crash-{}.txt", dataDir, ::getpid());
    if (state.fd >= 0) {
        return;
    }
    state.fd = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (state.fd < 0) {
        return;
    }
    m_path = path;
    copyText(state.header.data(), state.header.size(), fmt::format("Tracedeck {}\n", version));
    copyText(state.logPath.data(), state.logPath.size(), logPath);
    state.entered = 0;
    // The first call loads the unwinder, which allocates; later ones do not.
    ::backtrace(state.frames.data(), kFrames);
    stack_t stack = {};
    stack.ss_sp = state.stack.data();
    stack.ss_size = state.stack.size();
    ::sigaltstack(&stack, nullptr);
    struct sigaction action = {};
    action.sa_handler = writeCrashReport;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (const int signal : kSignals) {
        ::sigaction(signal, &action, nullptr);
    }
}

CrashHandler::~CrashHandler()
{
    if (m_path.empty()) {
        return;
    }
    for (const int signal : kSignals) {
        ::signal(signal, SIG_DFL);
    }
    stack_t none = {};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
    CrashState& state = crashState();
    ::close(state.fd);
    state.fd = -1;
    ::unlink(m_path.c_str());
}

} // namespace tracedeck
