// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history_keeper.h"

#include "refresh/history_fill.h"
#include "selectors/line_decimation.h"

#include <QPointer>
#include <algorithm>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kSampleNs = 5 * kSecondNs;
constexpr std::int64_t kLargeSampleNs = 15 * kSecondNs; ///< rows beyond kLargeFleet have minutes at best
constexpr std::size_t kLargeFleet = 20'000;
constexpr int kTickMs = 1'000;
constexpr int kAskers = 2;

void tellSeries(const QPointer<QObject>& receiver, std::vector<HistorySeries> series, std::string label,
                const HistoryKeeper::Read& done)
{
    if (receiver) {
        QMetaObject::invokeMethod(
            receiver.data(),
            [receiver, series = std::move(series), label = std::move(label), done]() mutable {
                if (receiver) {
                    done(std::move(series), label);
                }
            },
            Qt::QueuedConnection);
    }
}

} // namespace

std::int64_t frameIntervalNs(HistoryRange range, std::int64_t idleNs)
{
    const std::int64_t base = range == HistoryRange::Hour ? 30 : range == HistoryRange::SixHours ? 60 : 120;
    const std::int64_t slower = idleNs >= 600 * kSecondNs ? 4 : idleNs >= 120 * kSecondNs ? 2 : 1;
    return base * slower * kSecondNs;
}

std::uint32_t frameBuckets(HistoryRange range, std::size_t rows)
{
    constexpr std::size_t kMinutes = 60;
    const std::size_t budget = linePointBudget(rows);
    return static_cast<std::uint32_t>(range == HistoryRange::Hour ? std::min(kMinutes, budget) : budget);
}

HistoryKeeper::HistoryKeeper(const HistoryStoreOptions& options, Clock clock, Alive alive, QObject* parent)
    : QObject(parent),
      m_store(std::make_shared<HistoryStore>(options)),
      m_clock(std::move(clock)),
      m_alive(std::move(alive)),
      m_lastInputNs(m_clock())
{
    m_worker.setMaxThreadCount(1);
    m_askers.setMaxThreadCount(kAskers);
    m_slots[0].wanted = true;
    m_timer.setInterval(kTickMs);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HistoryKeeper::tick);
    m_timer.start();
}

HistoryKeeper::~HistoryKeeper()
{
    m_timer.stop();
    for (const std::shared_ptr<HistorySource>& source : m_sources) {
        source->abandon();
    }
    m_worker.clear();
    m_worker.waitForDone(); // before the askers: its jobs start theirs
    m_askers.clear();
    m_askers.waitForDone();
}

void HistoryKeeper::fillPast(std::function<void(HistoryStore&)> fill)
{
    m_worker.start([store = m_store, fill = std::move(fill)] { fill(*store); });
}

void HistoryKeeper::setSources(std::vector<std::shared_ptr<HistorySource>> sources)
{
    if (sources == m_sources) {
        return;
    }
    m_sources = std::move(sources);
    for (Slot& slot : m_slots) {
        slot.askedNs = 0;
        slot.others.clear();
    }
}

/// Hosts first: a frame that is cut keeps them.
std::vector<RowKey> HistoryKeeper::keys() const
{
    std::vector<RowKey> all;
    if (m_snapshot.infrastructure) {
        all = m_snapshot.infrastructure->keys;
    }
    if (m_snapshot.workloads) {
        all.insert(all.end(), m_snapshot.workloads->keys.begin(), m_snapshot.workloads->keys.end());
    }
    return all;
}

void HistoryKeeper::askSources(HistoryRange range)
{
    Slot& slot = m_slots[static_cast<std::size_t>(range)];
    slot.asking = true;
    slot.askedNs = m_clock();
    const QPointer<HistoryKeeper> self(this);
    m_askers.start([sources = m_sources, keys = keys(), merged = m_merged, range, now = slot.askedNs, self]() mutable {
        std::vector<std::shared_ptr<const HistoryFrame>> frames;
        frames.reserve(sources.size());
        const std::uint32_t buckets = frameBuckets(range, keys.size());
        const std::vector<RowKey> others = otherKeys(*merged);
        keys.insert(keys.end(), others.begin(), others.end());
        for (const std::shared_ptr<HistorySource>& source : sources) {
            frames.push_back(source->frame(keys, range, buckets, now));
        }
        QMetaObject::invokeMethod(
            self.data(),
            [self, range, sources, frames = std::move(frames)]() mutable {
                if (!self) {
                    return;
                }
                Slot& asked = self->m_slots[static_cast<std::size_t>(range)];
                asked.asking = false;
                if (asked.wanted && sources == self->m_sources) {
                    asked.others = std::move(frames);
                    asked.fetchedNs = 0; // put together with the own record at once
                    self->fetchDue();
                }
            },
            Qt::QueuedConnection);
    });
}

std::size_t HistoryKeeper::rows() const
{
    return (m_snapshot.infrastructure ? m_snapshot.infrastructure->rows() : 0)
        + (m_snapshot.workloads ? m_snapshot.workloads->rows() : 0);
}

void HistoryKeeper::setSnapshot(const FleetSnapshot& snapshot, const std::shared_ptr<const MergedKeys>& merged)
{
    const bool first = rows() == 0;
    m_snapshot = snapshot;
    if (merged != nullptr) {
        m_merged = merged;
    }
    if ((first || m_eager) && rows() > 0) {
        sample(); // the first course need not wait for the timer
        m_slots[0].fetchedNs = 0;
        fetchDue();
    }
}

void HistoryKeeper::tick()
{
    const std::int64_t every = rows() > kLargeFleet ? kLargeSampleNs : kSampleNs;
    // Once in every slot of the clock, not once after every interval: a tick that is late by a moment must not
    // leave a slot empty, which would read as a gap.
    if (m_clock() / every != m_sampledNs / every) {
        sample();
    }
    if (m_visible) {
        fetchDue();
    }
}

void HistoryKeeper::sample()
{
    if (rows() == 0 || (m_sampling && !m_eager) || !m_alive()) {
        return; // nothing answers: the course has a gap here
    }
    m_sampling = true;
    m_sampledNs = m_clock();
    const QPointer<HistoryKeeper> self(this);
    m_worker.start([store = m_store, snapshot = m_snapshot, now = m_sampledNs, self] {
        store->sample(snapshot, now);
        QMetaObject::invokeMethod(
            self.data(),
            [self] {
                if (self) {
                    self->m_sampling = false;
                }
            },
            Qt::QueuedConnection);
    });
}

void HistoryKeeper::want(const QObject* consumer, std::optional<HistoryRange> range)
{
    std::erase_if(m_consumers, [consumer](const auto& entry) { return entry.first == consumer; });
    if (range) {
        m_consumers.emplace_back(consumer, *range);
    }
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        Slot& slot = m_slots[i];
        slot.wanted = i == 0 || std::any_of(m_consumers.begin(), m_consumers.end(), [i](const auto& entry) {
                          return static_cast<std::size_t>(entry.second) == i;
                      });
        if (!slot.wanted) {
            slot.frame.reset(); // what nobody shows holds no memory; the store still has it
            slot.fetchedNs = 0;
            slot.others.clear();
            slot.askedNs = 0;
        }
    }
    if (m_visible) {
        fetchDue();
    }
    if (range && frame(*range)) {
        Q_EMIT frameChanged(frame(*range));
    }
}

void HistoryKeeper::setVisible(bool visible)
{
    m_visible = visible;
    if (visible) {
        noteInput();
        for (Slot& slot : m_slots) {
            slot.fetchedNs = 0; // shown again: at once
        }
        fetchDue();
    }
}

void HistoryKeeper::fetchDue()
{
    const std::int64_t now = m_clock();
    for (std::size_t i = 0; i < m_slots.size() && rows() > 0; ++i) {
        const Slot& slot = m_slots[i];
        const auto range = static_cast<HistoryRange>(i);
        const bool due = slot.fetchedNs == 0 || now < slot.fetchedNs
            || now - slot.fetchedNs >= frameIntervalNs(range, now - m_lastInputNs);
        if (slot.wanted && (slot.fetching == 0 || m_eager) && due) {
            fetch(range);
        }
        const std::int64_t pause = frameIntervalNs(range, now - m_lastInputNs);
        if (slot.wanted && !m_sources.empty() && !slot.asking
            && (slot.askedNs == 0 || now < slot.askedNs || now - slot.askedNs >= pause)) {
            askSources(range);
        }
    }
}

void HistoryKeeper::fetch(HistoryRange range)
{
    Slot& slot = m_slots[static_cast<std::size_t>(range)];
    ++slot.fetching;
    slot.fetchedNs = m_clock();
    ++m_fetches;
    const QPointer<HistoryKeeper> self(this);
    m_worker.start([store = m_store, keys = keys(), merged = m_merged, others = slot.others, now = slot.fetchedNs,
                    range, self]() mutable {
        const std::uint32_t buckets = frameBuckets(range, keys.size());
        auto frame = store->frame(std::move(keys), range, buckets, now);
        if (!merged->empty()) { // what was recorded while another source showed the row
            frame = filledFrame(std::move(frame), *store->frame(otherKeys(*merged), range, buckets, now), *merged);
        }
        for (const std::shared_ptr<const HistoryFrame>& other : others) {
            frame = filledFrame(std::move(frame), *other, *merged);
        }
        QMetaObject::invokeMethod(
            self.data(),
            [self, range, frame] {
                if (self) {
                    self->take(range, frame);
                }
            },
            Qt::QueuedConnection);
    });
}

void HistoryKeeper::take(HistoryRange range, std::shared_ptr<const HistoryFrame> frame)
{
    Slot& slot = m_slots[static_cast<std::size_t>(range)];
    --slot.fetching;
    const bool same = slot.frame != nullptr && slot.frame->untilNs == frame->untilNs && slot.frame->keys == frame->keys
        && slot.frame->codes == frame->codes;
    if (same || !slot.wanted) {
        return;
    }
    slot.frame = std::move(frame);
    Q_EMIT frameChanged(slot.frame);
}

std::shared_ptr<const HistoryFrame> HistoryKeeper::frame(HistoryRange range) const
{
    return m_slots[static_cast<std::size_t>(range)].frame;
}

bool HistoryKeeper::isSettled() const
{
    return rows() == 0 || std::all_of(m_slots.begin(), m_slots.end(), [](const Slot& slot) {
               return !slot.wanted || (slot.frame != nullptr && slot.fetching == 0);
           });
}

void HistoryKeeper::read(RowKey key, HistoryRange range, const QObject* context, const Read& done)
{
    const QPointer<QObject> receiver(const_cast<QObject*>(context));
    const std::vector<RowKey> keys = keysOf(*m_merged, key);
    const auto askOthers = [store = m_store, sources = m_sources, keys, range, now = m_clock(), receiver, done] {
        std::vector<HistorySeries> series = mergedRecord(*store, keys, range, now);
        std::string label = store->label();
        bool more = false;
        for (const std::shared_ptr<HistorySource>& source : sources) {
            if (prependSeries(series, mergedRecord(*source, keys, range, now))) {
                more = true;
                label += ", earlier " + source->label();
            }
        }
        if (more) {
            tellSeries(receiver, std::move(series), std::move(label), done);
        }
    };
    // One after the other: the own record must not come last and overwrite what the others added.
    QThreadPool* askers = m_sources.empty() ? nullptr : &m_askers;
    m_worker.start([store = m_store, keys, range, now = m_clock(), receiver, done, askers, askOthers] {
        tellSeries(receiver, mergedRecord(*store, keys, range, now), store->label(), done);
        if (askers != nullptr) {
            askers->start(askOthers);
        }
    });
}

} // namespace tracedeck
