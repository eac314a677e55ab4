// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/collector/summary_model.h"

#include <csignal>
#include <ctime>
#include <gtest/gtest.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace tracedeck::test {
namespace {

constexpr std::uint64_t kTracesPerBody = 4;

/// Body number n holds whole traces, one span of the previous body's last trace and a repeated span.
std::string bodyNumber(std::uint64_t n)
{
    std::vector<SpanSpec> spans;
    for (std::uint64_t i = 0; i < kTracesPerBody; ++i) {
        const TraceId id = traceIdOf(n * kTracesPerBody + i + 1);
        spans.push_back({id, 2, 1, 120, 180, "db", "select", false, false});
        spans.push_back({id, 1, 0, 100, 200, "web", "GET /", i == 0, false});
    }
    spans.push_back({traceIdOf(n * kTracesPerBody), 1, 0, 100, 200, "web", "GET /", false, false});
    spans.push_back({traceIdOf(n * kTracesPerBody), 3, 1, 90, 110, "mail", "send", false, false});
    return traceBody(spans);
}

/// Ingests until it is killed; writes the number of every acknowledged body into the pipe.
[[noreturn]] void ingestForever(const std::string& dataDir, std::uint64_t first, int pipeEnd)
{
    StoreFixture fixture(dataDir);
    for (std::uint64_t n = first;; ++n) {
        fixture.pipeline().submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, bodyNumber(n)},
                                  [n, pipeEnd](Result<IngestOutcome> outcome) {
                                      if (outcome && ::write(pipeEnd, &n, sizeof n) != sizeof n) {
                                          ::_exit(3);
                                      }
                                  });
        if (n % 64 == 63) {
            fixture.settle(); // keep the queue short: memory is not what is tested here
        }
    }
}

/// Runs a child, kills it after some acknowledgements and a random moment; returns what it acknowledged.
std::vector<std::uint64_t> runAndKill(const std::string& dataDir, std::uint64_t first, std::mt19937& random)
{
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        ingestForever(dataDir, first, ends[1]);
    }
    ::close(ends[1]);
    std::vector<std::uint64_t> acknowledged;
    std::uint64_t number = 0;
    const std::size_t killAfter = 1 + random() % 60;
    bool killed = false;
    while (::read(ends[0], &number, sizeof number) == sizeof number) {
        acknowledged.push_back(number);
        if (!killed && acknowledged.size() >= killAfter) {
            ::kill(child, SIGKILL);
            killed = true;
        }
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the child ended by itself: " << status;
    return acknowledged;
}

TEST(StoreCrash, losesNothingAcknowledgedWhenKilledFiftyTimes)
{
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "not run: forked children start threads, which the thread sanitizer does not support";
#endif
    TemporaryDirectory directory;
    const std::string dataDir = directory.file("data");
    std::mt19937 random(20'261'121);
    std::vector<std::uint64_t> acknowledged;
    for (int kill = 0; kill < 50; ++kill) {
        const std::uint64_t first = acknowledged.empty() ? 0 : acknowledged.back() + 1000;
        const std::vector<std::uint64_t> now = runAndKill(dataDir, first, random);
        ASSERT_FALSE(now.empty());
        acknowledged.insert(acknowledged.end(), now.begin(), now.end());
        if (kill % 10 == 9) {
            StoreFixture fixture(dataDir);
            for (const std::uint64_t n : acknowledged) {
                for (std::uint64_t i = 1; i <= kTracesPerBody; ++i) {
                    const Result<OtlpTraces> read = fixture.read(traceIdOf(n * kTracesPerBody + i));
                    ASSERT_TRUE(read) << "body " << n << " was acknowledged and is gone";
                    ASSERT_GE(read->spans.rows(), 2U);
                }
            }
            EXPECT_TRUE(fixture.store().status().problem.empty()) << fixture.store().status().problem;
        }
    }
    StoreFixture fixture(dataDir);
    expectSummariesMatchSpans(fixture);
}

TEST(StoreCrash, aRetryAfterTheCrashIsStillRecognised)
{
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "not run: forked children start threads, which the thread sanitizer does not support";
#endif
    TemporaryDirectory directory;
    std::mt19937 random(7);
    const std::vector<std::uint64_t> acknowledged = runAndKill(directory.file("data"), 0, random);
    ASSERT_FALSE(acknowledged.empty());
    StoreFixture fixture(directory.file("data"));
    EXPECT_TRUE(fixture.submitTraces(bodyNumber(acknowledged.front()))->duplicate);
}

} // namespace
} // namespace tracedeck::test
