// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/system_theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace tracedeck {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

ThemeKind kindOfPalette()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness()
        ? ThemeKind::Dark
        : ThemeKind::Light;
}

} // namespace

ThemeKind themeOfColorScheme(uint colorScheme, ThemeKind fallback)
{
    return colorScheme == 1 ? ThemeKind::Dark : colorScheme == 2 ? ThemeKind::Light : fallback;
}

SystemTheme::SystemTheme(QObject* parent) : QObject(parent), m_kind(kindOfPalette())
{ }

void SystemTheme::follow()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* finished) {
        const QDBusPendingReply<QVariant> reply = *finished;
        if (reply.isValid()) {
            take(reply.value());
        }
        finished->deleteLater();
    });
}

void SystemTheme::settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == kGroup && key == kKey) {
        take(value.variant());
    }
}

void SystemTheme::take(const QVariant& value)
{
    // Read() of older portals wraps the value once more.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    const ThemeKind kind = themeOfColorScheme(inner.toUInt(), m_kind);
    if (kind != m_kind) {
        m_kind = kind;
        Q_EMIT changed();
    }
}

} // namespace tracedeck
