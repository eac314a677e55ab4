// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QString>
#include <QUrlQuery>
#include <vector>

namespace tracedeck {

/// Everything a person can choose about a fleet table, by stable ids, so that it goes into links and
/// settings as it is. Empty text = no restriction.
struct TableChoice {
    QString text; ///< query language; always a text that parses
    QString view; ///< "", "vm", "container", "pod", "unit"; hosts: "", "primary", "services"
    QString status; ///< "", "running", "degraded", "stopped"
    QString source; ///< platform key
    QString grouping; ///< "none", "node", "cluster" …
    QString sortKey = QStringLiteral("name"); ///< TableColumn::sortKey
    bool descending = false;
    QString thenSortKey; ///< decides among equal values; empty = the name does
    bool thenDescending = false;
    bool problemsOnly = false;
    bool worstGroupsFirst = false;
    RowKey host = 0; ///< workloads of this host only
    QString hostName; ///< how that restriction is shown
    std::vector<RowKey> collapsed; ///< group keys, sorted
    std::vector<RowKey> pinned; ///< rows kept at the top, in the order they were pinned

    /// Whether anything but sort, grouping and collapsing restricts what is shown.
    [[nodiscard]] bool hasFilter() const;
    /// Takes every restriction away; sort, grouping and collapsed groups stay.
    void clearFilter();
    /// What Shift and a click on a column mean: the first sort key flips; any other becomes the second,
    /// then flips, then goes.
    void thenSortBy(const QString& key, bool descendingFirst);
    /// All of it but collapsed groups and pins, for links; defaults are left out.
    [[nodiscard]] QUrlQuery toQuery() const;
    /// Reads what toQuery() wrote over the values at hand; what the link does not name goes back to none.
    void readQuery(const QUrlQuery& query);
    bool operator==(const TableChoice&) const = default;
};

} // namespace tracedeck
