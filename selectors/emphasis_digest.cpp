// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/emphasis_digest.h"

#include <cstddef>
#include <cstdint>

namespace tracedeck {
namespace {

std::uint64_t emphasisBits(const OptionalColumn<double>& first, const OptionalColumn<double>& second, std::size_t row,
                           const IoStats& stats)
{
    if (!first.has(row) && !second.has(row)) {
        return 0;
    }
    return static_cast<std::uint64_t>(ioEmphasis(first.raw(row) + second.raw(row), stats));
}

template <class Table> void addTo(RowPlan& plan, const Table& table, const IoScale& io)
{
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
        if (plan.rows[i].isGroup() || plan.rows[i].isVanished()) {
            continue;
        }
        const std::size_t row = plan.rows[i].index();
        const std::uint64_t bits = emphasisBits(table.rxBytesPerSec, table.txBytesPerSec, row, io.network)
            | emphasisBits(table.readBytesPerSec, table.writeBytesPerSec, row, io.diskIo) << 2U;
        plan.digests[i] ^= bits * kSpread;
    }
}

} // namespace

void addEmphasisToDigests(RowPlan& plan, const InfrastructureTable& table, const IoScale& io)
{
    addTo(plan, table, io);
}

void addEmphasisToDigests(RowPlan& plan, const WorkloadTable& table, const IoScale& io)
{
    addTo(plan, table, io);
}

} // namespace tracedeck
