// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_units.h"

#include "selectors/query_lexer.h"
#include "selectors/query_moment.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace tracedeck {
namespace {

struct Unit {
    std::string_view name;
    double factor;
};

constexpr double kKi = 1024;
constexpr double kMi = kKi * 1024;
constexpr double kGi = kMi * 1024;
constexpr double kTi = kGi * 1024;

constexpr std::array<Unit, 22> kByteUnits{
    {{"B", 1},     {"KiB", kKi}, {"MiB", kMi}, {"GiB", kGi}, {"TiB", kTi},        {"PiB", kTi * 1024},
     {"kB", 1e3},  {"KB", 1e3},  {"MB", 1e6},  {"GB", 1e9},  {"TB", 1e12},        {"PB", 1e15},
     {"kib", kKi}, {"mib", kMi}, {"gib", kGi}, {"tib", kTi}, {"pib", kTi * 1024}, {"kb", 1e3},
     {"mb", 1e6},  {"gb", 1e9},  {"tb", 1e12}, {"pb", 1e15}}};
constexpr std::array<Unit, 3> kBitRates{{{"kbit/s", 125}, {"Mbit/s", 125e3}, {"Gbit/s", 125e6}}};
constexpr std::array<Unit, 12> kTimeUnits{{{"ns", 1},
                                           {"us", 1e3},
                                           {"\xC2\xB5s", 1e3}, // micro sign
                                           {"\xCE\xBCs", 1e3}, // Greek mu
                                           {"ms", 1e6},
                                           {"s", 1e9},
                                           {"m", 60e9},
                                           {"min", 60e9},
                                           {"h", 3600e9},
                                           {"d", 86'400e9},
                                           {"w", 7 * 86'400e9},
                                           {"sec", 1e9}}};
constexpr std::array<Unit, 1> kPercentUnits{{{"%", 1}}};
constexpr std::array<Unit, 3> kCelsiusUnits{{{"C", 1}, {"\xC2\xB0", 1}, {"\xC2\xB0\x43", 1}}};

std::optional<double> find(std::span<const Unit> units, std::string_view name)
{
    for (const Unit& unit : units) {
        if (unit.name == name) {
            return unit.factor;
        }
    }
    return std::nullopt;
}

std::optional<double> rateFactor(std::string_view name)
{
    if (const auto bits = find(kBitRates, name)) {
        return bits;
    }
    const bool perSecond = name.size() > 2 && name.substr(name.size() - 2) == "/s";
    return perSecond ? find(kByteUnits, name.substr(0, name.size() - 2)) : std::nullopt;
}

std::optional<double> factorOf(Dimension dimension, std::string_view name)
{
    switch (dimension) {
    case Dimension::Percent:
        return find(kPercentUnits, name);
    case Dimension::Bytes:
        return find(kByteUnits, name);
    case Dimension::BytesPerSec:
        return rateFactor(name);
    case Dimension::Duration:
        return find(kTimeUnits, name);
    case Dimension::Celsius:
        return find(kCelsiusUnits, name);
    case Dimension::Count:
    case Dimension::Moment:
        break;
    }
    return std::nullopt;
}

struct Number {
    double value = 0;
    double halfStep = 0; ///< half of the last written digit
    std::size_t length = 0; ///< 0 = no number here
};

/// Decimal number at the start of `text`; from_chars knows no locale. "inf" and "nan" are not numbers.
Number readNumber(std::string_view text)
{
    std::size_t i = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    const bool digit = i < text.size() && ((text[i] >= '0' && text[i] <= '9') || text[i] == '.');
    const std::size_t from = i == 1 && text[0] == '+' ? 1 : 0;
    Number out;
    const auto [end, failure] = std::from_chars(text.data() + from, text.data() + text.size(), out.value);
    if (!digit || failure != std::errc{}) {
        return {};
    }
    out.length = static_cast<std::size_t>(end - text.data());
    int decimals = 0;
    for (bool fraction = false; i < out.length && text[i] != 'e' && text[i] != 'E'; ++i) {
        decimals += fraction ? 1 : 0;
        fraction = fraction || text[i] == '.';
    }
    int exponent = 0;
    if (i < out.length) {
        const std::size_t sign = text[i + 1] == '+' ? 2 : 1;
        std::from_chars(text.data() + i + sign, text.data() + out.length, exponent);
    }
    out.halfStep = 0.5 * std::pow(10.0, exponent - decimals);
    return out;
}

/// A unit ends where the next number of a joined duration begins.
std::size_t unitEnd(std::string_view text, std::size_t begin)
{
    return std::min(text.find_first_of("0123456789.+-", begin), text.size());
}

QuantityResult failure(std::size_t at, std::string what, Dimension dimension)
{
    return {std::nullopt, std::move(what), std::string(dimensionExample(dimension)), static_cast<std::uint32_t>(at)};
}

QuantityResult unitFailure(std::string_view unit, std::size_t at, Dimension dimension)
{
    const bool bits = (dimension == Dimension::Bytes || dimension == Dimension::BytesPerSec) && unit.size() >= 2
        && unit.substr(1, 1) == "b";
    std::string what = quoteForMessage(unit) + " is not a unit of this field";
    return failure(at, bits ? what + " (B means bytes, bit means bits)" : what, dimension);
}

} // namespace

std::string_view dimensionExample(Dimension dimension)
{
    switch (dimension) {
    case Dimension::Count:
        return "a number without a unit";
    case Dimension::Percent:
        return "a percentage such as 80%";
    case Dimension::Bytes:
        return "a size such as 2GiB or 500MB";
    case Dimension::BytesPerSec:
        return "a rate such as 10MB/s or 100Mbit/s";
    case Dimension::Duration:
        return "a duration such as 250ms, 1h30m or 2d";
    case Dimension::Celsius:
        return "a temperature in degrees Celsius such as 70";
    case Dimension::Moment:
        return "a date or time such as 2026-11-21 or 2026-11-21T10:42:07Z";
    }
    return {};
}

QuantityResult parseQuantity(std::string_view text, Dimension dimension, std::string_view defaultUnit)
{
    if (dimension == Dimension::Moment) {
        const auto moment = parseMoment(text);
        if (!moment) {
            return failure(0, quoteForMessage(text) + " is not a date or time", dimension);
        }
        const auto begin = static_cast<double>(moment->beginNs);
        return {Quantity{begin, begin, static_cast<double>(moment->endNs)}, {}, {}, 0};
    }
    Quantity sum;
    double half = 0;
    std::size_t at = 0;
    do {
        const Number number = readNumber(text.substr(at));
        if (number.length == 0 || !std::isfinite(number.value)) {
            return failure(at, quoteForMessage(text.substr(at)) + " is not a number", dimension);
        }
        const std::size_t unitAt = at + number.length;
        const std::size_t end = unitEnd(text, unitAt);
        const std::string_view written = text.substr(unitAt, end - unitAt);
        const std::string_view unit = written.empty() ? defaultUnit : written;
        const auto factor = unit.empty() ? std::optional(1.0) : factorOf(dimension, unit);
        if (!factor || (written.empty() && at > 0)) {
            return unitFailure(written, unitAt, dimension);
        }
        sum.value += number.value * *factor;
        half = number.halfStep * *factor;
        at = end;
    } while (at < text.size() && dimension == Dimension::Duration);
    if (at < text.size()) {
        return unitFailure(text.substr(at), at, dimension);
    }
    if (!std::isfinite(sum.value)) {
        return failure(0, quoteForMessage(text) + " is too large", dimension);
    }
    sum.low = sum.value - half;
    sum.high = sum.value + half;
    return {sum, {}, {}, 0};
}

} // namespace tracedeck
