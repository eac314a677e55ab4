// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"
#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tracedeck {

/// No stored body decompresses to more: twice the ingest cap, since JSON is stored as protobuf.
inline constexpr std::size_t kMaxStoredBodyBytes = std::size_t{128} << 20U;

/// Reads bodies by request number on one connection.
class BodyReader {
public:
    [[nodiscard]] static Result<BodyReader> open(Database& database);
    /// The OTLP protobuf as stored, decompressed. NotFound when retention took it.
    [[nodiscard]] Result<std::string> read(std::int64_t request);

private:
    BodyReader(Database& database, Statement select) : m_database(&database), m_select(std::move(select)) { }
    Database* m_database;
    Statement m_select;
};

} // namespace tracedeck
