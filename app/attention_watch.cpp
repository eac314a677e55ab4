// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/attention_watch.h"

#include "sources/local_power.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>
#include <QThreadPool>

namespace tracedeck {

namespace {

bool isInput(QEvent::Type type)
{
    return type == QEvent::KeyPress || type == QEvent::MouseMove || type == QEvent::MouseButtonPress
        || type == QEvent::Wheel || type == QEvent::TouchUpdate || type == QEvent::TouchBegin;
}

} // namespace

AttentionWatch::AttentionWatch(const std::string& root, std::function<std::int64_t()> steadyNs, QObject* parent)
    : QObject(parent),
      m_steadyNs(std::move(steadyNs)),
      m_files(std::make_shared<LocalFileReader>(root)),
      m_lastInputNs(m_steadyNs())
{
    QCoreApplication::instance()->installEventFilter(this);
    connect(&m_timer, &QTimer::timeout, this, &AttentionWatch::look);
    m_timer.start(kLookEveryMs);
}

AttentionWatch::~AttentionWatch() = default;

bool AttentionWatch::eventFilter(QObject* watched, QEvent* event)
{
    if (isInput(event->type())) {
        m_lastInputNs = m_steadyNs();
        setIdle(false);
    }
    return QObject::eventFilter(watched, event);
}

void AttentionWatch::look()
{
    setIdle(m_steadyNs() - m_lastInputNs >= kIdleAfterNs);
    if (m_asking) {
        return;
    }
    m_asking = true;
    const QPointer<AttentionWatch> self(this);
    QThreadPool::globalInstance()->start([self, files = m_files] {
        const bool onBattery = readOnBattery(*files).value_or(false);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, onBattery] {
                if (self != nullptr) {
                    self->m_asking = false;
                    self->setOnBattery(onBattery);
                }
            },
            Qt::QueuedConnection);
    });
}

void AttentionWatch::setIdle(bool idle)
{
    if (idle != m_idle) {
        m_idle = idle;
        Q_EMIT idleChanged(idle);
    }
}

void AttentionWatch::setOnBattery(bool onBattery)
{
    if (onBattery != m_onBattery) {
        m_onBattery = onBattery;
        Q_EMIT onBatteryChanged(onBattery);
    }
}

} // namespace tracedeck
