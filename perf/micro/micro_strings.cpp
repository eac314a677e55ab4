// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/http_message.h"
#include "collector/trace_api_request.h"
#include "core/number_format.h"
#include "core/search_arena.h"
#include "formats/utf8_check.h"
#include "perf/micro/micro_cases.h"
#include "perf/selector_fixture.h"
#include "selectors/text_pattern.h"

#include <memory>
#include <string>
#include <vector>

namespace tracedeck {
namespace {

constexpr std::size_t kTexts = 5'000;

/// The names of a fleet: what strings of this program look like.
std::shared_ptr<const std::vector<std::string>> names()
{
    static const auto texts = [] {
        const WorkloadTable table = fixtureWorkloads(kTexts, WorkloadSearchFields::Product);
        auto all = std::make_shared<std::vector<std::string>>();
        for (const StringId id : table.name) {
            all->emplace_back(table.strings.view(id));
        }
        return all;
    }();
    return texts;
}

template <class Work> PerfCase eachName(const char* name, Work work)
{
    return {"text-" + std::string(name) + '/' + std::to_string(kTexts), [work] {
                return [work, texts = names()] {
                    std::size_t sum = 0;
                    for (const std::string& text : *texts) {
                        sum += work(text);
                    }
                    keepAlive(sum);
                };
            }};
}

/// A request of the collector's API from its target to what it asks for.
PerfCase targetCase(const char* name, std::string target)
{
    return {"api-" + std::string(name), [target = std::move(target)] {
                return [target] {
                    HttpHead head;
                    parseTarget(target, head);
                    keepAlive(apiTargetOf(head.path).ok());
                    keepAlive(listRequestOf(head).ok());
                };
            }};
}

PerfCase numbersCase()
{
    return {"text-numbers/" + std::to_string(kTexts), [] {
                return [] {
                    std::size_t sum = 0;
                    for (std::int64_t value = 0; value < static_cast<std::int64_t>(kTexts); ++value) {
                        sum += formatBytesBinary(value * 1'000'003).number.size();
                        sum += formatDuration(value * 1'009).number.size();
                    }
                    keepAlive(sum);
                };
            }};
}

} // namespace

std::vector<PerfCase> microStrings()
{
    const TextPattern edge = TextPattern::contains("edge");
    std::string reason;
    const auto digits = TextPattern::regex("-[0-9]+$", reason);
    const auto scratch = std::make_shared<std::string>();
    std::vector<PerfCase> all{
        eachName("fold", [](const std::string& text) { return foldCase(text).size(); }),
        eachName("contains",
                 [edge, scratch](const std::string& text) { return std::size_t{edge.matches(text, *scratch)}; }),
        eachName("utf8", [](const std::string& text) { return std::size_t{isValidUtf8(text)}; }),
        numbersCase(),
        targetCase("status", "/api/v1/status"),
        targetCase("trace", "/api/v1/traces/4bf92f3577b34da6a3ce929d0e0e4736"),
        targetCase("list", "/api/v1/traces?q=service%3Apayments%20duration%3E250ms&limit=200&order=duration"),
        targetCase("unknown", "/api/v1/trace/4bf92f3577b34da6a3ce929d0e0e4736"),
    };
    if (digits) {
        all.push_back(eachName("regex", [digits, scratch](const std::string& text) {
            return std::size_t{digits->matches(text, *scratch)};
        }));
    }
    return all;
}

} // namespace tracedeck
