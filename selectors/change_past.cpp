// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/change_past.h"

#include <algorithm>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::int64_t kMinuteNs = 60LL * 1'000'000'000;

/// How close together stretches of an age may begin.
std::int64_t spacingOf(std::int64_t ageNs)
{
    return ageNs <= 7 * kMinuteNs ? kMinuteNs / 2 : ageNs <= 20 * kMinuteNs ? kMinuteNs : 3 * kMinuteNs;
}

/// Keeps first and last; of the others those that begin far enough after the one kept before.
void thinOut(std::vector<PastMoment>& moments, std::int64_t nowNs, std::int64_t factor)
{
    std::vector<PastMoment> kept;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const bool isEdge = i == 0 || i + 1 == moments.size();
        if (isEdge || moments[i].fromNs - kept.back().fromNs >= factor * spacingOf(nowNs - moments[i].fromNs)) {
            kept.push_back(std::move(moments[i]));
        }
    }
    moments = std::move(kept);
}

} // namespace

std::size_t ChangePast::memoryBytes() const
{
    std::size_t bytes = 0;
    for (const PastMoment& moment : moments) {
        bytes += moment.marks->memoryBytes();
    }
    return bytes;
}

ChangePast withMoment(ChangePast past, std::shared_ptr<const RowMarks> marks, std::int64_t atNs)
{
    std::vector<PastMoment>& moments = past.moments;
    if (!moments.empty() && atNs < moments.back().untilNs) {
        moments.clear();
    }
    if (!moments.empty() && (moments.back().marks == marks || *moments.back().marks == *marks)) {
        moments.back().untilNs = atNs;
    } else {
        moments.push_back({atNs, atNs, std::move(marks)});
    }
    // The newest that began an hour ago or earlier answers for everything before.
    const auto young = std::find_if(moments.begin(), moments.end(),
                                    [atNs](const PastMoment& moment) { return atNs - moment.fromNs < kPastSpanNs; });
    if (young - moments.begin() > 1) {
        moments.erase(moments.begin(), young - 1);
    }
    thinOut(moments, atNs, 1);
    for (std::int64_t factor = 2;
         moments.size() > 2 && (moments.size() > kPastMoments || past.memoryBytes() > kPastBytes); factor *= 2) {
        thinOut(moments, atNs, factor);
    }
    return past;
}

PastAnswer pastAt(const ChangePast& past, std::int64_t timeNs)
{
    if (past.moments.empty()) {
        return {};
    }
    const auto after =
        std::upper_bound(past.moments.begin(), past.moments.end(), timeNs,
                         [](std::int64_t time, const PastMoment& moment) { return time < moment.fromNs; });
    if (after == past.moments.begin()) {
        return {after->marks, after->fromNs, true};
    }
    const PastMoment& moment = *(after - 1);
    return {moment.marks, std::min(moment.untilNs, timeNs), false};
}

} // namespace tracedeck
