// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/body_history.h"
#include "collector/resource_registry.h"
#include "collector/service_registry.h"
#include "collector/sqlite_statement.h"
#include "collector/status_board.h"
#include "collector/store_counters.h"
#include "collector/trace_rows.h"
#include "collector/trace_store.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tracedeck {

/// Everything the writer thread works on. `services`, `resources` and `board` are shared with readers and lock by
/// themselves; the rest belongs to the writer thread.
struct WriterState {
    WriterState(StoreOptions storeOptions, Database opened, ServiceRegistry& serviceRegistry,
                ResourceRegistry& resourceRegistry, StatusBoard& statusBoard)
        : options(std::move(storeOptions)),
          database(std::move(opened)),
          services(serviceRegistry),
          resources(resourceRegistry),
          board(statusBoard)
    { }

    StoreOptions options;
    Database database;
    ServiceRegistry& services;
    ResourceRegistry& resources;
    StatusBoard& board;
    BodyHistory history;
    StoreCounters counters; ///< with the running transaction's changes
    std::unique_ptr<TraceRows> traces;
    std::vector<TraceChange> changes; ///< of the running transaction
    bool removed = false; ///< the running transaction removed traces
    std::function<void(const std::vector<TraceChange>&)> listener;
    std::vector<TraceId> provisional; ///< traces whose summary the running transaction made inexact
    std::function<void(const std::vector<TraceId>&)> provisionalListener; ///< told of them after COMMIT
    bool limitsChanged = false; ///< retention begins a pass at once
    bool corrupt = false; ///< found damaged: nothing is written any more

    [[nodiscard]] std::int64_t now() const { return options.now(); }
};

/// Opens the rest of the state around an open database.
[[nodiscard]] Result<void> loadWriterState(WriterState& state);

/// One write transaction: COMMIT carries counters, services and recent bodies with it, then makes them
/// visible and tells the listener. Without commit() everything is rolled back and forgotten.
class StoreTransaction {
public:
    explicit StoreTransaction(WriterState& state) : m_state(state) { }
    ~StoreTransaction();
    StoreTransaction(const StoreTransaction&) = delete;
    StoreTransaction& operator=(const StoreTransaction&) = delete;

    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> commit();

private:
    void rollBack();
    WriterState& m_state;
    bool m_open = false;
};

/// Sets the board's problem for a failed write, so that status() says what is wrong.
void reportWriteFailure(WriterState& state, const Error& error);

} // namespace tracedeck
