// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/reader_pool.h"
#include "collector/trace_rows.h"
#include "core/trace_list_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck {

/// Place in an order: the value of the order column and, between equals, the row id.
struct ListPosition {
    std::int64_t value = 0;
    std::int64_t id = 0;
    bool operator==(const ListPosition&) const = default;
};

/// Inclusive bounds that narrow an order by duration; other orders ignore them.
struct DurationRange {
    std::int64_t fromNs = 0;
    std::int64_t toNs = 0;
};

/// Opaque text of a position; bound to the order, so that a cursor of another order is refused.
[[nodiscard]] std::string encodeListCursor(TraceOrder order, const ListPosition& position);
[[nodiscard]] std::optional<ListPosition> decodeListCursor(TraceOrder order, const std::string& cursor);

/// The order column's value of a row.
[[nodiscard]] std::int64_t orderValue(TraceOrder order, const TraceRow& row);

/// Walks trace summaries in an order, slice by slice, always along an index: by time the range bounds the
/// index itself and errors-only has an index of its own; in the other orders range and errors are tested
/// on the row. Own traces are a second walk, merged in.
class TraceListScan {
public:
    TraceListScan(Database& database, const TraceListRequest& request, const DurationRange& durations,
                  std::optional<ListPosition> after);

    /// The next rows, at most `count`; empty at the end. Rows outside the range or without errors (when
    /// only errors are wanted) are left out, so a slice may be short: atEnd() says when it is over.
    [[nodiscard]] Result<std::vector<TraceRow>> next(std::size_t count);
    [[nodiscard]] bool atEnd() const noexcept { return m_others.end && m_own.end; }
    /// Where to go on after everything handed out so far.
    [[nodiscard]] const std::optional<ListPosition>& position() const noexcept { return m_after; }
    /// The SQL of all statements this scan can run, for the query plan test.
    [[nodiscard]] static std::vector<std::string> statements(TraceOrder order, bool errorsOnly);

private:
    struct Stream {
        bool own = false;
        bool end = false;
    };
    [[nodiscard]] Result<void> read(Stream& stream, std::size_t count, std::vector<TraceRow>& into);
    [[nodiscard]] Result<void> run(const std::string& sql, const Stream& stream, const ListPosition& bounds,
                                   std::size_t count, std::vector<TraceRow>& into);
    /// First and last value of the order column that can be wanted.
    [[nodiscard]] ListPosition valueRange() const;
    [[nodiscard]] bool wanted(const TraceRow& row) const;
    [[nodiscard]] bool precedes(const TraceRow& a, const TraceRow& b) const;

    Database& m_database;
    TraceListRequest m_request;
    DurationRange m_durations;
    std::optional<ListPosition> m_after;
    Stream m_others;
    Stream m_own{true, true};
};

/// Traces in the range (and with errors, if asked), counted along the index up to `limit`.
[[nodiscard]] Result<std::uint64_t> countTraces(Database& database, const TraceListRequest& request,
                                                std::uint64_t limit);

} // namespace tracedeck
