// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_schema.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>

namespace tracedeck {
namespace {

// Version 1. One body row per accepted request; a trace row carries its summary and, packed, the list of
// its requests, so that a span costs no row of its own. The small request row is apart from the body
// because SQLite rewrites a whole record on update. Every order of the list has its index, the row id
// being the tie-break that SQLite appends by itself.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE state(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  other_traces INTEGER NOT NULL DEFAULT 0, own_traces INTEGER NOT NULL DEFAULT 0,
  spans INTEGER NOT NULL DEFAULT 0, logs INTEGER NOT NULL DEFAULT 0, metric_points INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0, duplicate_requests INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0, other_generation INTEGER NOT NULL DEFAULT 0,
  own_generation INTEGER NOT NULL DEFAULT 0, last_request INTEGER NOT NULL DEFAULT 0,
  own_bytes INTEGER NOT NULL DEFAULT 0);
INSERT INTO state(id) VALUES(1);
CREATE TABLE request(
  id INTEGER PRIMARY KEY, received_ns INTEGER NOT NULL, signal INTEGER NOT NULL, own INTEGER NOT NULL,
  refs INTEGER NOT NULL, records INTEGER NOT NULL, stored_bytes INTEGER NOT NULL);
CREATE INDEX request_by_age ON request(own, received_ns);
CREATE TABLE body(id INTEGER PRIMARY KEY, packed INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE recent_body(
  id INTEGER PRIMARY KEY, hash BLOB NOT NULL, received_ns INTEGER NOT NULL, accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE service(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, own INTEGER NOT NULL, spans INTEGER NOT NULL,
  errors INTEGER NOT NULL, last_seen_ns INTEGER NOT NULL);
CREATE TABLE trace(
  id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL, own INTEGER NOT NULL, start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL, duration_ns INTEGER NOT NULL, spans INTEGER NOT NULL, errors INTEGER NOT NULL,
  exact INTEGER NOT NULL, pinned INTEGER NOT NULL DEFAULT 0, root_span INTEGER NOT NULL,
  root_start_ns INTEGER NOT NULL, root_service INTEGER NOT NULL, root_name TEXT NOT NULL,
  services BLOB NOT NULL, part_count INTEGER NOT NULL, full_parts INTEGER NOT NULL, parts BLOB NOT NULL);
CREATE UNIQUE INDEX trace_by_id ON trace(trace_id);
CREATE INDEX trace_by_start ON trace(own, start_ns);
CREATE INDEX trace_by_duration ON trace(own, duration_ns);
CREATE INDEX trace_by_spans ON trace(own, spans);
CREATE INDEX trace_by_errors ON trace(own, errors);
CREATE INDEX trace_with_errors_by_start ON trace(own, start_ns) WHERE errors > 0;
CREATE INDEX trace_pinned ON trace(pinned) WHERE pinned = 1;
CREATE TABLE trace_part(
  trace INTEGER NOT NULL, sequence INTEGER NOT NULL, parts BLOB NOT NULL,
  PRIMARY KEY(trace, sequence)) WITHOUT ROWID;
CREATE TABLE log_part(
  trace_id BLOB NOT NULL, request INTEGER NOT NULL, PRIMARY KEY(trace_id, request)) WITHOUT ROWID;
)sql";

// Version 2. What resources say about their place, once each; a trace row lists its numbers. Rows from
// before have an empty list, which reads as unknown.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE resource(id INTEGER PRIMARY KEY, packed BLOB NOT NULL, last_seen_ns INTEGER NOT NULL);
ALTER TABLE trace ADD COLUMN resources BLOB NOT NULL DEFAULT x'';
)sql";

constexpr std::array<StoreMigration, 2> kMigrations{{{kVersion1}, {kVersion2}}};

constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kPageSizeAt = 16;
constexpr std::size_t kPageCountAt = 28;
constexpr std::size_t kVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;

std::uint32_t bigEndian(const std::array<char, kHeaderBytes>& header, std::size_t at, std::size_t bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        value = value << 8U | static_cast<unsigned char>(header[at + i]);
    }
    return value;
}

Error corruptFile(const std::string& path, const std::string& what)
{
    return makeError(ErrorCode::Corrupt, path, what, "Move the file away or choose another data directory.");
}

Error newerFile(const std::string& path, std::int64_t found, std::int64_t known)
{
    return makeError(ErrorCode::NewerVersion, path,
                     "written by a newer release (schema " + std::to_string(found) + ", this one knows "
                         + std::to_string(known) + "); left untouched",
                     "Update Tracedeck or choose another data directory.");
}

Result<void> backUp(Database& database, const std::string& target)
{
    Result<Database> copy = Database::open(target, Database::Mode::Create);
    if (!copy) {
        return copy.error();
    }
    sqlite3_backup* backup = sqlite3_backup_init(copy.value().handle(), "main", database.handle(), "main");
    if (backup == nullptr) {
        return copy.value().failure("back up to " + target);
    }
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) {
        return copy.value().failure("back up to " + target);
    }
    ::chmod(target.c_str(), S_IRUSR | S_IWUSR);
    return {};
}

Result<void> applyStep(Database& database, const StoreMigration& step, std::int64_t version)
{
    const std::string sql = std::string("BEGIN IMMEDIATE;") + step.sql + "PRAGMA application_id="
        + std::to_string(kStoreApplicationId) + ";PRAGMA user_version=" + std::to_string(version) + ";COMMIT;";
    Result<void> done = database.execute(sql);
    if (!done && database.inTransaction()) {
        static_cast<void>(database.execute("ROLLBACK"));
    }
    return done;
}

} // namespace

std::span<const StoreMigration> storeMigrations()
{
    return kMigrations;
}

Result<DatabaseFileState> inspectDatabaseFile(const std::string& path, std::int64_t knownVersion)
{
    struct stat info { };
    if (::stat(path.c_str(), &info) != 0) {
        if (errno == ENOENT) {
            return DatabaseFileState{};
        }
        return makeError(ErrorCode::ReadOnly, path, std::string("cannot be looked at: ") + std::strerror(errno));
    }
    if (info.st_size == 0) {
        return DatabaseFileState{true, 0}; // created and never written: SQLite starts it anew
    }
    std::array<char, kHeaderBytes> header{};
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return makeError(ErrorCode::PermissionDenied, path, "cannot be read");
    }
    if (!file.read(header.data(), header.size()) || std::memcmp(header.data(), "SQLite format 3", 16) != 0) {
        return corruptFile(path, "is not a trace database");
    }
    const std::int64_t version = bigEndian(header, kVersionAt, 4);
    const std::uint32_t applicationId = bigEndian(header, kApplicationIdAt, 4);
    if (applicationId != kStoreApplicationId && (applicationId != 0 || version != 0)) {
        return corruptFile(path, "is a database of another program");
    }
    if (version > knownVersion) {
        return newerFile(path, version, knownVersion);
    }
    std::uint64_t pageSize = bigEndian(header, kPageSizeAt, 2);
    pageSize = pageSize == 1 ? 65536 : pageSize;
    if (static_cast<std::uint64_t>(info.st_size) < pageSize * bigEndian(header, kPageCountAt, 4)
        && ::stat((path + "-wal").c_str(), &info) != 0) {
        return corruptFile(path, "is cut short");
    }
    return DatabaseFileState{true, version};
}

Result<void> migrateStore(Database& database, const std::string& path, std::span<const StoreMigration> migrations)
{
    const Result<std::int64_t> found = database.integerOf("PRAGMA user_version");
    if (!found) {
        return found.error();
    }
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (*found > newest) {
        return newerFile(path, *found, newest);
    }
    if (*found > 0 && *found < newest) {
        if (Result<void> kept = backUp(database, path + ".v" + std::to_string(*found) + ".backup"); !kept) {
            return kept;
        }
    }
    for (std::int64_t version = *found; version < newest; ++version) {
        if (Result<void> done = applyStep(database, migrations[static_cast<std::size_t>(version)], version + 1);
            !done) {
            return done;
        }
    }
    return {};
}

Result<Database> openStoreDatabase(const std::string& path, bool fullSync)
{
    const Result<DatabaseFileState> state =
        inspectDatabaseFile(path, static_cast<std::int64_t>(storeMigrations().size()));
    if (!state) {
        return state.error();
    }
    Result<Database> database = Database::open(path, Database::Mode::Create);
    if (!database) {
        return database;
    }
    // auto_vacuum only takes effect before the first table exists.
    const std::string pragmas =
        std::string("PRAGMA auto_vacuum=INCREMENTAL;PRAGMA journal_mode=WAL;PRAGMA synchronous=")
        + (fullSync ? "FULL" : "NORMAL")
        + ";PRAGMA cache_size=-65536;PRAGMA wal_autocheckpoint=4000;PRAGMA journal_size_limit=67108864;"
          "PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=OFF";
    Result<void> done = database.value().execute(pragmas);
    if (done) {
        done = migrateStore(database.value(), path, storeMigrations());
    }
    if (done) {
        ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
        const Result<std::int64_t> rows = database.value().integerOf("SELECT count(*) FROM state");
        if (!rows) {
            return rows.error();
        }
        return database;
    }
    return done.error();
}

} // namespace tracedeck
