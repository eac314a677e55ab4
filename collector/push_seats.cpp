// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/push_seats.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

namespace tracedeck {

struct PushSeats::Table {
    std::mutex mutex{};
    std::map<std::size_t, std::size_t> byToken{}; ///< only tokens that hold a seat
    std::size_t taken = 0;

    void give(std::size_t token)
    {
        const std::lock_guard lock(mutex);
        --taken;
        if (const auto held = byToken.find(token); --held->second == 0)
            byToken.erase(held);
    }
};

PushSeats::PushSeats(std::size_t perToken, std::size_t total)
    : m_perToken(perToken), m_total(total), m_table(std::make_shared<Table>())
{ }

Result<PushSeats::Seat> PushSeats::take(std::size_t token)
{
    const std::lock_guard lock(m_table->mutex);
    const auto held = m_table->byToken.find(token);
    if (held != m_table->byToken.end() && held->second >= m_perToken)
        return makeError(ErrorCode::Busy, "push", fmt::format("this token already has {} push connections", m_perToken),
                         "Close one of them, or use another token.", true);
    if (m_table->taken >= m_total)
        return makeError(ErrorCode::Busy, "push", fmt::format("all {} push connections are taken", m_total),
                         "Close one of them, or come again later.", true);
    ++m_table->taken;
    ++m_table->byToken[token];
    // The pointer says nothing; what counts is its end.
    return Seat(m_table.get(), [table = m_table, token](const void*) { table->give(token); });
}

std::size_t PushSeats::taken() const
{
    const std::lock_guard lock(m_table->mutex);
    return m_table->taken;
}

} // namespace tracedeck
