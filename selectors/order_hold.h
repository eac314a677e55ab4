// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <cstdint>
#include <string>

namespace tracedeck {

/// Keeps the order of a table still while somebody works in it: the pointer moved over it within a
/// minute, a key was pressed within five seconds, or a drawer is open. A value; time is a parameter (ns of
/// any steady clock; a clock that runs backwards releases, it never holds longer).
class OrderHold {
public:
    static constexpr std::int64_t kPointerHoldNs = 60'000'000'000;
    static constexpr std::int64_t kKeyHoldNs = 5'000'000'000;

    /// --no-hold: never holds.
    void setEnabled(bool enabled) { m_enabled = enabled; }
    void pointerMoved(std::int64_t nowNs);
    void keyPressed(std::int64_t nowNs);
    void setDrawerOpen(bool open, std::int64_t nowNs);
    /// The pointer left the table: it no longer counts.
    void pointerLeft() { m_pointerNs = kNever; }

    [[nodiscard]] bool holds(std::int64_t nowNs) const;
    /// The plan was derived exactly (a sort the user clicked, R): the time on display starts anew.
    void resorted(std::int64_t nowNs) { m_sinceNs = nowNs; }
    /// How long the order has been held, in whole seconds; 0 when it is not.
    [[nodiscard]] std::int64_t heldSeconds(std::int64_t nowNs) const;
    /// When holds() turns false by itself; 0 = not held, or held by the drawer.
    [[nodiscard]] std::int64_t releasesAtNs(std::int64_t nowNs) const;

private:
    static constexpr std::int64_t kNever = INT64_MIN;
    void begin(std::int64_t nowNs);

    std::int64_t m_pointerNs = kNever;
    std::int64_t m_keyNs = kNever;
    std::int64_t m_sinceNs = 0; ///< start of the hold in force
    bool m_drawerOpen = false;
    bool m_enabled = true;
};

/// Above this many vanished rows a hold makes no sense any more (a source went away): the derived plan is
/// shown as it is.
inline constexpr std::uint32_t kMaxVanished = 1000;

/// The derived plan in the order of the held one: rows and headers of `held` keep their places and take
/// their values from `derived`; rows that left stay, marked vanished; rows and groups that are new wait.
/// A header whose group left stays with 0 shown. shown and total are those of `derived`.
/// Both plans must come from the same query but for the order. Cost: O(n), one hash table.
[[nodiscard]] RowPlan holdOrder(const RowPlan& held, const RowPlan& derived);

/// Table rows of `derived` that wait, because `held` does not have them. For "3 new".
[[nodiscard]] std::uint32_t waitingRows(const RowPlan& held, const RowPlan& derived);

} // namespace tracedeck
