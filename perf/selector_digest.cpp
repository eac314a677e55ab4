// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/selector_digest.h"

#include <cmath>
#include <string>
#include <utility>

namespace tracedeck {
namespace {

/// Whole numbers without ".0", as the reference lines have them.
DigestFields plainNumber(double value)
{
    if (std::floor(value) == value && std::abs(value) < 9e15) {
        return static_cast<std::int64_t>(value);
    }
    return value;
}

DigestFields statsFields(const IoStats& stats)
{
    return {{"median", plainNumber(stats.median)}, {"mad", plainNumber(stats.mad)}, {"max", plainNumber(stats.max)},
            {"p97", plainNumber(stats.p97)},       {"p99", plainNumber(stats.p99)}, {"count", stats.count}};
}

} // namespace

std::uint32_t idDigest(const StringPool& strings, const TextColumn& id, const RowIndexes& rows)
{
    LineFnv fnv;
    for (const std::uint32_t row : rows) {
        fnv.add(strings.view(id[row]));
    }
    return fnv.value();
}

DigestFields rowDigestFields(const StringPool& strings, const TextColumn& id, const RowIndexes& rows)
{
    return {{"rows", rows.size()}, {"fnv", idDigest(strings, id, rows)}};
}

ArrangedRows arrangeByGroup(const RowIndexes& rows, const RowGroups& groups)
{
    ArrangedRows arranged;
    arranged.ends.resize(groups.groups.size());
    for (const std::uint32_t row : rows) {
        ++arranged.ends[groups.groupOf[row]];
    }
    std::uint32_t sum = 0;
    for (std::uint32_t& end : arranged.ends) {
        sum += std::exchange(end, sum); // starts for now, moved to the ends by the scatter below
    }
    arranged.rows.resize(rows.size());
    for (const std::uint32_t row : rows) {
        arranged.rows[arranged.ends[groups.groupOf[row]]++] = row;
    }
    return arranged;
}

DigestFields groupDigestFields(const StringPool& strings, const TextColumn& id, const ArrangedRows& arranged,
                               const RowGroups& groups, std::string_view namesField, std::string RowGroup::*names)
{
    LineFnv fnv;
    for (const RowGroup& group : groups.groups) {
        fnv.add(group.*names);
    }
    return {{"groups", groups.groups.size()},
            {std::string(namesField), fnv.value()},
            {"fnv", idDigest(strings, id, arranged.rows)}};
}

DigestFields planDigestFields(const StringPool& strings, const TextColumn& id, const RowPlan& plan)
{
    LineFnv fnv;
    std::size_t rows = 0;
    for (const PlanRow& row : plan.rows) {
        if (!row.isGroup()) {
            fnv.add(strings.view(id[row.index()]));
            ++rows;
        }
    }
    return {{"rows", rows}, {"groups", plan.groups.size()}, {"fnv", fnv.value()}};
}

DigestFields ioDigestFields(const IoScale& scale)
{
    return {{"network", statsFields(scale.network)}, {"diskIO", statsFields(scale.diskIo)}};
}

} // namespace tracedeck
