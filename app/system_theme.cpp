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
const QString kMotionGroup = QStringLiteral("org.gnome.desktop.interface");
const QString kMotionKey = QStringLiteral("enable-animations");

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
    ask(kGroup, kKey);
    ask(kMotionGroup, kMotionKey);
}

void SystemTheme::ask(const QString& group, const QString& key)
{
    QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << group << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* finished) {
        const QDBusPendingReply<QVariant> reply = *finished;
        if (reply.isValid()) {
            take(group, key, reply.value());
        }
        finished->deleteLater();
    });
}

void SystemTheme::settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    take(group, key, value.variant());
}

void SystemTheme::take(const QString& group, const QString& key, const QVariant& value)
{
    // Read() of older portals wraps the value once more.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    const bool isMotion = group == kMotionGroup && key == kMotionKey;
    if (!isMotion && !(group == kGroup && key == kKey)) {
        return;
    }
    const ThemeKind kind = isMotion ? m_kind : themeOfColorScheme(inner.toUInt(), m_kind);
    const bool reduces = isMotion ? !inner.toBool() : m_reducesMotion;
    if (kind != m_kind || reduces != m_reducesMotion) {
        m_kind = kind;
        m_reducesMotion = reduces;
        Q_EMIT changed();
    }
}

} // namespace tracedeck
