// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keyed_pool.h"
#include "core/pool.h"

#include <array>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>
#include <string>

namespace tracedeck {
namespace {

struct Buffer {
    std::string text;
    static inline int alive = 0;
    Buffer() { ++alive; }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { --alive; }
};

void clearText(Buffer& buffer) noexcept
{
    buffer.text.clear();
}

/// created = in use + idle + dropped, at every moment.
template <class T> void expectConserved(const Pool<T>& pool)
{
    EXPECT_EQ(pool.stats().created, pool.inUse() + pool.idle() + pool.stats().dropped);
    EXPECT_EQ(pool.stats().acquired - pool.stats().released, pool.inUse());
    EXPECT_LE(pool.stats().created, pool.stats().acquired);
}

TEST(Pool, ReusesWhatWasReleasedLastWithItsCapacity)
{
    Pool<Buffer> pool(4, clearText);
    Buffer& first = pool.acquire();
    Buffer& second = pool.acquire();
    EXPECT_NE(&first, &second);
    second.text.assign(1000, 'x');
    const std::size_t capacity = second.text.capacity();
    pool.release(first);
    pool.release(second);
    Buffer& again = pool.acquire();
    EXPECT_EQ(&again, &second);
    EXPECT_TRUE(again.text.empty());
    EXPECT_EQ(again.text.capacity(), capacity);
    EXPECT_EQ(pool.stats().created, 2U);
    EXPECT_EQ(pool.stats().acquired, 3U);
    pool.release(again);
    expectConserved(pool);
}

TEST(Pool, ResetRunsAtReleaseNotAtTheNextUse)
{
    Pool<Buffer> pool(1, clearText);
    Buffer& buffer = pool.acquire();
    buffer.text = "secret";
    pool.release(buffer);
    EXPECT_TRUE(buffer.text.empty()) << "idle objects hold on to nothing";
}

TEST(Pool, KeepsNoMoreThanItMayAndNeverRefuses)
{
    {
        Pool<Buffer> pool(2, clearText);
        std::vector<Buffer*> taken;
        for (int i = 0; i < 10; ++i) {
            taken.push_back(&pool.acquire());
        }
        EXPECT_EQ(std::set<Buffer*>(taken.begin(), taken.end()).size(), 10U);
        EXPECT_EQ(pool.stats().highWater, 10U);
        for (Buffer* buffer : taken) {
            pool.release(*buffer);
            expectConserved(pool);
        }
        EXPECT_EQ(pool.idle(), 2U);
        EXPECT_EQ(pool.stats().dropped, 8U);
        EXPECT_EQ(Buffer::alive, 2);
        pool.trim(1);
        EXPECT_EQ(Buffer::alive, 1);
        pool.trim(5);
        EXPECT_EQ(pool.idle(), 1U);
        expectConserved(pool);
    }
    EXPECT_EQ(Buffer::alive, 0);
}

TEST(Pool, APoolThatKeepsNothingIsPlainAllocation)
{
    Pool<Buffer> pool(0);
    for (int i = 0; i < 5; ++i) {
        const Pooled<Buffer> buffer = pool.take();
        EXPECT_EQ(Buffer::alive, 1);
    }
    EXPECT_EQ(pool.stats().created, 5U);
    EXPECT_EQ(pool.stats().dropped, 5U);
    EXPECT_EQ(Buffer::alive, 0);
}

TEST(Pool, HandlesGoBackByThemselvesAndCanBeMoved)
{
    Pool<Buffer> pool(4, clearText);
    {
        Pooled<Buffer> handle = pool.take();
        handle->text = "a";
        Pooled<Buffer> moved = std::move(handle);
        EXPECT_TRUE(moved);
        EXPECT_EQ((*moved).text, "a");
        Pooled<Buffer> other = pool.take();
        other = std::move(moved);
        EXPECT_EQ(other->text, "a");
        EXPECT_EQ(pool.inUse(), 2U);
    }
    EXPECT_EQ(pool.inUse(), 0U);
    EXPECT_EQ(pool.idle(), 2U);
    EXPECT_FALSE(Pooled<Buffer>());
}

TEST(Pool, MisuseIsFound)
{
    Pool<Buffer> pool(4);
    Pool<Buffer> other(4);
    Buffer& foreign = other.acquire();
    Buffer& buffer = pool.acquire();
    pool.release(buffer);
#ifdef NDEBUG
    pool.release(buffer);
    EXPECT_EQ(pool.stats().misused, 1U);
    EXPECT_EQ(pool.idle(), 1U) << "not there twice";
    pool.release(foreign);
    EXPECT_EQ(pool.idle(), 1U);
#else
    EXPECT_DEATH(pool.release(buffer), "released twice");
    EXPECT_DEATH(pool.release(foreign), "somewhere else");
    EXPECT_DEATH(
        {
            Pool<Buffer> gone(1);
            (void)gone.acquire();
        },
        "in use");
#endif
    other.release(foreign);
}

TEST(Pool, AnySequenceKeepsItsBooks)
{
    EXPECT_TRUE(rc::check("acquire, release and trim in any order", [] {
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100));
        Pool<Buffer> pool(3, clearText);
        std::vector<Pooled<Buffer>> held;
        std::size_t most = 0;
        for (const int step : steps) {
            if (step < 50 || held.empty()) {
                held.push_back(pool.take());
                RC_ASSERT(held.back()->text.empty());
                held.back()->text = std::to_string(step);
            } else if (step < 95) {
                held.erase(held.begin() + step % static_cast<int>(held.size()));
            } else {
                pool.trim(static_cast<std::size_t>(step - 95));
            }
            most = std::max(most, held.size());
            RC_ASSERT(pool.inUse() == held.size());
            RC_ASSERT(pool.idle() <= 3U);
            RC_ASSERT(pool.stats().highWater == most);
            RC_ASSERT(pool.stats().created == pool.inUse() + pool.idle() + pool.stats().dropped);
        }
    }));
}

TEST(Pool, AMillionRoundsMakeNoMoreThanAreNeededAtOnce)
{
    Pool<Buffer> pool(8, clearText);
    std::array<Pooled<Buffer>, 8> held;
    for (std::size_t i = 0; i < 1'000'000; ++i) {
        held[i % held.size()] = {};
        held[i % held.size()] = pool.take();
    }
    EXPECT_EQ(pool.stats().acquired, 1'000'000U);
    EXPECT_EQ(pool.stats().created, 8U);
    EXPECT_EQ(pool.stats().highWater, 8U);
    EXPECT_EQ(pool.stats().dropped, 0U);
}

TEST(KeyedPool, OpensAKeyOnceAndFillsItOnce)
{
    KeyedPool<int, Buffer> pool(4, clearText);
    int fills = 0;
    const auto fill = [&fills](Buffer& buffer) {
        ++fills;
        buffer.text = "filled";
    };
    Buffer& first = pool.open(7, fill);
    EXPECT_EQ(&pool.open(7, fill), &first);
    EXPECT_EQ(fills, 1);
    EXPECT_EQ(pool.find(7), &first);
    EXPECT_EQ(pool.find(8), nullptr);
    EXPECT_TRUE(pool.close(7));
    EXPECT_FALSE(pool.close(7));
    EXPECT_EQ(pool.find(7), nullptr);
    EXPECT_EQ(pool.open(8, [](Buffer& buffer) { EXPECT_TRUE(buffer.text.empty()); }).text, "");
    EXPECT_EQ(pool.stats().created, 1U);
}

TEST(KeyedPool, ChurnMakesNoMoreThanAreOpenAtOnceAndClosingReleasesAll)
{
    {
        KeyedPool<int, Buffer> pool(16, clearText);
        for (int mount = 0; mount < 10'000; ++mount) {
            (void)pool.open(mount, [mount](Buffer& buffer) { buffer.text = std::to_string(mount); });
            if (mount >= 16) {
                ASSERT_TRUE(pool.close(mount - 16));
            }
        }
        EXPECT_EQ(pool.openCount(), 16U);
        EXPECT_EQ(pool.stats().created, 17U);
        EXPECT_EQ(pool.stats().acquired, 10'000U);
        pool.closeAll();
        EXPECT_EQ(pool.openCount(), 0U);
        EXPECT_EQ(Buffer::alive, 16);
    }
    EXPECT_EQ(Buffer::alive, 0);
}

} // namespace
} // namespace tracedeck
