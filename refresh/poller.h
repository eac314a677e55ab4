// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/poll_engine.h"

#include <QObject>
#include <memory>
#include <optional>

namespace tracedeck {

/// The engine for a Qt program: lives on the GUI thread, does everything elsewhere. An unchanged poll
/// reaches this thread in no way: no event, no allocation. A changed one arrives as exactly one queued
/// call that emits published(), then statesChanged().
class Poller : public QObject {
    Q_OBJECT

public:
    explicit Poller(PollOptions options = {}, QObject* parent = nullptr);
    /// With time and work in the caller's hands, for tests.
    Poller(std::shared_ptr<RefreshClock> clock, std::shared_ptr<Executor> executor, PollOptions options,
           QObject* parent = nullptr);
    /// Cancels what runs and waits for it at most 1.5 s; a source that hangs is left behind.
    ~Poller() override;

    void addSource(std::shared_ptr<FleetSource> source);
    void removeSource(const std::string& instance);
    void setSourcePaused(const std::string& instance, bool paused);
    /// Runs on a worker before each publish is posted (plans and diffs); set before start(). What it
    /// captures must live until the poller is gone, or be owned by it.
    void setDerive(PollEngine::Derive derive);
    void start(std::optional<FleetSnapshot> cached = std::nullopt);

    /// Off: no request goes out by itself.
    void setAutoRefresh(bool on);
    /// Of the window: hidden is slower, shown again fetches at once.
    void setVisible(bool visible);
    void setIdle(bool idle);
    void setOnBattery(bool onBattery);
    /// Every poll this many times less often than its source suggests, 1 to 16.
    void setSlowdown(int factor);
    void refreshNow(bool bypassCaches = false);

    [[nodiscard]] std::size_t sourceCount() const;
    [[nodiscard]] std::string sourceInstance(std::size_t index) const;
    [[nodiscard]] std::string sourceLabel(std::size_t index) const;
    [[nodiscard]] SourceState sourceState(std::size_t index) const;
    [[nodiscard]] std::vector<SourceStatus> sources() const;
    [[nodiscard]] PollCounters counters() const;
    /// Newest merged snapshot, perhaps newer than the last published() by an event that is on its way.
    [[nodiscard]] FleetSnapshot current() const;

Q_SIGNALS:
    void published(const tracedeck::FleetPublish& publish);
    void statesChanged();

private:
    void deliver(const PollEvent& event);
    template <class Change> void change(Change apply);

    std::shared_ptr<PollEngine> m_engine;
};

} // namespace tracedeck
