// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/sqlite_statement.h"

#include <sqlite3.h>
#include <utility>

namespace tracedeck {
namespace {

constexpr int kBusyTimeoutMs = 5000;

ErrorCode errorCodeOf(int sqliteCode)
{
    switch (sqliteCode & 0xFF) {
    case SQLITE_FULL:
        return ErrorCode::StorageFull;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return ErrorCode::ReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::Corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Busy;
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    default:
        return ErrorCode::Internal;
    }
}

Error sqliteError(sqlite3* handle, std::string_view during)
{
    const int code = handle == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle);
    const char* text = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
    const ErrorCode mapped = errorCodeOf(code);
    return makeError(mapped, "trace store", std::string(during) + ": " + text + " (" + std::to_string(code) + ")", {},
                     mapped != ErrorCode::Corrupt);
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
    return *this;
}

Statement& Statement::bindText(int parameter, std::string_view text)
{
    sqlite3_bind_text64(m_statement.get(), parameter, text.data() == nullptr ? "" : text.data(), text.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bindBlob(int parameter, std::string_view bytes)
{
    sqlite3_bind_blob64(m_statement.get(), parameter, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                        SQLITE_STATIC);
    return *this;
}

Statement& Statement::bindNull(int parameter)
{
    sqlite3_bind_null(m_statement.get(), parameter);
    return *this;
}

bool Statement::next()
{
    const int code = sqlite3_step(m_statement.get());
    m_ended = code == SQLITE_ROW || code == SQLITE_DONE;
    return code == SQLITE_ROW;
}

bool Statement::run()
{
    while (next()) { }
    const bool good = m_ended;
    reset();
    return good;
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    return text == nullptr
        ? std::string_view()
        : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)));
}

std::string_view Statement::blob(int column) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    return bytes == nullptr
        ? std::string_view()
        : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)));
}

void Database::Close::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

Result<Database> Database::open(const std::string& path, Mode mode)
{
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::Create ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    Database database(handle);
    if (code != SQLITE_OK) {
        return sqliteError(handle, "open " + path);
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    if (mode == Mode::Read) {
        if (Result<void> set = database.execute("PRAGMA query_only=1; PRAGMA cache_size=-8192"); !set) {
            return set.error();
        }
    }
    return database;
}

Result<void> Database::execute(const std::string& sql)
{
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return failure(std::string_view(sql).substr(0, 60));
    }
    return {};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr)
        != SQLITE_OK) {
        return failure(sql.substr(0, 60));
    }
    return Statement(statement);
}

Result<Statement*> Database::cached(std::string_view sql)
{
    if (const auto found = m_statements.find(sql); found != m_statements.end()) {
        return &found->second;
    }
    Result<Statement> prepared = prepare(sql);
    if (!prepared) {
        return prepared.error();
    }
    return &m_statements.emplace(sql, std::move(prepared).value()).first->second;
}

Result<std::int64_t> Database::integerOf(std::string_view sql)
{
    const Result<Statement*> statement = cached(sql);
    if (!statement) {
        return statement.error();
    }
    const StatementScope scope(**statement);
    const std::int64_t value = (*statement)->next() ? (*statement)->integer(0) : 0;
    if (!(*statement)->ended()) {
        return failure(sql.substr(0, 60));
    }
    return value;
}

Error Database::failure(std::string_view during) const
{
    return sqliteError(handle(), during);
}

std::int64_t Database::lastRowId() const
{
    return sqlite3_last_insert_rowid(handle());
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(handle()) == 0;
}

void Database::interrupt()
{
    sqlite3_interrupt(handle());
}

} // namespace tracedeck
