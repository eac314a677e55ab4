// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/order_hold.h"

#include "selectors/key_row_index.h"

#include <algorithm>
#include <cstddef>

namespace tracedeck {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::uint64_t kVanishedMark = 0xD1B54A32D192ED03ULL;

bool within(std::int64_t eventNs, std::int64_t spanNs, std::int64_t nowNs)
{
    return eventNs != INT64_MIN && nowNs >= eventNs && nowNs - eventNs < spanNs;
}

KeyRowIndex indexOf(const RowPlan& plan)
{
    return {plan.keys, 0, static_cast<std::uint32_t>(plan.keys.size())};
}

void addRow(RowPlan& plan, PlanRow row, RowKey key, std::uint64_t digest)
{
    plan.rows.push_back(row);
    plan.keys.push_back(key);
    plan.digests.push_back(digest);
}

/// Adds a row of `from`; a header brings its group along.
void takeRow(RowPlan& plan, const RowPlan& from, std::size_t row)
{
    if (!from.rows[row].isGroup()) {
        addRow(plan, from.rows[row], from.keys[row], from.digests[row]);
        return;
    }
    const auto group = static_cast<std::uint32_t>(plan.groups.size());
    plan.groups.push_back(from.groups[from.rows[row].index()]);
    addRow(plan, {PlanRow::kGroupHeader | group}, from.keys[row], from.digests[row]);
}

/// Adds what stays behind of a row of `held` that `derived` does not have any more.
void keepVanished(RowPlan& plan, const RowPlan& held, std::size_t row)
{
    if (held.rows[row].isGroup()) {
        const bool empty = held.groups[held.rows[row].index()].shown == 0;
        takeRow(plan, held, row);
        plan.groups.back().shown = 0;
        plan.groups.back().worst = 0;
        plan.digests.back() ^= empty ? 0 : kVanishedMark;
        return;
    }
    const bool already = held.rows[row].isVanished();
    addRow(plan, {PlanRow::kVanished}, held.keys[row], already ? held.digests[row] : held.digests[row] ^ kVanishedMark);
    ++plan.vanished;
}

} // namespace

void OrderHold::begin(std::int64_t nowNs)
{
    if (!holds(nowNs)) {
        m_sinceNs = nowNs;
    }
}

void OrderHold::pointerMoved(std::int64_t nowNs)
{
    begin(nowNs);
    m_pointerNs = nowNs;
}

void OrderHold::keyPressed(std::int64_t nowNs)
{
    begin(nowNs);
    m_keyNs = nowNs;
}

void OrderHold::setDrawerOpen(bool open, std::int64_t nowNs)
{
    if (open) {
        begin(nowNs);
    }
    m_drawerOpen = open;
}

bool OrderHold::holds(std::int64_t nowNs) const
{
    return m_enabled
        && (m_drawerOpen || within(m_pointerNs, kPointerHoldNs, nowNs) || within(m_keyNs, kKeyHoldNs, nowNs));
}

std::int64_t OrderHold::heldSeconds(std::int64_t nowNs) const
{
    return holds(nowNs) ? std::max<std::int64_t>(0, nowNs - m_sinceNs) / kNsPerSecond : 0;
}

std::int64_t OrderHold::releasesAtNs(std::int64_t nowNs) const
{
    if (!holds(nowNs) || m_drawerOpen) {
        return 0;
    }
    std::int64_t at = 0;
    if (within(m_pointerNs, kPointerHoldNs, nowNs)) {
        at = m_pointerNs + kPointerHoldNs;
    }
    if (within(m_keyNs, kKeyHoldNs, nowNs)) {
        at = std::max(at, m_keyNs + kKeyHoldNs);
    }
    return at;
}

RowPlan holdOrder(const RowPlan& held, const RowPlan& derived)
{
    const KeyRowIndex derivedRows = indexOf(derived);
    RowPlan plan;
    plan.shown = derived.shown;
    plan.total = derived.total;
    plan.rows.reserve(held.rows.size());
    plan.keys.reserve(held.rows.size());
    plan.digests.reserve(held.rows.size());
    for (std::size_t row = 0; row < held.rows.size(); ++row) {
        const std::int32_t now = derivedRows.find(held.keys[row]);
        if (now != KeyRowIndex::kMissing) {
            takeRow(plan, derived, static_cast<std::size_t>(now));
        } else {
            keepVanished(plan, held, row);
        }
    }
    return plan.vanished > kMaxVanished ? derived : plan;
}

std::uint32_t waitingRows(const RowPlan& held, const RowPlan& derived)
{
    const KeyRowIndex heldRows = indexOf(held);
    std::uint32_t waiting = 0;
    for (std::size_t row = 0; row < derived.rows.size(); ++row) {
        const bool isNew = heldRows.find(derived.keys[row]) == KeyRowIndex::kMissing;
        waiting += isNew && !derived.rows[row].isGroup() ? 1U : 0U;
    }
    return waiting;
}

} // namespace tracedeck
