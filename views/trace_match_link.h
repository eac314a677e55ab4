// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/trace_match.h"

#include <QString>
#include <QUrlQuery>
#include <vector>

namespace tracedeck {

/// "The traces of this row": the row's name and the ways to find them, surest first. Which way finds any
/// is known once a collector was asked.
struct TraceMatchWish {
    struct Way {
        QString key; ///< "container.id"
        QString value;
        QString query;
        bool operator==(const Way&) const = default;
    };
    QString subject; ///< empty = no wish
    std::vector<Way> ways;

    [[nodiscard]] bool isEmpty() const { return ways.empty(); }
    bool operator==(const TraceMatchWish&) const = default;
};

/// Link that opens the traces of a row; empty without a way to find them.
[[nodiscard]] QString traceMatchLink(const QString& subject, const std::vector<TraceMatch>& matches);
/// Adds the wish to a link's parameters, and reads it from there. Damaged lists read as no wish.
void addMatchWish(QUrlQuery& state, const TraceMatchWish& wish);
[[nodiscard]] TraceMatchWish readMatchWish(const QUrlQuery& state);

} // namespace tracedeck
