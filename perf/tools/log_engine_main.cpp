// SPDX-License-Identifier: GPL-3.0-or-later
// An engine whose first container writes: says where it listens and the id, answers the first log with so many lines
// at so many a second, and ends when its input does.
#include "tests/sources/fake_engine.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <string>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;
using namespace tracedeck::test;

/// Both outputs, all levels, about 110 bytes: what services write.
std::string lineOf(std::uint64_t number)
{
    constexpr const char* kLevels[]{"INFO", "DEBUG", "INFO", "WARN", "INFO", "ERROR", "INFO", "INFO"};
    const std::string text = fmt::format(
        "2026-01-02T03:04:{:02}.{:09}Z {} request {} GET /api/orders/{} answered {} in {} ms peer=10.0.{}.{}\n",
        number / 10'000 % 60, number % 10'000 * 100'000, kLevels[number % 8], number, number % 977,
        number % 8 == 5 ? 500 : 200, number % 250, number % 200, number % 251);
    const auto size = static_cast<std::uint32_t>(text.size());
    std::string frame{static_cast<char>(number % 8 == 5 ? 2 : 1), 0, 0, 0};
    for (int shift = 24; shift >= 0; shift -= 8) {
        frame += static_cast<char>((size >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    return frame + text;
}

/// In slices of 5 ms, as a pipe brings them; what is late is made up for.
void write(FakeEngine& engine, std::uint64_t perSecond, std::uint64_t total)
{
    constexpr std::uint64_t kMostAtOnce = 500;
    const auto start = Clock::now();
    for (std::uint64_t written = 0; written < total;) {
        const std::chrono::duration<double> passed = Clock::now() - start;
        const auto due =
            std::min<std::uint64_t>(total, static_cast<std::uint64_t>(passed.count() * static_cast<double>(perSecond)));
        if (written >= due) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        std::string slice;
        for (std::uint64_t i = 0; i < kMostAtOnce && written < due; ++i) {
            slice += lineOf(written++);
        }
        if (!slice.empty()) {
            engine.push(slice);
        }
    }
    engine.endStreams();
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t perSecond = argc == 3 ? std::strtoull(argv[1], nullptr, 10) : 0;
    const std::uint64_t total = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
    if (perSecond == 0 || total == 0) {
        std::fprintf(stderr, "usage: tracedeck-log-engine LINES_PER_SECOND LINES\n");
        return 2;
    }
    FakeEngine engine([](const std::string& target) {
        const bool isLog = target.find("/logs?") != std::string::npos;
        return isLog ? EngineAnswer{200, "", "", false, true} : answerOf({}, target);
    });
    std::printf("%s %s\n", engine.path().c_str(), containerIdOf(0).c_str());
    std::fflush(stdout);
    std::thread writer([&] {
        while (engine.openStreams() == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        write(engine, perSecond, total);
    });
    writer.detach(); // the process ends with its input, in the middle of a line when need be
    while (std::getchar() != EOF) { }
    std::_Exit(0);
}
