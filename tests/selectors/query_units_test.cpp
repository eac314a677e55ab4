// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_units.h"

#include "core/time_format.h"
#include "selectors/query_moment.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <vector>

using namespace tracedeck;

namespace {

struct UnitCase {
    const char* text;
    Dimension dimension;
    double value;
};

} // namespace

TEST(QueryUnits, readsNumbersInBaseUnits)
{
    const std::vector<UnitCase> cases{
        {"80", Dimension::Percent, 80},
        {"80%", Dimension::Percent, 80},
        {"1.5GiB", Dimension::Bytes, 1.5 * (1 << 30)},
        {"2kB", Dimension::Bytes, 2000},
        {"2KB", Dimension::Bytes, 2000},
        {"2KiB", Dimension::Bytes, 2048},
        {"3gib", Dimension::Bytes, 3.0 * (1 << 30)},
        {"5mb", Dimension::Bytes, 5e6},
        {"7", Dimension::Bytes, 7},
        {"10MB/s", Dimension::BytesPerSec, 10e6},
        {"8Mbit/s", Dimension::BytesPerSec, 1e6},
        {"1KiB/s", Dimension::BytesPerSec, 1024},
        {"250ms", Dimension::Duration, 250e6},
        {"5us", Dimension::Duration, 5e3},
        {"5\xC2\xB5s", Dimension::Duration, 5e3},
        {"5\xCE\xBCs", Dimension::Duration, 5e3},
        {"2m", Dimension::Duration, 120e9},
        {"2min", Dimension::Duration, 120e9},
        {"1h30m", Dimension::Duration, 5400e9},
        {"1d2h", Dimension::Duration, 26 * 3600e9},
        {"-5", Dimension::Celsius, -5},
        {"+5C", Dimension::Celsius, 5},
        {"21.5\xC2\xB0\x43", Dimension::Celsius, 21.5},
        {"1e3", Dimension::Count, 1000},
        {".5", Dimension::Count, 0.5},
        {"1.5e-1%", Dimension::Percent, 0.15},
    };
    for (const UnitCase& c : cases) {
        const QuantityResult read = parseQuantity(c.text, c.dimension, "");
        ASSERT_TRUE(read.quantity.has_value()) << c.text << ": " << read.what;
        EXPECT_DOUBLE_EQ(read.quantity->value, c.value) << c.text;
    }
    EXPECT_DOUBLE_EQ(parseQuantity("250", Dimension::Duration, "ms").quantity->value, 250e6);
}

TEST(QueryUnits, refusesWhatIsNotAQuantity)
{
    for (const char* text :
         {"", "-", ".", "%", "MB", "1,5", "0x10", "inf", "1 GiB", "1GiBx", "--1", "1Mb", "1MB/s", "\xFF"}) {
        const QuantityResult read = parseQuantity(text, Dimension::Bytes, "");
        EXPECT_FALSE(read.quantity.has_value()) << text;
        EXPECT_FALSE(read.what.empty());
        EXPECT_FALSE(read.expected.empty());
    }
}

TEST(QueryUnits, equalityCoversWhatRoundsToTheWrittenDigits)
{
    const Quantity whole = *parseQuantity("80%", Dimension::Percent, "").quantity;
    EXPECT_DOUBLE_EQ(whole.low, 79.5);
    EXPECT_DOUBLE_EQ(whole.high, 80.5);
    const Quantity finer = *parseQuantity("1.84s", Dimension::Duration, "").quantity;
    EXPECT_DOUBLE_EQ(finer.low, 1.835e9);
    EXPECT_DOUBLE_EQ(finer.high, 1.845e9);
}

TEST(QueryUnits, anyBytesAreAnswered)
{
    EXPECT_TRUE(rc::check([](const std::string& text) {
        for (const Dimension dimension :
             {Dimension::Count, Dimension::Percent, Dimension::Bytes, Dimension::BytesPerSec, Dimension::Duration,
              Dimension::Celsius, Dimension::Moment}) {
            const QuantityResult read = parseQuantity(text, dimension, "");
            RC_ASSERT((read.quantity.has_value() || (!read.what.empty() && read.at <= text.size())));
        }
    }));
}

TEST(QueryMoment, readsDatesTimesAndZones)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    constexpr std::int64_t kTen = 1'795'255'200 * kSecond; // 2026-11-21T10:00:00Z
    EXPECT_EQ(parseMoment("2026-11-21"), (MomentRange{kTen - 36'000 * kSecond, kTen + 50'400 * kSecond}));
    EXPECT_EQ(parseMoment("2026-11-21T10:00"), (MomentRange{kTen, kTen + 60 * kSecond}));
    EXPECT_EQ(parseMoment("2026-11-21 10:00:00Z"), (MomentRange{kTen, kTen + kSecond}));
    EXPECT_EQ(parseMoment("2026-11-21T11:30+01:30"), (MomentRange{kTen, kTen + 60 * kSecond}));
    EXPECT_EQ(parseMoment("2026-11-21T04:00-06:00"), (MomentRange{kTen, kTen + 60 * kSecond}));
    EXPECT_EQ(parseMoment("2026-11-21T10:00:00.25Z"),
              (MomentRange{kTen + kSecond / 4, kTen + kSecond / 4 + kSecond / 100}));
}

TEST(QueryMoment, refusesWhatDoesNotExist)
{
    for (const char* text : {"", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-21T", "2026-11-21T10",
                             "2026-11-21T24:00", "2026-11-21T10:60", "2026-11-21T10:00:00.", "2026-11-21T10:00+1",
                             "1500-01-01", "9999-01-01", "2026-11-21x", "21.11.2026"}) {
        EXPECT_FALSE(parseMoment(text).has_value()) << text;
    }
}

TEST(QueryMoment, readsWhatTheFormatterWrites)
{
    EXPECT_TRUE(rc::check([](std::int64_t ns) {
        const std::string text = formatIsoUtc(ns);
        if (const auto moment = parseMoment(text)) {
            RC_ASSERT(moment->beginNs == ns);
        } else {
            RC_ASSERT((text.substr(0, 4) < "1678" || text.substr(0, 4) > "2261"));
        }
    }));
}
