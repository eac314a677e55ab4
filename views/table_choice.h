// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QString>
#include <QUrlQuery>
#include <array>
#include <vector>

namespace tracedeck {

/// The windows "changed since" offers, in minutes.
inline constexpr std::array<int, 3> kChangeWindows{5, 15, 60};
/// The minutes if they are one of the windows, else 0 (links and settings are written by others too).
[[nodiscard]] int changeWindowOf(int minutes);

/// Everything a person can choose about a fleet table, by stable ids, so that it goes into links and
/// settings as it is. Empty text = no restriction.
struct TableChoice {
    QString text; ///< query language; always a text that parses
    QString view; ///< "", "vm", "container", "pod", "unit"; hosts: "", "primary", "services"
    QString status; ///< "", "running", "degraded", "stopped"
    QString source; ///< platform key
    QString grouping; ///< "none", "node", "cluster" …
    QString thenGrouping; ///< inside those groups; empty = one level
    QString sortKey = QStringLiteral("name"); ///< TableColumn::sortKey
    bool descending = false;
    QString thenSortKey; ///< decides among equal values; empty = the name does
    bool thenDescending = false;
    bool problemsOnly = false;
    int changedMinutes = 0; ///< only rows that changed in the last 5, 15 or 60 minutes; 0 = all
    bool worstGroupsFirst = false;
    RowKey host = 0; ///< workloads of this host only
    QString hostName; ///< how that restriction is shown
    std::vector<RowKey> collapsed; ///< group keys, sorted
    std::vector<RowKey> pinned; ///< rows kept at the top, in the order they were pinned

    /// Whether anything but sort, grouping and collapsing restricts what is shown.
    [[nodiscard]] bool hasFilter() const;
    /// Both sort keys and directions are the same.
    [[nodiscard]] bool hasOrderOf(const TableChoice& other) const;
    /// Two levels of groups: there is a first one, and the second is another.
    [[nodiscard]] bool isNested() const;
    /// Takes every restriction away; sort, grouping and collapsed groups stay.
    void clearFilter();
    /// What Shift and a click on a column mean: the first sort key flips; any other becomes the second,
    /// then flips, then goes.
    void thenSortBy(const QString& key, bool descendingFirst);
    /// All of it but collapsed groups and pins, for links; defaults are left out.
    [[nodiscard]] QUrlQuery toQuery() const;
    /// The next window of changes: 5, 15, 60 minutes, none.
    void nextChangeWindow();
    /// Reads what toQuery() wrote over the values at hand; what the link does not name goes back to none.
    void readQuery(const QUrlQuery& query);
    bool operator==(const TableChoice&) const = default;
};

} // namespace tracedeck
