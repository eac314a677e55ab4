// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search_arena.h"
#include "core/string_pool.h"
#include "core/telemetry_ring.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

RC_GTEST_PROP(StringPoolProperty, BehavesLikeAListOfDistinctTexts, ())
{
    StringPool pool;
    std::vector<std::string> model{""};
    const auto indexOf = [&model](const std::string& text) {
        return static_cast<std::size_t>(std::find(model.begin(), model.end(), text) - model.begin());
    };
    for (int left = *rc::gen::inRange(0, 120); left > 0; --left) {
        if (*rc::gen::inRange(0, 8) == 0) {
            const auto keep = *rc::gen::inRange<std::size_t>(1, model.size() + 1);
            pool.truncate(keep);
            model.resize(keep);
        } else {
            const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 3));
            const std::size_t at = indexOf(text);
            RC_ASSERT(pool.intern(text) == at);
            if (at == model.size()) {
                model.push_back(text);
            }
        }
    }
    RC_ASSERT(pool.size() == model.size());
    StringPool fresh;
    for (std::size_t id = 0; id < model.size(); ++id) {
        StringId found = 0;
        RC_ASSERT(pool.view(static_cast<StringId>(id)) == model[id]);
        RC_ASSERT(pool.find(model[id], found));
        RC_ASSERT(found == id);
        fresh.intern(model[id]);
    }
    RC_ASSERT((pool == fresh));
}

TEST(StringPool, textsOfEveryByteStayApart)
{
    StringPool pool;
    for (int c = 0; c < 256; ++c) {
        EXPECT_EQ(pool.intern(std::string(1, static_cast<char>(c))), static_cast<StringId>(c + 1));
    }
    const std::string zeros("a\0b", 3);
    const StringId id = pool.intern(zeros);
    EXPECT_EQ(pool.view(id), zeros);
    EXPECT_NE(pool.intern("a"), id);
    EXPECT_NE(pool.intern(std::string("a\0", 2)), pool.intern("a"));
}

TEST(StringPool, reserveChangesNothingButRoom)
{
    StringPool pool;
    pool.intern("before");
    const StringPool before = pool;
    pool.reserve(100'000, 1'000'000);
    EXPECT_EQ(pool, before);
    EXPECT_GE(pool.memoryBytes(), 1'000'000U + 100'000U * 8U);
    StringId id = 0;
    EXPECT_TRUE(pool.find("before", id));
    const std::size_t reserved = pool.memoryBytes();
    for (int i = 0; i < 90'000; ++i) {
        pool.intern(std::to_string(i));
    }
    EXPECT_EQ(pool.memoryBytes(), reserved) << "what was reserved is enough for what was announced";
}

TEST(StringPool, anIdOfOneTextSurvivesTheTruncationBehindIt)
{
    StringPool pool;
    const StringId kept = pool.intern("kept");
    pool.intern("gone");
    pool.truncate(2);
    StringId id = 99;
    EXPECT_FALSE(pool.find("gone", id));
    EXPECT_EQ(id, 99U) << "a failed search leaves its target alone";
    EXPECT_EQ(pool.intern("kept"), kept);
    EXPECT_EQ(pool.intern(""), 0U);
}

RC_GTEST_PROP(SearchArenaProperty, RowsAreTheFoldedFieldsJoined, (const std::vector<std::vector<std::string>>& rows))
{
    SearchArena arena;
    arena.reserve(*rc::gen::inRange<std::size_t>(0, 9), *rc::gen::inRange<std::size_t>(0, 99));
    std::string whole;
    for (const auto& fields : rows) {
        std::string row;
        for (const std::string& field : fields) {
            arena.addField(field);
            if (field.empty()) {
                continue;
            }
            row += row.empty() ? "" : "\x01";
            std::string folded = foldCase(field);
            std::replace(folded.begin(), folded.end(), '\0', ' ');
            std::replace(folded.begin(), folded.end(), '\x01', ' ');
            row += folded;
        }
        arena.endRow();
        RC_ASSERT(arena.row(arena.rows() - 1) == row);
        whole += row + '\0';
    }
    RC_ASSERT(arena.rows() == rows.size());
    RC_ASSERT(arena.text() == whole);
    RC_ASSERT(arena.starts().size() == rows.size() + 1);
}

TEST(FoldCase, everyStatedAlphabetLetterByLetter)
{
    const auto utf8 = [](unsigned c) {
        return std::string{static_cast<char>(0xC0U | (c >> 6U)), static_cast<char>(0x80U | (c & 0x3FU))};
    };
    struct Range {
        unsigned first;
        unsigned last;
        unsigned distance;
    };
    // Latin-1 (without the multiplication sign), Greek, Cyrillic.
    for (const Range& range : {Range{0xC0, 0xD6, 32}, Range{0xD8, 0xDE, 32}, Range{0x391, 0x3A1, 32},
                               Range{0x3A3, 0x3A9, 32}, Range{0x400, 0x40F, 80}, Range{0x410, 0x42F, 32}}) {
        for (unsigned c = range.first; c <= range.last; ++c) {
            EXPECT_EQ(foldCase(utf8(c)), utf8(c + range.distance)) << c;
            EXPECT_EQ(foldCase(utf8(c + range.distance)), utf8(c + range.distance)) << c;
        }
    }
    // Latin Extended-A pairs: upper then lower, starting even or odd.
    for (unsigned c = 0x100; c < 0x17F; ++c) {
        const bool skipped = c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x178;
        if (skipped) {
            continue;
        }
        const bool evenPairs = c < 0x138 || (c >= 0x14A && c <= 0x177);
        const bool isUpper = (c % 2 == 0) == evenPairs;
        EXPECT_EQ(foldCase(utf8(c)), utf8(isUpper ? c + 1 : c)) << std::hex << c;
    }
    for (const unsigned alone : {0x130U, 0x131U, 0x138U, 0x149U, 0xD7U, 0xF7U, 0xDFU, 0x17FU}) {
        EXPECT_EQ(foldCase(utf8(alone)), utf8(alone)) << std::hex << alone;
    }
    EXPECT_EQ(foldCase(utf8(0x178)), utf8(0xFF));
}

TEST(TelemetryRing, keepsEveryFieldAtItsLimits)
{
    TelemetryRing ring(2);
    StageRecord extreme;
    extreme.stage = Stage::Paint;
    extreme.source = std::numeric_limits<std::uint16_t>::max();
    extreme.cycle = std::numeric_limits<std::uint64_t>::max();
    extreme.startNs = std::numeric_limits<std::int64_t>::min();
    extreme.durationNs = std::numeric_limits<std::int64_t>::max();
    extreme.rows = std::numeric_limits<std::uint32_t>::max();
    extreme.changed = true;
    ring.push(extreme);
    ring.push({});
    std::vector<StageRecord> out(1);
    EXPECT_EQ(ring.drain(out), 0U);
    ASSERT_EQ(out.size(), 3U) << "drained records are appended";
    EXPECT_EQ(out[1].stage, Stage::Paint);
    EXPECT_EQ(out[1].source, extreme.source);
    EXPECT_EQ(out[1].cycle, extreme.cycle);
    EXPECT_EQ(out[1].startNs, extreme.startNs);
    EXPECT_EQ(out[1].durationNs, extreme.durationNs);
    EXPECT_EQ(out[1].rows, extreme.rows);
    EXPECT_TRUE(out[1].changed);
    EXPECT_FALSE(out[2].changed);
}

RC_GTEST_PROP(TelemetryRingProperty, NothingIsLostUncounted, ())
{
    const auto capacity = *rc::gen::inRange<std::size_t>(1, 9);
    TelemetryRing ring(capacity);
    std::vector<StageRecord> out;
    std::uint64_t pushed = 0;
    std::uint64_t lost = 0;
    for (int left = *rc::gen::inRange(0, 20); left > 0; --left) {
        for (int burst = *rc::gen::inRange(0, 15); burst > 0; --burst) {
            StageRecord record;
            record.cycle = pushed++;
            ring.push(record);
        }
        lost += ring.drain(out);
    }
    RC_ASSERT(ring.pushed() == pushed);
    lost += ring.drain(out);
    RC_ASSERT(out.size() + lost == pushed);
    for (std::size_t i = 1; i < out.size(); ++i) {
        RC_ASSERT(out[i].cycle > out[i - 1].cycle);
    }
}
