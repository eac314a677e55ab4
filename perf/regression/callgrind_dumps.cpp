// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/regression/callgrind_dumps.h"

#include "perf/result/perf_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <initializer_list>
#include <system_error>

namespace tracedeck {
namespace {

/// What follows `label` on the line it begins, or nothing.
std::optional<std::string_view> lineAfter(std::string_view text, std::string_view label)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (text.substr(at, label.size()) == label) {
            return text.substr(at + label.size(), end - at - label.size());
        }
        at = end + 1;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

const PerfResult* resultNamed(const std::vector<PerfResult>& results, const std::string& suite, const std::string& name)
{
    const auto found = std::find_if(results.begin(), results.end(), [&](const PerfResult& result) {
        return result.suite == suite && result.name == name;
    });
    return found == results.end() ? nullptr : &*found;
}

/// over / under of the figures both have and that are not 0.
void addRatios(PerfResult& into, const PerfResult& over, const PerfResult& under,
               std::initializer_list<const char*> figures, bool lowerIsBetter)
{
    for (const char* figure : figures) {
        const auto a = over.metrics.find(figure);
        const auto b = under.metrics.find(figure);
        if (a != over.metrics.end() && b != under.metrics.end() && b->second.value > 0) {
            into.metrics[std::string(figure) + "_ratio"] = {a->second.value / b->second.value, MetricKind::Ratio,
                                                            lowerIsBetter};
        }
    }
}

} // namespace

std::optional<std::pair<std::string, std::uint64_t>> callgrindDump(std::string_view text)
{
    const auto name = lineAfter(text, "desc: Trigger: Client Request: ");
    auto totals = lineAfter(text, "totals: ");
    totals = totals ? totals : lineAfter(text, "summary: ");
    const auto instructions = totals ? numberOf(*totals) : std::nullopt;
    if (!name || name->empty() || !instructions) {
        return std::nullopt;
    }
    return std::pair(std::string(*name), *instructions);
}

Result<std::map<std::string, std::uint64_t>> readCallgrindDumps(const std::string& prefix)
{
    std::map<std::string, std::uint64_t> dumps;
    std::error_code failure;
    const std::filesystem::path folder = std::filesystem::path(prefix).parent_path();
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
        const std::string path = entry.path().string();
        if (path.rfind(prefix + '.', 0) != 0) {
            continue;
        }
        const auto text = readPerfText(path);
        const auto dump = text.ok() ? callgrindDump(*text) : std::nullopt;
        if (dump) {
            dumps[dump->first] = dump->second;
        }
    }
    if (dumps.empty()) {
        return makeError(ErrorCode::NotFound, prefix, "holds no callgrind dumps with names");
    }
    return dumps;
}

std::vector<std::string> addInstructions(std::vector<PerfResult>& results,
                                         const std::map<std::string, std::uint64_t>& dumps)
{
    std::vector<std::string> without;
    for (PerfResult& result : results) {
        const auto found = dumps.find(result.name);
        if (found == dumps.end()) {
            without.push_back(result.name);
        } else {
            result.metrics["ir"] = {static_cast<double>(found->second), MetricKind::Instructions, true};
        }
    }
    return without;
}

std::vector<PerfResult> scalingResults(const std::vector<PerfResult>& results)
{
    std::vector<PerfResult> found;
    for (const PerfResult& small : results) {
        const std::size_t slash = small.name.rfind('/');
        const auto size = slash == std::string::npos ? std::nullopt : numberOf(small.name.substr(slash + 1));
        if (!size) {
            continue;
        }
        const std::string base = small.name.substr(0, slash);
        if (const PerfResult* large = resultNamed(results, small.suite, base + '/' + std::to_string(*size * 10))) {
            PerfResult ratio{"scaling", base, {}, 1, 0, small.environment};
            addRatios(ratio, *large, small, {"ir", "allocs"}, true);
            if (!ratio.metrics.empty()) {
                found.push_back(std::move(ratio));
            }
        }
    }
    return found;
}

std::vector<PerfResult> againstResults(const std::vector<PerfResult>& results)
{
    constexpr std::string_view kMark = "/vs:";
    std::vector<PerfResult> found;
    for (const PerfResult& other : results) {
        const std::size_t mark = other.name.find(kMark);
        const PerfResult* own =
            mark == std::string::npos ? nullptr : resultNamed(results, other.suite, other.name.substr(0, mark));
        if (own == nullptr) {
            continue;
        }
        PerfResult ratio{"against",       own->name + '/' + other.name.substr(mark + kMark.size()), {}, 1, 0,
                         own->environment};
        addRatios(ratio, other, *own, {"ir", "cpu_ns"}, false);
        if (!ratio.metrics.empty()) {
            found.push_back(std::move(ratio));
        }
    }
    return found;
}

} // namespace tracedeck
