// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_store_impl.h"
#include "tests/collector/summary_model.h"

#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <thread>

namespace tracedeck::test {
namespace {

std::string smallBody(std::uint64_t number)
{
    return traceBody({{traceIdOf(number), 1}, {traceIdOf(number), 2, 1, 10, 20, "db"}});
}

/// Holds the writer thread until release().
class WriterHold {
public:
    explicit WriterHold(StoreFixture& fixture)
    {
        std::promise<void> reached;
        fixture.store().impl().writer->post([this, &reached](WriterState&) {
            reached.set_value();
            m_released.get_future().wait();
        });
        reached.get_future().wait();
    }
    void release() { m_released.set_value(); }

private:
    std::promise<void> m_released;
};

TEST(IngestPipeline, saysBusyAtOnceWhenTheQueueIsFull)
{
    StoreFixture fixture;
    IngestPipeline pipeline(fixture.store(), {.queueBytes = 4'000});
    WriterHold hold(fixture);
    std::atomic<int> stored{0};
    int busy = 0;
    const std::thread::id here = std::this_thread::get_id();
    for (std::uint64_t i = 1; i <= 50; ++i) {
        pipeline.submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, smallBody(i)}, [&](Result<IngestOutcome> outcome) {
            if (outcome) {
                ++stored;
                return;
            }
            EXPECT_EQ(outcome.error().code, ErrorCode::Busy);
            EXPECT_TRUE(outcome.error().retryable);
            EXPECT_EQ(std::this_thread::get_id(), here);
            ++busy;
        });
    }
    EXPECT_GT(busy, 30);
    hold.release();
    pipeline.stop();
    EXPECT_EQ(stored + busy, 50);
    EXPECT_EQ(fixture.store().status().traces, static_cast<std::uint64_t>(stored.load()));
}

TEST(IngestPipeline, takesOneBodyLargerThanTheQueue)
{
    StoreFixture fixture;
    IngestPipeline pipeline(fixture.store(), {.queueBytes = 10});
    bool good = false;
    pipeline.submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, smallBody(1)},
                    [&](Result<IngestOutcome> outcome) { good = outcome.ok(); });
    pipeline.stop();
    EXPECT_TRUE(good);
}

TEST(IngestPipeline, answersOnlyAfterTheCommit)
{
    StoreFixture fixture;
    std::promise<std::int64_t> seen;
    fixture.pipeline().submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, smallBody(1)},
                              [&](Result<IngestOutcome> outcome) {
                                  Result<Database> other = Database::open(fixture.databasePath(), Database::Mode::Read);
                                  const bool good = outcome.ok() && other.ok();
                                  seen.set_value(good ? *other.value().integerOf("SELECT spans FROM trace") : -1);
                              });
    EXPECT_EQ(seen.get_future().get(), 2);
}

TEST(IngestPipeline, groupsWhatWaitsAndFoldsItsTraces)
{
    StoreFixture fixture;
    WriterHold hold(fixture);
    std::atomic<int> answered{0};
    for (std::uint64_t span = 1; span <= 40; ++span) {
        fixture.pipeline().submit(
            {OtlpSignal::Traces, OtlpEncoding::Protobuf, traceBody({{traceIdOf(1), span, span - 1}})},
            [&](Result<IngestOutcome> outcome) { answered += outcome.ok() ? 1 : 0; });
    }
    const std::uint64_t generation = fixture.store().status().otherGeneration;
    hold.release();
    fixture.pipeline().stop();
    EXPECT_EQ(answered, 40);
    EXPECT_EQ(fixture.store().status().otherGeneration, generation + 1);
    EXPECT_EQ(fixture.read(traceIdOf(1))->spans.rows(), 40U);
}

TEST(IngestPipeline, aBadBodyInAGroupDoesNotHurtItsNeighbours)
{
    StoreFixture fixture;
    WriterHold hold(fixture);
    std::vector<ErrorCode> codes;
    std::atomic<int> good{0};
    for (std::uint64_t i = 1; i <= 5; ++i) {
        const std::string body = i == 3 ? smallBody(i).substr(0, 40) : smallBody(i);
        fixture.pipeline().submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, body},
                                  [&](Result<IngestOutcome> outcome) {
                                      if (outcome) {
                                          ++good;
                                      } else {
                                          codes.push_back(outcome.error().code);
                                      }
                                  });
    }
    hold.release();
    fixture.pipeline().stop();
    EXPECT_EQ(good, 4);
    EXPECT_EQ(codes, std::vector<ErrorCode>{ErrorCode::Malformed});
    expectSummariesMatchSpans(fixture);
}

TEST(IngestPipeline, refusesAfterStopAndStopsTwice)
{
    StoreFixture fixture;
    fixture.pipeline().stop();
    fixture.pipeline().stop();
    EXPECT_EQ(fixture.submitTraces(smallBody(1)).error().code, ErrorCode::Busy);
}

TEST(IngestPipeline, repeatsInsideOneGroupAreRecognised)
{
    StoreFixture fixture;
    WriterHold hold(fixture);
    std::atomic<int> duplicates{0};
    for (int i = 0; i < 3; ++i) {
        fixture.pipeline().submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, smallBody(1)},
                                  [&](Result<IngestOutcome> outcome) { duplicates += outcome->duplicate ? 1 : 0; });
    }
    hold.release();
    fixture.pipeline().stop();
    EXPECT_EQ(duplicates, 2);
    EXPECT_EQ(fixture.store().status().spans, 2U);
}

TEST(IngestPipeline, manyWritersAndReadersAtOnce)
{
    StoreFixture fixture;
    std::atomic<std::uint64_t> acknowledged{0};
    std::atomic<bool> writing{true};
    std::vector<std::thread> threads;
    for (std::uint64_t writer = 0; writer < 3; ++writer) {
        threads.emplace_back([&, writer] {
            for (std::uint64_t i = 0; i < 60; ++i) {
                fixture.pipeline().submit(
                    {OtlpSignal::Traces, OtlpEncoding::Protobuf, smallBody(1 + i * 2 + writer % 2)},
                    [&](Result<IngestOutcome> outcome) { acknowledged += outcome.ok() ? 1 : 0; });
            }
        });
    }
    for (int reader = 0; reader < 2; ++reader) {
        threads.emplace_back([&] {
            while (writing) {
                const Result<TraceListPage> page = fixture.store().listTraces({});
                ASSERT_TRUE(page) << page.error().what;
                if (page->traces.rows() > 0) {
                    ASSERT_TRUE(fixture.read(page->traces.traceId[0]));
                }
                ASSERT_TRUE(fixture.store().services(true));
                static_cast<void>(fixture.store().status());
            }
        });
    }
    for (std::size_t writer = 0; writer < 3; ++writer) {
        threads[writer].join();
    }
    fixture.pipeline().stop();
    writing = false;
    threads[3].join();
    threads[4].join();
    EXPECT_EQ(acknowledged, 180U);
    EXPECT_EQ(fixture.store().status().traces, 120U);
}

} // namespace
} // namespace tracedeck::test
