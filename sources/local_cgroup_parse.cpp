// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_cgroup_parse.h"

#include "formats/local_text_scan.h"
#include "sources/local_proc_parse.h"

namespace tracedeck {
namespace {

bool counts(std::string_view device, const CountedDevices& counted)
{
    const auto number = parseDeviceNumber(device);
    return number && (counted.empty() || counted.contains(*number));
}

} // namespace

std::optional<std::uint64_t> parseCgroupNumber(std::string_view text)
{
    return numberOf<std::uint64_t>(trimmed(text));
}

std::optional<std::uint64_t> parseCgroupKey(std::string_view text, std::string_view key)
{
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ' ') {
            return numberOf<std::uint64_t>(trimmed(line.substr(key.size())));
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> parseMemoryLimit(std::string_view text)
{
    constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 60U; // v1 rounds 2^63 down to pages of any size
    const auto value = parseCgroupNumber(text);
    return value && *value < kNoLimit ? std::optional<std::int64_t>(static_cast<std::int64_t>(*value)) : std::nullopt;
}

std::optional<double> parseCpuMax(std::string_view text)
{
    TextScan words(text);
    const auto quota = numberOf<std::uint64_t>(words.nextWord());
    const auto period = numberOf<std::uint64_t>(words.nextWord());
    if (!quota || !period || *quota == 0 || *period == 0) {
        return std::nullopt;
    }
    return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<double> parseCpuQuota(std::string_view quota, std::string_view period)
{
    const auto quotaUs = numberOf<std::int64_t>(trimmed(quota));
    const auto periodUs = numberOf<std::int64_t>(trimmed(period));
    if (!quotaUs || !periodUs || *quotaUs <= 0 || *periodUs <= 0) {
        return std::nullopt;
    }
    return static_cast<double>(*quotaUs) / static_cast<double>(*periodUs);
}

CgroupIo parseIoStat(std::string_view text, const CountedDevices& counted)
{
    CgroupIo io;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        TextScan words(line);
        if (!counts(words.nextWord(), counted)) {
            continue;
        }
        for (std::string_view word = words.nextWord(); !word.empty(); word = words.nextWord()) {
            if (word.starts_with("rbytes=")) {
                io.readBytes += numberOf<std::uint64_t>(word.substr(7)).value_or(0);
            } else if (word.starts_with("wbytes=")) {
                io.writtenBytes += numberOf<std::uint64_t>(word.substr(7)).value_or(0);
            }
        }
    }
    return io;
}

CgroupIo parseBlkioBytes(std::string_view text, const CountedDevices& counted)
{
    CgroupIo io;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        TextScan words(line);
        if (!counts(words.nextWord(), counted)) {
            continue;
        }
        const std::string_view operation = words.nextWord();
        const std::uint64_t bytes = numberOf<std::uint64_t>(words.nextWord()).value_or(0);
        if (operation == "Read") {
            io.readBytes += bytes;
        } else if (operation == "Write") {
            io.writtenBytes += bytes;
        }
    }
    return io;
}

} // namespace tracedeck
