// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/log_query.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace tracedeck {

/// How bad a line says it is; the order is that of the words in a log.
enum class LogSeverity : std::uint8_t { None, Trace, Debug, Info, Warning, Error, Fatal };

/// One row of a log.
struct LogRow {
    std::int64_t timeNs = 0; ///< since the Unix epoch; 0 = unknown
    std::string text; ///< UTF-8, one line
    LogSeverity severity = LogSeverity::None;
    bool error = false; ///< written to the error output
    std::uint64_t dropped = 0; ///< not 0: so many lines are missing here
};

/// The last lines of a log and which of them a filter shows. Bounded: the oldest go first and are
/// counted. Appending n lines costs O(n), whatever is kept.
class LogLines : public QObject {
    Q_OBJECT

public:
    explicit LogLines(QObject* parent = nullptr, std::size_t capacity = 20'000);

    void append(std::vector<LogRow> rows);
    void clear();
    /// Takes the filter over unless it has errors. Cost: one pass over all lines.
    void setFilter(const LogQuery& filter);

    [[nodiscard]] std::size_t shownCount() const noexcept { return m_shown.size(); }
    [[nodiscard]] std::size_t totalCount() const noexcept { return m_rows.size(); }
    /// Precondition: index < shownCount().
    [[nodiscard]] const LogRow& shown(std::size_t index) const;
    /// Number of a shown line since the log was opened; stays the same while lines before it go.
    [[nodiscard]] std::uint64_t number(std::size_t index) const { return m_shown[index]; }
    /// Place of the first shown line whose number is not smaller.
    [[nodiscard]] std::size_t indexOfNumber(std::uint64_t number) const;
    [[nodiscard]] std::uint64_t droppedCount() const noexcept { return m_dropped; }
    /// Lines that went because newer ones needed the room.
    [[nodiscard]] std::uint64_t forgottenCount() const noexcept { return m_first; }
    [[nodiscard]] QString textOf(std::size_t from, std::size_t to) const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] bool isShown(const LogRow& row) const;
    void trim();

    std::size_t m_capacity;
    std::deque<LogRow> m_rows;
    std::deque<std::uint64_t> m_shown; ///< numbers, ascending
    std::uint64_t m_first = 0; ///< number of m_rows.front()
    std::uint64_t m_dropped = 0;
    LogQuery m_filter;
};

[[nodiscard]] std::string_view logSeverityKey(LogSeverity severity);

} // namespace tracedeck
