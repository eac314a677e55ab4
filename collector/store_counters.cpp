// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_counters.h"

#include <array>

namespace tracedeck {
namespace {

struct CounterColumn {
    const char* name;
    std::int64_t StoreCounters::*member;
};

constexpr std::array<CounterColumn, 12> kColumns{{{"other_traces", &StoreCounters::otherTraces},
                                                  {"own_traces", &StoreCounters::ownTraces},
                                                  {"spans", &StoreCounters::spans},
                                                  {"logs", &StoreCounters::logs},
                                                  {"metric_points", &StoreCounters::metricPoints},
                                                  {"requests", &StoreCounters::requests},
                                                  {"duplicate_requests", &StoreCounters::duplicateRequests},
                                                  {"rejected", &StoreCounters::rejected},
                                                  {"other_generation", &StoreCounters::otherGeneration},
                                                  {"own_generation", &StoreCounters::ownGeneration},
                                                  {"last_request", &StoreCounters::lastRequest},
                                                  {"own_bytes", &StoreCounters::ownBytes}}};

std::string columnList(const char* suffix)
{
    std::string list;
    for (const CounterColumn& column : kColumns) {
        list += (list.empty() ? "" : ", ") + std::string(column.name) + suffix;
    }
    return list;
}

} // namespace

Result<StoreCounters> loadCounters(Database& database)
{
    Result<Statement> row = database.prepare("SELECT " + columnList("") + " FROM state WHERE id = 1");
    if (!row) {
        return row.error();
    }
    if (!row.value().next()) {
        return row.value().ended() ? makeError(ErrorCode::Corrupt, "trace store", "the counters are missing")
                                   : database.failure("read the counters");
    }
    StoreCounters counters;
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        counters.*kColumns[i].member = row.value().integer(static_cast<int>(i));
    }
    return counters;
}

Result<void> storeCounters(Database& database, const StoreCounters& counters)
{
    static const std::string sql = "UPDATE state SET " + columnList(" = ?") + " WHERE id = 1";
    const Result<Statement*> update = database.cached(sql);
    if (!update) {
        return update.error();
    }
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        (*update)->bind(static_cast<int>(i) + 1, counters.*kColumns[i].member);
    }
    return (*update)->run() ? Result<void>() : Result<void>(database.failure("store the counters"));
}

} // namespace tracedeck
