// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/fuzzy_match.h"

#include <algorithm>
#include <vector>

namespace tracedeck {

namespace {

constexpr int kNoMatch = -1'000'000;
constexpr int kHit = 4;
constexpr int kWordStart = 8;
constexpr int kNeighbour = 12;
constexpr std::size_t kLateFrom = 12; ///< a first hit this late is as good as a later one
constexpr std::size_t kLateStep = 3;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool startsWord(std::string_view text, std::size_t at)
{
    if (at == 0) {
        return true;
    }
    const char before = text[at - 1];
    return before == ' ' || before == '-' || before == '_' || before == '.' || before == '/' || before == ':';
}

} // namespace

std::optional<int> fuzzyScore(std::string_view pattern, std::string_view text)
{
    // best[i] = best score with the current pattern character matched at text[i].
    std::vector<int> best;
    bool first = true;
    for (const char raw : pattern) {
        if (raw == ' ') {
            continue;
        }
        const char wanted = lower(raw);
        std::vector<int> next(text.size(), kNoMatch);
        int reachable = first ? 0 : kNoMatch; // best over best[0 … i-1], less one per skipped character
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (!first && i > 0) {
                reachable = std::max(reachable - 1, best[i - 1]);
            }
            if (lower(text[i]) == wanted && reachable > kNoMatch / 2) {
                int gain = kHit + (startsWord(text, i) ? kWordStart : 0);
                const bool neighbour = !first && i > 0 && best[i - 1] > kNoMatch / 2;
                next[i] = reachable + gain;
                if (neighbour) {
                    next[i] = std::max(next[i], best[i - 1] + gain + kNeighbour);
                }
            }
            if (first && i < kLateFrom) {
                reachable = -static_cast<int>(i / kLateStep) - 1; // a late first hit is worth a little less
            }
        }
        best = std::move(next);
        first = false;
    }
    if (first) {
        return 0;
    }
    const auto found = std::max_element(best.begin(), best.end());
    return found == best.end() || *found <= kNoMatch / 2 ? std::nullopt : std::optional<int>(*found);
}

} // namespace tracedeck
