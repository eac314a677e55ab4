// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_process_parse.h"

#include "formats/local_text_scan.h"

#include <array>

namespace tracedeck {
namespace {

constexpr std::uint64_t kKernelThreadFlag = 0x00200000; // PF_KTHREAD in field 9

bool listsController(std::string_view controllers, std::string_view wanted)
{
    for (std::size_t begin = 0; begin <= controllers.size();) {
        const std::size_t end = std::min(controllers.find(',', begin), controllers.size());
        if (controllers.substr(begin, end - begin) == wanted) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

} // namespace

std::optional<ProcessStat> parseProcessStat(std::string_view text)
{
    const std::size_t open = text.find('(');
    const std::size_t close = text.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
        return std::nullopt;
    }
    const auto pid = numberOf<std::int64_t>(trimmed(text.substr(0, open)));
    if (!pid || *pid <= 0) {
        return std::nullopt;
    }
    TextScan words(text.substr(close + 1));
    const std::string_view state = words.nextWord(); // field 3
    std::array<std::string_view, 21> fields; // fields 4 … 24
    for (std::string_view& field : fields) {
        field = words.nextWord();
    }
    const auto flags = numberOf<std::uint64_t>(fields[9 - 4]);
    const auto user = numberOf<std::uint64_t>(fields[14 - 4]);
    const auto system = numberOf<std::uint64_t>(fields[15 - 4]);
    const auto threads = numberOf<std::int64_t>(fields[20 - 4]);
    const auto start = numberOf<std::uint64_t>(fields[22 - 4]);
    const auto resident = numberOf<std::int64_t>(fields[24 - 4]);
    if (state.size() != 1 || !flags || !user || !system || !threads || !start || !resident) {
        return std::nullopt;
    }
    return ProcessStat{*pid,
                       text.substr(open + 1, close - open - 1),
                       state.front(),
                       (*flags & kKernelThreadFlag) != 0,
                       *user + *system,
                       *start,
                       *threads,
                       *resident < 0 ? 0 : *resident};
}

std::optional<ProcessIo> parseProcessIo(std::string_view text)
{
    std::optional<std::uint64_t> read;
    std::optional<std::uint64_t> written;
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        if (line.starts_with("read_bytes:")) {
            read = numberOf<std::uint64_t>(trimmed(line.substr(11)));
        } else if (line.starts_with("write_bytes:")) {
            written = numberOf<std::uint64_t>(trimmed(line.substr(12)));
        }
    }
    return read && written ? std::optional<ProcessIo>({*read, *written}) : std::nullopt;
}

std::optional<std::string_view> parseProcessCgroup(std::string_view text, std::string_view controller)
{
    TextScan lines(text);
    for (std::string_view line; lines.nextLine(line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
        if (second == std::string_view::npos) {
            continue;
        }
        const std::string_view controllers = line.substr(first + 1, second - first - 1);
        const bool unified = controllers.empty() && line.substr(0, first) == "0";
        if (controller.empty() ? unified : listsController(controllers, controller)) {
            return line.substr(second + 1);
        }
    }
    return std::nullopt;
}

} // namespace tracedeck
