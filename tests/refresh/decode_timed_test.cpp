// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/decode_timed.h"
#include "refresh/poll_engine.h"
#include "scripted_fleet.h"

#include <gtest/gtest.h>

using namespace tracedeck;

TEST(DecodeMeter, piecesOfOneAnswerAddUpAndTheNextBeginsAtNothing)
{
    DecodeMeter meter;
    {
        const DecodeMeter::Piece one(meter);
    }
    EXPECT_EQ(meter.lastNs(), 0) << "the answer is not complete yet";
    {
        const DecodeMeter::Piece two(meter);
    }
    meter.finishAnswer();
    const std::int64_t first = meter.lastNs();
    EXPECT_GT(first, 0);
    meter.finishAnswer();
    EXPECT_EQ(meter.lastNs(), 0);
}

namespace {

/// Answers when told to, and says how long decoding took.
class TimedSource final : public FleetSource, public DecodeTimed {
public:
    [[nodiscard]] std::string instance() const override { return "timed"; }
    [[nodiscard]] std::string label() const override { return "timed"; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override { return std::chrono::seconds(5); }
    void fetch(const FetchRequest&, Done done) override { open = std::move(done); }
    void cancel() override { }
    [[nodiscard]] std::int64_t lastDecodeNs() const override { return decodeNs; }

    Done open;
    std::int64_t decodeNs = 0;
};

/// Durations of fetch and decode of one changed refresh that took 10 ms.
std::vector<StageRecord> recordsOf(std::int64_t decodeNs)
{
    TelemetryRing ring;
    PollOptions options;
    options.telemetry = &ring;
    const auto clock = std::make_shared<FakeClock>();
    const auto executor = std::make_shared<ManualExecutor>();
    const auto engine = std::make_shared<PollEngine>(clock, executor, options, [](const PollEvent&) {});
    const auto source = std::make_shared<TimedSource>();
    source->decodeNs = decodeNs;
    engine->addSource(source);
    engine->start(std::nullopt);
    executor->drain();
    clock->advance(std::chrono::milliseconds(10), [&] { executor->drain(); });
    EXPECT_TRUE(source->open);
    source->open(snapshotOf("timed", 3, 1));
    executor->drain();
    std::vector<StageRecord> records;
    EXPECT_EQ(ring.drain(records), 0U);
    engine->stop(std::chrono::milliseconds(0));
    return records;
}

} // namespace

TEST(DecodeTimed, aFetchIsToldApartFromItsDecoding)
{
    constexpr std::int64_t kMs = 1'000'000;
    const std::vector<StageRecord> records = recordsOf(4 * kMs);
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].stage, Stage::Fetch);
    EXPECT_EQ(records[0].durationNs, 6 * kMs);
    EXPECT_EQ(records[1].stage, Stage::Decode);
    EXPECT_EQ(records[1].durationNs, 4 * kMs);
    EXPECT_EQ(records[1].startNs, records[0].startNs + 6 * kMs);
    EXPECT_EQ(records[2].stage, Stage::Gate);
    EXPECT_EQ(records[2].startNs, records[0].startNs + 10 * kMs);
}

TEST(DecodeTimed, decodingNeverTakesLongerThanTheWhole)
{
    const std::vector<StageRecord> records = recordsOf(std::int64_t{1} << 50U);
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].durationNs, 0);
    EXPECT_EQ(records[1].durationNs, 10'000'000);
}
