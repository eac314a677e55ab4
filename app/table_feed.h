// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet_domain.h"
#include "core/telemetry_ring.h"
#include "models/grouped_table_model.h"
#include "selectors/plan_diff.h"
#include "selectors/plan_memo.h"
#include "views/table_choice.h"

#include <QFutureWatcher>
#include <QObject>
#include <functional>
#include <memory>

class QThreadPool;

namespace tracedeck {

/// Keeps one table model in step with (latest snapshot, latest choice). New snapshots are derived and
/// diffed on a worker, one at a time; an answer that is no longer the newest is dropped. What a person
/// chose is derived at once, on the GUI thread, as long as the table is small enough for that not to be
/// felt, so that the next key already meets the new rows.
class TableFeed : public QObject {
    Q_OBJECT

public:
    /// Tables up to this many rows answer a choice synchronously (about 2 ms).
    static constexpr std::size_t kSynchronousRows = 20'000;

    TableFeed(FleetDomain domain, GroupedTableModel* model, QThreadPool* workers, std::function<std::int64_t()> clock,
              QObject* parent = nullptr);

    /// `cycle` names the refresh it came with, for telemetry; 0 = none.
    void setSnapshot(const TableSnapshot& snapshot, std::int64_t sampledAtNs, std::uint64_t cycle = 0);
    /// Where own work is recorded; must outlive the feed. Null records nothing.
    void setTelemetry(TelemetryRing* ring) { m_telemetry = ring; }
    void setChoice(const TableChoice& choice);
    /// Other thresholds judge every row anew, without history.
    void setThresholds(const ThresholdRules& rules);
    /// While held, new snapshots change values but not the order of rows.
    void setHeld(bool held);
    /// Sorts exactly as chosen, now.
    void resort();
    /// New rows that wait because the order is held.
    [[nodiscard]] std::uint32_t waitingCount() const { return m_waiting; }
    [[nodiscard]] bool hasResult() const { return m_applied != nullptr; }
    /// What `choice` would show of the newest prepared snapshot; null before the first. Derived at once, on the
    /// calling thread, without touching the model: for questions a person asks.
    [[nodiscard]] std::shared_ptr<const RowPlan> planFor(const TableChoice& choice) const;
    /// Nothing is being derived and the model shows the newest snapshot and choice.
    [[nodiscard]] bool isSettled() const { return m_applied != nullptr && !m_running && !m_again; }

Q_SIGNALS:
    /// A refresh is in the model; its paint comes with the next frame.
    void applied(quint64 cycle);
    void summaryChanged(const tracedeck::TableSummary& summary);
    void waitingChanged(quint32 rows);
    /// Rows changed status or passed a threshold, whether they are shown or not.
    void rowsCrossed(const tracedeck::TableSnapshot& snapshot, const std::vector<tracedeck::RowCrossing>& crossings);

private:
    /// A question to the domain. What depends on the time of day may be as old as a step.
    struct Question {
        TableChoice choice;
        bool resort = false;
        std::int64_t step = 0;
        bool operator==(const Question&) const = default;
    };
    using Memo = PlanMemo<Question, DerivedTable>;
    struct Job {
        std::uint64_t generation = 0;
        TableSnapshot snapshot;
        std::int64_t sampledAtNs = 0;
        std::int64_t seenNs = 0;
        std::shared_ptr<const PreparedTable> prepared; ///< null = still to be made
        std::shared_ptr<const PreparedTable> before; ///< the one made last, for the history of thresholds
        std::shared_ptr<const PreparedTable> shown; ///< what the model shows
        ThresholdRules thresholds;
        TableChoice choice;
        std::shared_ptr<const RowPlan> base;
        std::int64_t nowNs = 0;
        bool exactOrder = false;
        bool keepOrder = false;
        TelemetryRing* telemetry = nullptr;
        std::uint64_t cycle = 0;
        std::shared_ptr<Memo> memo; ///< of the one worker; null = derive anew
    };
    struct Answer {
        std::uint64_t generation = 0;
        std::shared_ptr<const PreparedTable> prepared;
        DerivedTable derived;
        std::shared_ptr<const RowPlan> base;
        PlanDiff diff;
        std::vector<RowCrossing> crossings;
        std::uint32_t waiting = 0;
        std::uint64_t cycle = 0;
    };
    /// Whether what was prepared was judged and compared as it is wanted now.
    [[nodiscard]] bool isPreparedAsWanted(const PreparedTable& prepared) const;
    [[nodiscard]] Job nextJob(bool exactOrder) const;
    [[nodiscard]] static Answer run(const FleetDomain& domain, const Job& job);
    [[nodiscard]] static DerivedTable derive(const FleetDomain& domain, const Job& job,
                                             const std::shared_ptr<const PreparedTable>& prepared);
    void startWorker(bool exactOrder);
    void takeAnswer(Answer answer);
    void answered();
    void deriveForPerson();

    FleetDomain m_domain;
    TelemetryRing* m_telemetry = nullptr;
    std::uint64_t m_cycle = 0; ///< of m_snapshot, until it was derived
    GroupedTableModel* m_model;
    QThreadPool* m_workers;
    std::function<std::int64_t()> m_clock;
    TableSnapshot m_snapshot;
    std::int64_t m_sampledAtNs = 0;
    std::int64_t m_seenNs = 0; ///< when m_snapshot arrived
    std::shared_ptr<const PreparedTable> m_prepared; ///< of m_snapshot or of an older one
    std::shared_ptr<const PreparedTable> m_applied; ///< what the model shows
    ThresholdRules m_thresholds;
    std::uint32_t m_waiting = 0;
    TableChoice m_choice;
    TableSummary m_summary;
    QFutureWatcher<Answer> m_watcher;
    std::shared_ptr<Memo> m_memo = std::make_shared<Memo>(); ///< used by one worker at a time
    std::uint64_t m_generation = 0;
    bool m_running = false;
    bool m_again = false;
    bool m_held = false;
};

} // namespace tracedeck
