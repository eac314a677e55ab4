// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_proc_parse.h"

#include "formats/local_text_scan.h"

#include <array>
#include <cmath>
#include <limits>

namespace tracedeck {
namespace {

constexpr std::uint64_t kSectorBytes = 512;
constexpr std::int64_t kKibibyte = 1024;

std::optional<CpuTicks> parseCpuLine(TextScan words)
{
    std::array<std::uint64_t, 8> ticks{};
    std::size_t count = 0;
    for (; count < ticks.size(); ++count) {
        const std::string_view word = words.nextWord();
        const auto value = numberOf<std::uint64_t>(word);
        if (!value) {
            break;
        }
        ticks[count] = *value;
    }
    if (count < 4) {
        return std::nullopt;
    }
    CpuTicks result;
    for (const std::uint64_t value : ticks) {
        result.total += value;
    }
    result.busy = result.total - ticks[3] - ticks[4];
    return result;
}

std::optional<std::int64_t> kibibytes(std::string_view word)
{
    const auto value = numberOf<std::int64_t>(word);
    if (!value || *value < 0 || *value > std::numeric_limits<std::int64_t>::max() / kKibibyte) {
        return std::nullopt;
    }
    return *value * kKibibyte;
}

std::optional<double> finite(std::string_view word)
{
    const auto value = numberOf<double>(word);
    return value && std::isfinite(*value) && *value >= 0 ? value : std::nullopt;
}

std::string unquoted(std::string_view value)
{
    value = trimmed(value);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
        value = value.substr(1, value.size() - 2);
    }
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\' && i + 1 < value.size()) {
            ++i;
        }
        out += value[i];
    }
    return cleanText(out);
}

} // namespace

ProcStat parseProcStat(std::string_view text)
{
    ProcStat stat;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        TextScan words(line);
        const std::string_view name = words.nextWord();
        if (name == "cpu" && !stat.cpu) {
            stat.cpu = parseCpuLine(words);
        } else if (name.starts_with("cpu") && numberOf<std::uint32_t>(name.substr(3))) {
            ++stat.cpuCount;
        } else if (name == "btime") {
            stat.bootTimeSec = numberOf<std::int64_t>(words.nextWord());
        }
    }
    return stat;
}

MemInfo parseMemInfo(std::string_view text)
{
    MemInfo info;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        TextScan words(line);
        const std::string_view name = words.nextWord();
        if (name == "MemTotal:") {
            info.totalBytes = kibibytes(words.nextWord());
        } else if (name == "MemAvailable:") {
            info.availableBytes = kibibytes(words.nextWord());
        } else if (name == "SwapTotal:") {
            info.swapTotalBytes = kibibytes(words.nextWord());
        } else if (name == "SwapFree:") {
            info.swapFreeBytes = kibibytes(words.nextWord());
        }
    }
    return info;
}

std::vector<NetCounters> parseNetDev(std::string_view text)
{
    std::vector<NetCounters> devices;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        // Device names may hold a colon (aliases), so the last one before the numbers counts.
        const std::size_t colon = line.rfind(':');
        if (colon == std::string_view::npos) {
            continue;
        }
        TextScan words(line.substr(colon + 1));
        const auto rx = numberOf<std::uint64_t>(words.nextWord());
        for (int skipped = 0; skipped < 7; ++skipped) {
            (void)words.nextWord();
        }
        const auto tx = numberOf<std::uint64_t>(words.nextWord());
        const std::string_view name = trimmed(line.substr(0, colon));
        if (rx && tx && !name.empty()) {
            devices.push_back({name, *rx, *tx});
        }
    }
    return devices;
}

std::vector<DiskCounters> parseDiskStats(std::string_view text)
{
    std::vector<DiskCounters> disks;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        TextScan words(line);
        const auto major = numberOf<std::uint32_t>(words.nextWord());
        const auto minor = numberOf<std::uint32_t>(words.nextWord());
        const std::string_view name = words.nextWord();
        std::array<std::optional<std::uint64_t>, 7> fields;
        for (auto& field : fields) {
            field = numberOf<std::uint64_t>(words.nextWord());
        }
        constexpr std::uint64_t kMaxSectors = std::numeric_limits<std::uint64_t>::max() / kSectorBytes;
        if (major && minor && fields[2] && fields[6] && *fields[2] <= kMaxSectors && *fields[6] <= kMaxSectors) {
            disks.push_back(
                {name, (std::uint64_t{*major} << 32U) | *minor, *fields[2] * kSectorBytes, *fields[6] * kSectorBytes});
        }
    }
    return disks;
}

std::optional<std::uint64_t> parseDeviceNumber(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto major = numberOf<std::uint32_t>(text.substr(0, colon));
    const auto minor = numberOf<std::uint32_t>(text.substr(colon + 1));
    return major && minor ? std::optional<std::uint64_t>((std::uint64_t{*major} << 32U) | *minor) : std::nullopt;
}

std::optional<LoadAverage> parseLoadAverage(std::string_view text)
{
    TextScan words(text);
    const auto one = finite(words.nextWord());
    const auto five = finite(words.nextWord());
    const auto fifteen = finite(words.nextWord());
    return one && five && fifteen ? std::optional<LoadAverage>({*one, *five, *fifteen}) : std::nullopt;
}

std::optional<double> parseUptime(std::string_view text)
{
    return finite(TextScan(text).nextWord());
}

std::string parseOsName(std::string_view text)
{
    std::string name;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        if (line.starts_with("PRETTY_NAME=")) {
            const std::string pretty = unquoted(line.substr(12));
            if (!pretty.empty()) {
                return pretty;
            }
        } else if (line.starts_with("NAME=")) {
            name = unquoted(line.substr(5));
        }
    }
    return name;
}

std::optional<double> parsePressure(std::string_view text)
{
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        TextScan words(line);
        if (words.nextWord() == "some") {
            const std::string_view average = words.nextWord();
            return average.starts_with("avg10=") ? finite(average.substr(6)) : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace tracedeck
