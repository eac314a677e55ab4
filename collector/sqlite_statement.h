// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace tracedeck {

/// A prepared statement. Texts and blobs that are bound must live until the statement was stepped; those
/// that are read live until the next step or reset. Not thread-safe.
class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* statement) : m_statement(statement) { }

    /// Parameters count from 1.
    Statement& bind(int parameter, std::int64_t value);
    Statement& bindText(int parameter, std::string_view text);
    Statement& bindBlob(int parameter, std::string_view bytes);
    Statement& bindNull(int parameter);

    /// True while there is a row; false at the end and on failure (then error code in Database::failure).
    [[nodiscard]] bool next();
    /// Runs a statement without rows to its end and resets it. False on failure.
    [[nodiscard]] bool run();
    void reset();

    /// Columns count from 0.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool valid() const noexcept { return m_statement != nullptr; }
    /// False when the last next() ended in a failure instead of at the end of the rows.
    [[nodiscard]] bool ended() const noexcept { return m_ended; }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    bool m_ended = true;
};

/// Resets a statement when the scope ends, so that no read transaction stays open.
class StatementScope {
public:
    explicit StatementScope(Statement& statement) : m_statement(statement) { }
    ~StatementScope() { m_statement.reset(); }
    StatementScope(const StatementScope&) = delete;
    StatementScope& operator=(const StatementScope&) = delete;

private:
    Statement& m_statement;
};

/// One connection. Used by one thread at a time.
class Database {
public:
    enum class Mode : std::uint8_t { Create, Read };

    [[nodiscard]] static Result<Database> open(const std::string& path, Mode mode);

    [[nodiscard]] Result<void> execute(const std::string& sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// Prepared once per text and kept with the connection; reset it after use.
    [[nodiscard]] Result<Statement*> cached(std::string_view sql);
    /// First column of the first row, 0 without one.
    [[nodiscard]] Result<std::int64_t> integerOf(std::string_view sql);
    /// The last failure of this connection as an Error; `during` says what was tried.
    [[nodiscard]] Error failure(std::string_view during) const;
    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] bool inTransaction() const;
    /// Makes a running statement of this connection fail soon. Thread-safe.
    void interrupt();
    [[nodiscard]] sqlite3* handle() const noexcept { return m_handle.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    explicit Database(sqlite3* handle) : m_handle(handle) { }
    std::unique_ptr<sqlite3, Close> m_handle;
    std::map<std::string, Statement, std::less<>> m_statements; // goes before the handle
};

} // namespace tracedeck
