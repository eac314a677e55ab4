// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table_feed.h"

#include "app/stage_scope.h"
#include "selectors/order_hold.h"

#include <QThreadPool>
#include <QtConcurrentRun>
#include <utility>

namespace tracedeck {

namespace {
constexpr std::int64_t kMemoStepNs = 10'000'000'000; ///< questions about ages are asked anew after it
}

TableFeed::TableFeed(FleetDomain domain, GroupedTableModel* model, QThreadPool* workers,
                     std::function<std::int64_t()> clock, QObject* parent)
    : QObject(parent), m_domain(std::move(domain)), m_model(model), m_workers(workers), m_clock(std::move(clock))
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &TableFeed::answered);
}

void TableFeed::setSnapshot(const TableSnapshot& snapshot, std::int64_t sampledAtNs, std::uint64_t cycle)
{
    if (snapshot.data() == m_snapshot.data()) {
        return; // an equal section keeps its pointer: nothing to derive
    }
    m_snapshot = snapshot;
    m_sampledAtNs = sampledAtNs;
    m_seenNs = m_clock();
    m_cycle = cycle;
    startWorker(false);
}

void TableFeed::setChoice(const TableChoice& choice)
{
    if (choice == m_choice && m_applied != nullptr) {
        return;
    }
    m_choice = choice;
    deriveForPerson();
}

void TableFeed::setThresholds(const ThresholdRules& rules)
{
    if (rules == m_thresholds) {
        return;
    }
    m_thresholds = rules;
    if (m_snapshot.data() != nullptr) {
        startWorker(false);
    }
}

void TableFeed::resort()
{
    deriveForPerson();
}

void TableFeed::setHeld(bool held)
{
    const bool released = m_held && !held;
    m_held = held;
    if (released && m_snapshot.data() != nullptr) {
        startWorker(false); // what waited comes in now
    }
}

void TableFeed::deriveForPerson()
{
    if (m_snapshot.data() == nullptr) {
        return;
    }
    if (m_prepared == nullptr || m_prepared->rows > kSynchronousRows || !isPreparedAsWanted(*m_prepared)) {
        startWorker(true);
        return;
    }
    ++m_generation; // whatever the worker is busy with answers an older question
    Job job = nextJob(true);
    job.prepared = m_prepared;
    takeAnswer(run(m_domain, job));
    if (m_running || m_prepared->source.data() != m_snapshot.data()) {
        m_again = m_running;
    }
}

bool TableFeed::isPreparedAsWanted(const PreparedTable& prepared) const
{
    return prepared.thresholds == m_thresholds && prepared.changedMinutes == m_choice.changedMinutes;
}

TableFeed::Job TableFeed::nextJob(bool exactOrder) const
{
    Job job;
    job.generation = m_generation;
    job.snapshot = m_snapshot;
    job.sampledAtNs = m_sampledAtNs;
    job.seenNs = m_seenNs;
    const bool isReady =
        m_prepared != nullptr && m_prepared->source.data() == m_snapshot.data() && isPreparedAsWanted(*m_prepared);
    job.prepared = isReady ? m_prepared : nullptr;
    job.before = m_prepared;
    job.shown = m_applied;
    job.thresholds = m_thresholds;
    job.choice = m_choice;
    job.base = m_model->plan();
    job.nowNs = m_clock();
    job.exactOrder = exactOrder;
    job.keepOrder = m_held && !exactOrder;
    job.telemetry = m_telemetry;
    job.cycle = exactOrder ? 0 : m_cycle; // what a person asks for is no refresh
    return job;
}

TableFeed::Answer TableFeed::run(const FleetDomain& domain, const Job& job)
{
    Answer answer;
    answer.generation = job.generation;
    answer.prepared = job.prepared != nullptr
        ? job.prepared
        : domain.prepare({job.snapshot, job.sampledAtNs, job.thresholds, job.before, job.choice.changedMinutes,
                          job.seenNs, job.nowNs});
    if (job.shown != nullptr && job.shown != answer.prepared && job.shown->thresholds == answer.prepared->thresholds) {
        answer.crossings = domain.crossings(*job.shown, *answer.prepared);
    }
    answer.cycle = job.cycle;
    {
        const StageScope scope(job.telemetry, Stage::Derive, job.cycle,
                               static_cast<std::uint32_t>(answer.prepared->rows));
        answer.derived = derive(domain, job, answer.prepared);
    }
    answer.base = job.base;
    static const RowPlan nothing;
    const RowPlan& before = job.base != nullptr ? *job.base : nothing;
    if (job.keepOrder && job.base != nullptr) {
        auto held = std::make_shared<const RowPlan>(holdOrder(before, *answer.derived.plan));
        answer.waiting = waitingRows(*held, *answer.derived.plan);
        answer.derived.plan = std::move(held);
    }
    const StageScope scope(job.telemetry, Stage::Diff, job.cycle,
                           static_cast<std::uint32_t>(answer.derived.plan->rows.size()));
    answer.diff = diffPlans(before, *answer.derived.plan);
    return answer;
}

DerivedTable TableFeed::derive(const FleetDomain& domain, const Job& job,
                               const std::shared_ptr<const PreparedTable>& prepared)
{
    const auto anew = [&] { return domain.derive(*prepared, job.choice, job.nowNs, !job.exactOrder); };
    return job.memo == nullptr
        ? anew()
        : job.memo->answerFor(prepared, Question{job.choice, !job.exactOrder, job.nowNs / kMemoStepNs}, anew);
}

std::shared_ptr<const RowPlan> TableFeed::planFor(const TableChoice& choice) const
{
    return m_prepared == nullptr ? nullptr : m_domain.derive(*m_prepared, choice, m_clock(), false).plan;
}

void TableFeed::startWorker(bool exactOrder)
{
    ++m_generation;
    if (m_running) {
        m_again = true;
        return;
    }
    m_running = true;
    m_again = false;
    Job job = nextJob(exactOrder);
    job.memo = m_memo;
    m_watcher.setFuture(
        QtConcurrent::run(m_workers, [domain = m_domain, job = std::move(job)] { return run(domain, job); }));
}

void TableFeed::answered()
{
    m_running = false;
    Answer answer = m_watcher.future().takeResult();
    if (answer.prepared->source.data() == m_snapshot.data() && isPreparedAsWanted(*answer.prepared)) {
        m_prepared = answer.prepared; // good for the next question even when this answer comes too late
    }
    if (answer.generation == m_generation) {
        takeAnswer(std::move(answer));
    } else {
        m_again = true;
    }
    if (m_again) {
        startWorker(false);
    }
}

void TableFeed::takeAnswer(Answer answer)
{
    m_prepared = answer.prepared;
    // Whoever lets go of a large table last frees it, which takes milliseconds: that is the worker, not this thread.
    auto past = std::make_pair(std::exchange(m_applied, answer.prepared), m_model->plan());
    if (!answer.crossings.empty()) {
        Q_EMIT rowsCrossed(answer.prepared->snapshot, answer.crossings);
    }
    const StageScope scope(m_telemetry, Stage::Apply, answer.cycle,
                           static_cast<std::uint32_t>(answer.derived.plan->rows.size()));
    m_model->apply({answer.prepared->snapshot, answer.base, answer.derived.plan, std::move(answer.diff),
                    answer.derived.io, std::move(answer.crossings)});
    if (past.first != nullptr && past.first->rows > kSynchronousRows) {
        m_workers->start([past = std::move(past)] {});
    }
    if (answer.cycle != 0) {
        Q_EMIT applied(answer.cycle);
    }
    if (answer.waiting != m_waiting) {
        m_waiting = answer.waiting;
        Q_EMIT waitingChanged(m_waiting);
    }
    if (!(answer.derived.summary == m_summary) || m_summary.sampledAtNs == 0) {
        m_summary = answer.derived.summary;
        Q_EMIT summaryChanged(m_summary);
    }
}

} // namespace tracedeck
