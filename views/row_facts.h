// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "models/roles.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <vector>

namespace tracedeck {

/// One line of the drawer. A value that is unknown is an en dash with the reason in `note`.
struct RowFact {
    QString label{};
    QString value{};
    QString note{}; ///< dimmed: basis, unit, explanation
    Severity severity = Severity::None; ///< draws the status shape before the value
    QString link{}; ///< tracedeck:// link behind the value
    QStringList chips{}; ///< shown as boxes instead of a value
    bool heading = false; ///< the label opens a section and has no value
    bool operator==(const RowFact&) const = default;
};

/// All that is known about a row, for drawer, JSON and copy.
struct RowFacts {
    RowKey key = 0; ///< 0 = nothing
    QString title;
    QString subtitle;
    std::vector<RowFact> facts;
    QJsonObject json; ///< every field with its unit in the name; unknown ones left out
    QString shellCommand; ///< what to type to look at it; may be empty
    QString tracesLink; ///< traces of a service with the name of this row; may be empty
    QString workloadsLink; ///< hosts: their workloads
};

/// Facts of a row at a moment (for ages). `source` names where the row comes from, `ageText` how old it
/// is. Values after secret-looking names are masked. Precondition: row < table.rows().
[[nodiscard]] RowFacts infrastructureFacts(const InfrastructureTable& table, std::size_t row, std::int64_t nowNs);
[[nodiscard]] RowFacts workloadFacts(const WorkloadTable& table, std::size_t row, std::int64_t nowNs);

} // namespace tracedeck
