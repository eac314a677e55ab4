// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry_ring.h"

#include <algorithm>
#include <bit>

namespace tracedeck {
namespace {

/// A slot's sequence is even when it holds a finished record and odd while one is being written.
constexpr std::uint64_t finished(std::uint64_t index)
{
    return 2 * index + 2;
}

} // namespace

TelemetryRing::TelemetryRing(std::size_t capacity) : m_slots(std::max<std::size_t>(capacity, 1))
{ }

void TelemetryRing::push(const StageRecord& record)
{
    const std::uint64_t index = m_next.fetch_add(1, std::memory_order_acq_rel);
    Slot& slot = m_slots[index % m_slots.size()];
    std::uint64_t seen = slot.sequence.load(std::memory_order_acquire);
    const bool free = seen % 2 == 0 && seen < finished(index);
    // A writer a whole lap behind still holds the slot, or a later one was faster: this record is lost.
    if (!free || !slot.sequence.compare_exchange_strong(seen, finished(index) - 1, std::memory_order_acq_rel)) {
        return;
    }
    const auto words = std::bit_cast<Words>(Packed{record.cycle, record.startNs, record.durationNs, record.rows,
                                                   record.source, record.stage, record.changed});
    for (std::size_t i = 0; i < words.size(); ++i) {
        slot.words[i].store(words[i], std::memory_order_release);
    }
    slot.sequence.store(finished(index), std::memory_order_release);
}

bool TelemetryRing::read(const Slot& slot, std::uint64_t index, StageRecord& record)
{
    if (slot.sequence.load(std::memory_order_acquire) != finished(index)) {
        return false;
    }
    Words words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = slot.words[i].load(std::memory_order_acquire);
    }
    if (slot.sequence.load(std::memory_order_acquire) != finished(index)) {
        return false;
    }
    const auto packed = std::bit_cast<Packed>(words);
    record = {packed.stage,      packed.source, packed.cycle,  packed.startNs,
              packed.durationNs, packed.rows,   packed.changed};
    return true;
}

std::uint64_t TelemetryRing::drain(std::vector<StageRecord>& out)
{
    const std::uint64_t head = m_next.load(std::memory_order_acquire);
    std::uint64_t lost = 0;
    if (head - m_drained > m_slots.size()) {
        lost = head - m_drained - m_slots.size();
        m_drained = head - m_slots.size();
    }
    for (; m_drained < head; ++m_drained) {
        StageRecord record;
        const Slot& slot = m_slots[m_drained % m_slots.size()];
        if (read(slot, m_drained, record)) {
            out.push_back(record);
            continue;
        }
        // Its writer is not done yet: wait for the next drain once, then give the record up.
        if (slot.sequence.load(std::memory_order_acquire) < finished(m_drained) && m_waitedFor != m_drained) {
            m_waitedFor = m_drained;
            return lost;
        }
        ++lost;
    }
    return lost;
}

std::uint64_t TelemetryRing::pushed() const noexcept
{
    return m_next.load(std::memory_order_acquire);
}

} // namespace tracedeck
