// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log_lines.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tracedeck {

std::string_view logSeverityKey(LogSeverity severity)
{
    constexpr std::array<std::string_view, 7> kKeys{"", "trace", "debug", "info", "warning", "error", "fatal"};
    return kKeys.at(static_cast<std::size_t>(severity));
}

LogLines::LogLines(QObject* parent, std::size_t capacity)
    : QObject(parent), m_capacity(std::max<std::size_t>(capacity, 1))
{ }

bool LogLines::isShown(const LogRow& row) const
{
    // A gap is always shown: what is missing could have matched.
    return row.dropped > 0 || m_filter.matchesAll()
        || m_filter.matches({row.text, logSeverityKey(row.severity), row.error});
}

void LogLines::append(std::vector<LogRow> rows)
{
    if (rows.empty()) {
        return;
    }
    for (LogRow& row : rows) {
        m_dropped += row.dropped;
        if (isShown(row)) {
            m_shown.push_back(m_first + m_rows.size());
        }
        m_rows.push_back(std::move(row));
    }
    trim();
    Q_EMIT changed();
}

void LogLines::trim()
{
    while (m_rows.size() > m_capacity) {
        m_rows.pop_front();
        ++m_first;
    }
    while (!m_shown.empty() && m_shown.front() < m_first) {
        m_shown.pop_front();
    }
}

void LogLines::clear()
{
    m_rows.clear();
    m_shown.clear();
    m_first = 0;
    m_dropped = 0;
    Q_EMIT changed();
}

void LogLines::setFilter(const LogQuery& filter)
{
    if (!filter.ok()) {
        return;
    }
    m_filter = filter;
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (isShown(m_rows[i])) {
            m_shown.push_back(m_first + i);
        }
    }
    Q_EMIT changed();
}

const LogRow& LogLines::shown(std::size_t index) const
{
    return m_rows[static_cast<std::size_t>(m_shown[index] - m_first)];
}

std::size_t LogLines::indexOfNumber(std::uint64_t number) const
{
    return static_cast<std::size_t>(std::lower_bound(m_shown.begin(), m_shown.end(), number) - m_shown.begin());
}

QString LogLines::textOf(std::size_t from, std::size_t to) const
{
    QString out;
    for (std::size_t i = from; i < to && i < m_shown.size(); ++i) {
        const LogRow& row = shown(i);
        if (row.dropped == 0) {
            out += QString::fromUtf8(row.text.data(), static_cast<qsizetype>(row.text.size())) + u'\n';
        }
    }
    return out;
}

} // namespace tracedeck
