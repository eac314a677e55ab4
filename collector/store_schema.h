// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"

#include <cstdint>
#include <span>
#include <string>

namespace tracedeck {

/// "Trdk" in ASCII: marks the file as ours.
inline constexpr std::int64_t kStoreApplicationId = 0x5472646B;

/// One forward step of the schema; version i+1 is reached by the i-th entry.
struct StoreMigration {
    const char* sql;
};

/// All steps up to the version this build writes.
[[nodiscard]] std::span<const StoreMigration> storeMigrations();

/// What the first bytes of a database file say, read without SQLite so that nothing is touched.
struct DatabaseFileState {
    bool exists = false;
    std::int64_t version = 0;
};

/// Corrupt for a file that is not an SQLite database of ours, NewerVersion for one of a newer release.
[[nodiscard]] Result<DatabaseFileState> inspectDatabaseFile(const std::string& path, std::int64_t knownVersion);

/// Brings the database to the newest version: each step in one transaction with its version number.
/// Before the first step of an existing database a copy is written to `<path>.v<old>.backup`. On failure
/// the database is as it was before the failing step.
[[nodiscard]] Result<void> migrateStore(Database& database, const std::string& path,
                                        std::span<const StoreMigration> migrations);

/// Opens (creating if needed) the writing connection with all pragmas and the newest schema.
[[nodiscard]] Result<Database> openStoreDatabase(const std::string& path, bool fullSync);

} // namespace tracedeck
