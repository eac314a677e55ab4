// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_source.h"

#include "sources/pulse_history.h"
#include "sources/pulse_link.h"

#include <QMetaObject>
#include <QThread>

namespace tracedeck {
namespace {

constexpr std::chrono::milliseconds kPulseCadence{15'000};

} // namespace

PulseSource::PulseSource(PulseSetup setup, QThread& ioThread)
    : m_setup(std::move(setup)), m_shared(std::make_shared<Shared>()), m_link(new PulseLink(m_setup, m_shared))
{
    m_history = std::make_shared<PulseHistory>(m_setup, m_shared, *m_link);
    m_link->moveToThread(&ioThread);
}

PulseSource::~PulseSource()
{
    m_history->abandon();
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->news = nullptr;
    }
    m_link->deleteLater();
}

std::shared_ptr<HistorySource> PulseSource::history() const
{
    return m_history;
}

std::string PulseSource::instance() const
{
    return m_setup.instance;
}

std::string PulseSource::label() const
{
    return m_setup.label;
}

std::chrono::milliseconds PulseSource::cadence() const
{
    return kPulseCadence;
}

void PulseSource::fetch(const FetchRequest& request, Done done)
{
    QMetaObject::invokeMethod(
        m_link, [link = m_link, request, done = std::move(done)]() mutable { link->fetch(request, std::move(done)); },
        Qt::QueuedConnection);
}

void PulseSource::cancel()
{
    QMetaObject::invokeMethod(m_link, &PulseLink::cancelFetch, Qt::QueuedConnection);
}

bool PulseSource::isPushing() const
{
    return m_shared->pushing;
}

void PulseSource::setNewsListener(std::function<void()> listener)
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->news = std::move(listener);
}

} // namespace tracedeck
