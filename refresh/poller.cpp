// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/poller.h"

#include <QMetaObject>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kWorkers = 3; ///< one hanging source leaves two for the others
constexpr std::chrono::milliseconds kPatience{1500};

} // namespace

Poller::Poller(PollOptions options, QObject* parent)
    : Poller(std::make_shared<SystemRefreshClock>(), std::make_shared<FetchPool>(kWorkers), options, parent)
{ }

Poller::Poller(std::shared_ptr<RefreshClock> clock, std::shared_ptr<Executor> executor, PollOptions options,
               QObject* parent)
    : QObject(parent)
{
    // The engine stops posting before this object is gone (destructor), so `this` outlives every call.
    m_engine = std::make_shared<PollEngine>(std::move(clock), std::move(executor), options, [this](PollEvent event) {
        QMetaObject::invokeMethod(
            this, [this, moved = std::move(event)] { deliver(moved); }, Qt::QueuedConnection);
    });
}

Poller::~Poller()
{
    m_engine->stop(kPatience);
}

void Poller::addSource(std::shared_ptr<FleetSource> source)
{
    m_engine->addSource(std::move(source));
}

void Poller::removeSource(const std::string& instance)
{
    m_engine->removeSource(instance);
}

void Poller::setSourcePaused(const std::string& instance, bool paused)
{
    m_engine->setSourcePaused(instance, paused);
}

void Poller::setDerive(PollEngine::Derive derive)
{
    m_engine->setDerive(std::move(derive));
}

void Poller::start(std::optional<FleetSnapshot> cached)
{
    m_engine->start(std::move(cached));
}

template <class Change> void Poller::change(Change apply)
{
    RefreshConditions conditions = m_engine->conditions();
    apply(conditions);
    m_engine->setConditions(conditions);
}

void Poller::setAutoRefresh(bool on)
{
    change([on](RefreshConditions& conditions) { conditions.autoRefresh = on; });
}

void Poller::setVisible(bool visible)
{
    change([visible](RefreshConditions& conditions) { conditions.visible = visible; });
}

void Poller::setIdle(bool idle)
{
    change([idle](RefreshConditions& conditions) { conditions.idle = idle; });
}

void Poller::setOnBattery(bool onBattery)
{
    change([onBattery](RefreshConditions& conditions) { conditions.onBattery = onBattery; });
}

void Poller::setSlowdown(int factor)
{
    change([factor](RefreshConditions& conditions) { conditions.slowdown = factor; });
}

void Poller::refreshNow(bool bypassCaches)
{
    m_engine->refreshNow(bypassCaches);
}

std::size_t Poller::sourceCount() const
{
    return m_engine->sourceCount();
}

std::string Poller::sourceInstance(std::size_t index) const
{
    return m_engine->sourceInstance(index);
}

std::string Poller::sourceLabel(std::size_t index) const
{
    return m_engine->sourceLabel(index);
}

SourceState Poller::sourceState(std::size_t index) const
{
    return m_engine->sourceState(index);
}

std::vector<SourceStatus> Poller::sources() const
{
    return m_engine->sources();
}

PollCounters Poller::counters() const
{
    return m_engine->counters();
}

FleetSnapshot Poller::current() const
{
    return m_engine->current();
}

void Poller::deliver(const PollEvent& event)
{
    if (event.publish) {
        Q_EMIT published(*event.publish);
    }
    if (event.statesChanged) {
        Q_EMIT statesChanged();
    }
}

} // namespace tracedeck
