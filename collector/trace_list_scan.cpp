// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_list_scan.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace tracedeck {
namespace {

constexpr std::int64_t kOpenEnd = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kOpenBegin = std::numeric_limits<std::int64_t>::min();
bool byTime(TraceOrder order)
{
    return order == TraceOrder::StartDescending || order == TraceOrder::StartAscending;
}

bool ascending(TraceOrder order)
{
    return order == TraceOrder::StartAscending || order == TraceOrder::DurationAscending;
}

const char* orderColumn(TraceOrder order)
{
    switch (order) {
    case TraceOrder::DurationDescending:
    case TraceOrder::DurationAscending:
        return "duration_ns";
    case TraceOrder::SpansDescending:
        return "spans";
    case TraceOrder::ErrorsDescending:
        return "errors";
    case TraceOrder::StartDescending:
    case TraceOrder::StartAscending:
        break;
    }
    return "start_ns";
}

enum class Slice : std::uint8_t { Ties, Range };

/// Parameters: 1 own, 2 and 3 the range of the order column (first in, last in) or value and id of the
/// row to tie with, 4 limit. SQLite bounds an index by one range only, so ties are a statement apart.
std::string sliceSql(TraceOrder order, bool errorsOnly, Slice slice)
{
    const std::string column = orderColumn(order);
    const std::string sign = ascending(order) ? " > " : " < ";
    const std::string direction = ascending(order) ? " ASC" : " DESC";
    std::string sql = std::string("SELECT ") + kTraceColumns + " FROM trace WHERE own = ?1";
    sql += slice == Slice::Ties ? " AND " + column + " = ?2 AND id" + sign + "?3"
                                : " AND " + column + " >= ?2 AND " + column + " <= ?3";
    sql += byTime(order) && errorsOnly ? " AND errors > 0" : "";
    return sql + " ORDER BY " + column + direction + ", id" + direction + " LIMIT ?4";
}

std::string countSql(bool errorsOnly)
{
    return std::string("SELECT count(*) FROM (SELECT 1 FROM trace WHERE own = ?1 AND start_ns >= ?2 AND start_ns <= ?3")
        + (errorsOnly ? " AND errors > 0" : "") + " LIMIT ?4)";
}

/// Last wanted start, inclusive.
std::int64_t rangeLast(const TraceListRequest& request)
{
    return request.toNs == 0 ? kOpenEnd : request.toNs - 1;
}

std::int64_t rangeBegin(const TraceListRequest& request)
{
    return request.fromNs == 0 ? kOpenBegin : request.fromNs;
}

} // namespace

std::string encodeListCursor(TraceOrder order, const ListPosition& position)
{
    return std::to_string(static_cast<int>(order)) + "." + std::to_string(position.value) + "."
        + std::to_string(position.id);
}

std::optional<ListPosition> decodeListCursor(TraceOrder order, const std::string& cursor)
{
    std::int64_t numbers[3] = {};
    const char* at = cursor.data();
    const char* const end = at + cursor.size();
    for (int i = 0; i < 3; ++i) {
        const auto [stop, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc() || (i < 2 ? stop == end || *stop != '.' : stop != end)) {
            return std::nullopt;
        }
        at = stop + 1;
    }
    if (numbers[0] != static_cast<std::int64_t>(order)) {
        return std::nullopt;
    }
    return ListPosition{numbers[1], numbers[2]};
}

std::int64_t orderValue(TraceOrder order, const TraceRow& row)
{
    switch (order) {
    case TraceOrder::DurationDescending:
    case TraceOrder::DurationAscending:
        return row.summary.durationNs();
    case TraceOrder::SpansDescending:
        return row.summary.spans;
    case TraceOrder::ErrorsDescending:
        return row.summary.errors;
    case TraceOrder::StartDescending:
    case TraceOrder::StartAscending:
        break;
    }
    return row.summary.startNs;
}

TraceListScan::TraceListScan(Database& database, const TraceListRequest& request, const DurationRange& durations,
                             std::optional<ListPosition> after)
    : m_database(database), m_request(request), m_durations(durations), m_after(after)
{
    m_own.end = !request.includeOwn;
}

std::vector<std::string> TraceListScan::statements(TraceOrder order, bool errorsOnly)
{
    return {sliceSql(order, errorsOnly, Slice::Ties), sliceSql(order, errorsOnly, Slice::Range), countSql(errorsOnly)};
}

Result<std::vector<TraceRow>> TraceListScan::next(std::size_t count)
{
    std::vector<TraceRow> rows;
    Result<void> done = read(m_others, count, rows);
    const std::size_t others = rows.size();
    if (done) {
        done = read(m_own, count, rows);
    }
    if (!done) {
        return done.error();
    }
    if (others > 0 && others < rows.size()) {
        std::inplace_merge(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(others), rows.end(),
                           [this](const TraceRow& a, const TraceRow& b) { return precedes(a, b); });
    }
    if (rows.size() > count) {
        // The rest is read again from the new position: whichever stream it came from has not ended.
        for (std::size_t i = count; i < rows.size(); ++i) {
            (rows[i].summary.own ? m_own : m_others).end = false;
        }
        rows.resize(count);
    }
    if (!rows.empty()) {
        m_after = {orderValue(m_request.order, rows.back()), rows.back().id};
    }
    rows.erase(std::remove_if(rows.begin(), rows.end(), [this](const TraceRow& row) { return !wanted(row); }),
               rows.end());
    return rows;
}

Result<void> TraceListScan::read(Stream& stream, std::size_t count, std::vector<TraceRow>& into)
{
    if (stream.end) {
        return {};
    }
    const std::size_t before = into.size();
    const TraceOrder order = m_request.order;
    ListPosition range = valueRange();
    Result<void> done;
    bool beyond = true; // whether any value can follow the one reached
    if (m_after) {
        done = run(sliceSql(order, m_request.errorsOnly, Slice::Ties), stream, *m_after, count, into);
        beyond = m_after->value != (ascending(order) ? kOpenEnd : kOpenBegin);
        if (beyond && ascending(order)) {
            range.value = std::max(range.value, m_after->value + 1);
        } else if (beyond) {
            range.id = std::min(range.id, m_after->value - 1);
        }
    }
    if (const std::size_t got = into.size() - before; done && beyond && got < count) {
        done = run(sliceSql(order, m_request.errorsOnly, Slice::Range), stream, range, count - got, into);
    }
    stream.end = into.size() - before < count;
    return done;
}

Result<void> TraceListScan::run(const std::string& sql, const Stream& stream, const ListPosition& bounds,
                                std::size_t count, std::vector<TraceRow>& into)
{
    const Result<Statement*> statement = m_database.cached(sql);
    if (!statement) {
        return statement.error();
    }
    const StatementScope scope(**statement);
    Statement& row = **statement;
    row.bind(1, stream.own ? 1 : 0).bind(2, bounds.value).bind(3, bounds.id);
    row.bind(4, static_cast<std::int64_t>(count));
    while (row.next()) {
        readTraceRow(row, into.emplace_back());
    }
    return row.ended() ? Result<void>() : Result<void>(m_database.failure("list traces"));
}

ListPosition TraceListScan::valueRange() const
{
    if (byTime(m_request.order)) {
        return {rangeBegin(m_request), rangeLast(m_request)};
    }
    const bool byDuration =
        m_request.order == TraceOrder::DurationDescending || m_request.order == TraceOrder::DurationAscending;
    return byDuration ? ListPosition{m_durations.fromNs, m_durations.toNs} : ListPosition{kOpenBegin, kOpenEnd};
}

bool TraceListScan::wanted(const TraceRow& row) const
{
    return row.summary.startNs >= rangeBegin(m_request) && row.summary.startNs <= rangeLast(m_request)
        && (!m_request.errorsOnly || row.summary.errors > 0);
}

bool TraceListScan::precedes(const TraceRow& a, const TraceRow& b) const
{
    const std::int64_t valueA = orderValue(m_request.order, a);
    const std::int64_t valueB = orderValue(m_request.order, b);
    const bool less = valueA != valueB ? valueA < valueB : a.id < b.id;
    return ascending(m_request.order) ? less : !less && a.id != b.id;
}

Result<std::uint64_t> countTraces(Database& database, const TraceListRequest& request, std::uint64_t limit)
{
    const Result<Statement*> count = database.cached(countSql(request.errorsOnly));
    if (!count) {
        return count.error();
    }
    const StatementScope scope(**count);
    std::uint64_t found = 0;
    for (int own = 0; own <= (request.includeOwn ? 1 : 0); ++own) {
        (*count)->reset();
        (*count)->bind(1, own).bind(2, rangeBegin(request)).bind(3, rangeLast(request));
        (*count)->bind(4, static_cast<std::int64_t>(limit));
        if (!(*count)->next()) {
            return database.failure("count traces");
        }
        found += static_cast<std::uint64_t>((*count)->integer(0));
    }
    return std::min(found, limit);
}

} // namespace tracedeck
