// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QStringList>
#include <QVariantMap>

namespace tracedeck {
namespace {

const QString kNotifyService = QStringLiteral("org.freedesktop.Notifications");
const QString kNotifyPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kOpenAction = QStringLiteral("default"); // what a click on the notification itself means

} // namespace

QVariantList notifyArguments(uint replaces, const QString& title, const QString& body)
{
    constexpr int kServerDecides = -1;
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("tracedeck")},
                            {QStringLiteral("category"), QStringLiteral("network.error")}};
    return {QStringLiteral("Tracedeck"),
            replaces,
            QStringLiteral("tracedeck"),
            title,
            body.toHtmlEscaped(),
            QStringList{kOpenAction, DbusNotifier::tr("Open")},
            hints,
            kServerDecides};
}

DbusNotifier::DbusNotifier(QObject* parent) : DesktopNotifier(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        bus.connect(kNotifyService, kNotifyPath, kNotifyService, QStringLiteral("ActionInvoked"), this,
                    SLOT(actionInvoked(uint, QString)));
        bus.connect(kNotifyService, kNotifyPath, kNotifyService, QStringLiteral("NotificationClosed"), this,
                    SLOT(closed(uint, uint)));
    }
}

void DbusNotifier::show(const QString& title, const QString& body)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    QDBusMessage call =
        QDBusMessage::createMethodCall(kNotifyService, kNotifyPath, kNotifyService, QStringLiteral("Notify"));
    call.setArguments(notifyArguments(m_id, title, body));
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* finished) {
        const QDBusPendingReply<uint> reply = *finished;
        m_id = reply.isValid() ? reply.value() : 0;
        finished->deleteLater();
    });
}

void DbusNotifier::close()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (m_id != 0 && bus.isConnected()) {
        QDBusMessage call = QDBusMessage::createMethodCall(kNotifyService, kNotifyPath, kNotifyService,
                                                           QStringLiteral("CloseNotification"));
        call << m_id;
        bus.asyncCall(call);
    }
    m_id = 0;
}

void DbusNotifier::actionInvoked(uint id, const QString& action)
{
    if (id == m_id && action == kOpenAction) {
        Q_EMIT activated();
    }
}

void DbusNotifier::closed(uint id, uint /*reason*/)
{
    m_id = id == m_id ? 0 : m_id;
}

} // namespace tracedeck
