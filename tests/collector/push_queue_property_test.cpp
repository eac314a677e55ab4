// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/push_queue.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tracedeck::test {
namespace {

TraceChange changeOf(std::uint32_t number)
{
    TraceChange made;
    for (std::size_t i = 0; i < 4; ++i)
        made.traceId.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    made.isNew = true;
    return made;
}

/// Reads the queue and keeps the books: what came, and what was told to be missing.
struct Reader {
    std::uint64_t messages = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint32_t last = 0;

    void take(const TraceChangeMessage& message)
    {
        RC_ASSERT(message.sequence == messages);
        ++messages;
        RC_ASSERT((!message.resync || message.changes.empty()));
        RC_ASSERT((message.resync || message.dropped == 0U));
        dropped += message.dropped;
        for (const TraceChange& change : message.changes) {
            std::uint32_t number = 0;
            for (std::size_t i = 12; i < 16; ++i)
                number = number << 8U | change.traceId.bytes[i];
            RC_ASSERT(number > last); // in order, none twice
            last = number;
            ++delivered;
        }
    }
};

TEST(PushQueueProperty, ProducedIsDeliveredPlusDroppedPlusWaiting)
{
    EXPECT_TRUE(rc::check("nothing is lost unsaid", [] {
        const auto capacity = *rc::gen::inRange<std::size_t>(1, 8);
        PushQueue queue(false, capacity);
        Reader reader;
        std::uint32_t produced = 0;
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-3, 7));
        for (const int step : steps) {
            if (step < 0) {
                if (const auto message = queue.next())
                    reader.take(*message);
                continue;
            }
            std::vector<TraceChange> batch;
            for (int i = 0; i < step; ++i)
                batch.push_back(changeOf(++produced));
            batch.empty() ? queue.requireResync() : static_cast<void>(queue.add(batch));
        }
        while (const auto message = queue.next())
            reader.take(*message);
        RC_ASSERT(reader.delivered + reader.dropped == produced);
    }));
}

TEST(PushQueue, OwnTracesAreNeitherToldNorCountedAsLost)
{
    PushQueue queue(false, 2);
    TraceChange own = changeOf(1);
    own.own = true;
    EXPECT_TRUE(queue.add({own, own, own}));
    EXPECT_EQ(queue.next()->dropped, 0U);
    EXPECT_FALSE(queue.next().has_value());
}

} // namespace
} // namespace tracedeck::test
