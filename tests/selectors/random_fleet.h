// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/table_columns.h"
#include "core/workload_table.h"
#include "selectors/row_plan.h"

#include <numeric>
#include <random>
#include <string>
#include <type_traits>

namespace tracedeck::tests {

inline RowIndexes upTo(std::size_t rows)
{
    RowIndexes out(rows);
    std::iota(out.begin(), out.end(), 0U);
    return out;
}

/// A table whose columns are filled at random from few values, so that ties and gaps are common.
template <class Table> Table randomTable(std::mt19937& random, std::size_t rows)
{
    Table t;
    t.resize(rows);
    const char* const words[] = {"", "a", "B", "node-1", "node-2", "edge", "Edge", "docker", "running", "stopped"};
    for (std::size_t row = 0; row < rows; ++row) {
        t.keys[row] = row + 1;
        visitTexts(t, [&](TextColumn& column) { column[row] = t.strings.intern(words[random() % std::size(words)]); });
        t.id[row] = t.strings.intern("id-" + std::to_string(row));
        visitNumbers(t, [&](auto& column) {
            if (random() % 4 != 0) {
                column.set(row, static_cast<std::remove_reference_t<decltype(column.raw(0))>>(random() % 6 * 10));
            }
        });
        t.platform[row] = static_cast<Platform>(random() % static_cast<unsigned>(Platform::Count));
    }
    return t;
}

inline WorkloadTable randomWorkloads(std::mt19937& random, std::size_t rows)
{
    auto t = randomTable<WorkloadTable>(random, rows);
    for (std::size_t row = 0; row < rows; ++row) {
        t.type[row] = static_cast<WorkloadType>(random() % static_cast<unsigned>(WorkloadType::Count));
        t.platformScopes[row] = random() % 2 == 0 ? 0 : platformBit(t.platform[row]) | platformBit(Platform::Docker);
        t.hostKeys[row] = random() % 4;
    }
    t.finish();
    return t;
}

inline InfrastructureTable randomHosts(std::mt19937& random, std::size_t rows)
{
    auto t = randomTable<InfrastructureTable>(random, rows);
    for (std::size_t row = 0; row < rows; ++row) {
        t.type[row] = static_cast<InfrastructureType>(random() % static_cast<unsigned>(InfrastructureType::Count));
        t.status[row] = static_cast<InfrastructureStatus>(random() % 8);
        t.sources[row] = static_cast<PlatformSet>(random() % 8);
    }
    t.finish();
    return t;
}

} // namespace tracedeck::tests
