// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "refresh/history_store.h"
#include "refresh/merged_keys.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <array>
#include <functional>
#include <memory>
#include <optional>

namespace tracedeck {

/// When the courses of a range are fetched again: every 30 s for the hour, 60 s for 6 hours, 120 s for longer
/// ranges; twice as slow after 2 idle minutes, four times after 10; not at all while hidden.
[[nodiscard]] std::int64_t frameIntervalNs(HistoryRange range, std::int64_t idleNs);
/// Buckets of a frame over a range for so many rows (selectors/line_decimation: point budget); one a minute
/// for the hour.
[[nodiscard]] std::uint32_t frameBuckets(HistoryRange range, std::size_t rows);

/// Records what the window shows and hands out courses. One fetch per range serves every consumer: sparklines,
/// both summary strips, host cards. A fleet that grows is no reason to fetch: new rows have their course with
/// the next regular fetch. Recording and fetching happen on one worker thread.
class HistoryKeeper : public QObject {
    Q_OBJECT

public:
    using Clock = std::function<std::int64_t()>;
    using Alive = std::function<bool()>;

    /// `alive` tells whether some source answers, so that what is shown counts as measured.
    HistoryKeeper(const HistoryStoreOptions& options, Clock clock, Alive alive, QObject* parent = nullptr);
    ~HistoryKeeper() override;

    /// Runs on the worker before anything else: fills in a past that is known otherwise (the demo's).
    void fillPast(std::function<void(HistoryStore&)> fill);
    /// `merged`: other keys of its rows, by which records are asked too; null = none.
    void setSnapshot(const FleetSnapshot& snapshot, const std::shared_ptr<const MergedKeys>& merged = nullptr);
    /// Which ranges somebody shows; the hour is always kept. A range wanted for the first time is fetched at once.
    void want(const QObject* consumer, std::optional<HistoryRange> range);
    /// For pictures: every snapshot is sampled and fetched at once, whatever the time.
    void setEager(bool eager) { m_eager = eager; }
    void setVisible(bool visible);
    /// Somebody used the window.
    void noteInput() { m_lastInputNs = m_clock(); }
    [[nodiscard]] std::shared_ptr<const HistoryFrame> frame(HistoryRange range) const;
    /// Servers that keep records of their own (Pulse): asked on workers of their own for what this window did not
    /// see itself, so that a slow one holds up nothing.
    void setSources(std::vector<std::shared_ptr<HistorySource>> sources);
    /// The history of one row and where it comes from; `done` comes on this thread unless `context` died, at once
    /// with the own record and once more when a server knows of an earlier time.
    using Read = std::function<void(std::vector<HistorySeries>, const std::string& label)>;
    void read(RowKey key, HistoryRange range, const QObject* context, const Read& done);

    [[nodiscard]] std::int64_t now() const { return m_clock(); }
    /// A first frame came, or there is nothing to make one of.
    [[nodiscard]] bool isSettled() const;
    /// Fetches so far, for tests.
    [[nodiscard]] std::uint64_t fetches() const noexcept { return m_fetches; }

Q_SIGNALS:
    void frameChanged(const std::shared_ptr<const tracedeck::HistoryFrame>& frame);

private:
    struct Slot {
        std::shared_ptr<const HistoryFrame> frame;
        std::int64_t fetchedNs = 0; ///< 0 = never
        int fetching = 0; ///< under way
        std::vector<std::shared_ptr<const HistoryFrame>> others; ///< of servers, what they last said
        std::int64_t askedNs = 0; ///< when the servers were asked last
        bool asking = false;
        bool wanted = false;
    };
    void tick();
    void sample();
    void fetchDue();
    void fetch(HistoryRange range);
    void askSources(HistoryRange range);
    [[nodiscard]] std::vector<RowKey> keys() const;
    void take(HistoryRange range, std::shared_ptr<const HistoryFrame> frame);
    [[nodiscard]] std::size_t rows() const;

    std::shared_ptr<HistoryStore> m_store;
    Clock m_clock;
    Alive m_alive;
    QThreadPool m_worker; ///< one thread: samples and fetches in order
    QThreadPool m_askers; ///< wait for servers
    std::vector<std::shared_ptr<HistorySource>> m_sources;
    QTimer m_timer;
    FleetSnapshot m_snapshot;
    std::shared_ptr<const MergedKeys> m_merged = std::make_shared<const MergedKeys>();
    std::array<Slot, static_cast<std::size_t>(HistoryRange::Count)> m_slots;
    std::vector<std::pair<const QObject*, HistoryRange>> m_consumers;
    bool m_visible = true;
    bool m_eager = false;
    bool m_sampling = false;
    std::int64_t m_sampledNs = 0;
    std::int64_t m_lastInputNs = 0;
    std::uint64_t m_fetches = 0;
};

} // namespace tracedeck
