// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/data_directory.h"
#include "collector/integrity_check.h"
#include "collector/reader_pool.h"
#include "collector/resource_registry.h"
#include "collector/service_registry.h"
#include "collector/status_board.h"
#include "collector/store_compaction.h"
#include "collector/store_writer.h"
#include "collector/trace_store.h"

#include <memory>

namespace tracedeck {

/// Parts of an open store, in the order in which they may be taken down.
struct TraceStore::Impl {
    explicit Impl(const StoreOptions& storeOptions);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    StoreOptions options;
    std::string path;
    UncleanMarker marker;
    ServiceRegistry services;
    ResourceRegistry resources;
    StatusBoard board;
    mutable ReaderPool readers;
    std::unique_ptr<StoreWriter> writer;
    std::unique_ptr<StoreCompaction> compaction;
    std::unique_ptr<IntegrityCheck> check;
};

} // namespace tracedeck
