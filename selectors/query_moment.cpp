// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_moment.h"

#include <chrono>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Reads fixed-width pieces from the front of a text.
class Cursor {
public:
    explicit Cursor(std::string_view text) : m_rest(text) { }
    [[nodiscard]] bool done() const { return m_rest.empty(); }
    bool take(char c)
    {
        const bool found = !m_rest.empty() && m_rest.front() == c;
        m_rest.remove_prefix(found ? 1 : 0);
        return found;
    }
    /// Exactly `digits` digits, at most `largest`; -1 when they are not there.
    int number(int digits, int largest)
    {
        int value = 0;
        for (int i = 0; i < digits; ++i) {
            const int digit = nextDigit();
            if (digit < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= largest ? value : -1;
    }
    int nextDigit()
    {
        if (m_rest.empty() || m_rest.front() < '0' || m_rest.front() > '9') {
            return -1;
        }
        const int digit = m_rest.front() - '0';
        m_rest.remove_prefix(1);
        return digit;
    }

private:
    std::string_view m_rest;
};

struct TimeOfDay {
    std::int64_t ns = 0;
    std::int64_t width = 86'400 * kSecond;
};

/// hh:mm[:ss[.fraction]]
std::optional<TimeOfDay> readTime(Cursor& cursor)
{
    const int hour = cursor.number(2, 23);
    if (hour < 0 || !cursor.take(':')) {
        return std::nullopt;
    }
    const int minute = cursor.number(2, 59);
    if (minute < 0) {
        return std::nullopt;
    }
    TimeOfDay out{(std::int64_t{hour} * 3600 + std::int64_t{minute} * 60) * kSecond, 60 * kSecond};
    if (!cursor.take(':')) {
        return out;
    }
    const int second = cursor.number(2, 59);
    if (second < 0) {
        return std::nullopt;
    }
    out.ns += second * kSecond;
    out.width = kSecond;
    if (!cursor.take('.')) {
        return out;
    }
    int digits = 0;
    for (int digit = cursor.nextDigit(); digit >= 0; digit = cursor.nextDigit(), ++digits) {
        out.width = digits < 9 ? out.width / 10 : out.width;
        out.ns += digits < 9 ? digit * out.width : 0;
    }
    return digits > 0 ? std::optional(out) : std::nullopt;
}

/// Z, ±hh:mm or nothing, in seconds east of UTC.
std::optional<std::int64_t> readZone(Cursor& cursor)
{
    if (cursor.done() || cursor.take('Z')) {
        return 0;
    }
    const bool west = cursor.take('-');
    if (!west && !cursor.take('+')) {
        return std::nullopt;
    }
    const int hour = cursor.number(2, 18);
    if (hour < 0 || !cursor.take(':')) {
        return std::nullopt;
    }
    const int minute = cursor.number(2, 59);
    if (minute < 0) {
        return std::nullopt;
    }
    const std::int64_t seconds = std::int64_t{hour} * 3600 + std::int64_t{minute} * 60;
    return west ? -seconds : seconds;
}

} // namespace

std::optional<MomentRange> parseMoment(std::string_view text)
{
    Cursor cursor(text);
    const int year = cursor.number(4, 2261);
    const bool dashOne = cursor.take('-');
    const int month = cursor.number(2, 12);
    const bool dashTwo = cursor.take('-');
    const int day = cursor.number(2, 31);
    if (year < 1678 || month < 1 || day < 1 || !dashOne || !dashTwo) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    TimeOfDay time;
    if (cursor.take('T') || cursor.take(' ')) {
        const auto read = readTime(cursor);
        if (!read) {
            return std::nullopt;
        }
        time = *read;
    }
    const auto zone = readZone(cursor);
    if (!zone || !cursor.done()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t begin = days * 86'400 * kSecond + time.ns - *zone * kSecond;
    return MomentRange{begin, begin + time.width};
}

} // namespace tracedeck
