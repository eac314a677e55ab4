// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/stored_body.h"

#include "formats/inflate.h"

namespace tracedeck {

Result<BodyReader> BodyReader::open(Database& database)
{
    Result<Statement> select = database.prepare("SELECT packed, bytes FROM body WHERE id = ?");
    if (!select) {
        return select.error();
    }
    return BodyReader(database, std::move(select).value());
}

Result<std::string> BodyReader::read(std::int64_t request)
{
    const StatementScope scope(m_select);
    m_select.bind(1, request);
    if (!m_select.next()) {
        return m_select.ended() ? makeError(ErrorCode::NotFound, "trace store", "the stored request is gone")
                                : m_database->failure("read a stored request");
    }
    const std::string_view bytes = m_select.blob(1);
    if (m_select.integer(0) == 0) {
        return std::string(bytes);
    }
    return decompressBlob(bytes, kMaxStoredBodyBytes);
}

} // namespace tracedeck
