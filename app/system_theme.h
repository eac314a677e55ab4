// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/theme.h"

#include <QDBusVariant>
#include <QObject>

namespace tracedeck {

/// Whether the desktop wants dark or light (org.freedesktop.appearance, color-scheme) and whether it wants
/// animations (org.gnome.desktop.interface, enable-animations): asked from the desktop portal without
/// waiting, followed as it changes. Without a portal the palette the platform gave the application
/// decides, and animations are wanted.
class SystemTheme : public QObject {
    Q_OBJECT

public:
    /// Call before the application palette is replaced.
    explicit SystemTheme(QObject* parent = nullptr);

    [[nodiscard]] ThemeKind kind() const { return m_kind; }
    [[nodiscard]] bool reducesMotion() const { return m_reducesMotion; }
    /// Starts asking and following; without a session bus nothing happens.
    void follow();

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& group, const QString& key);
    void take(const QString& group, const QString& key, const QVariant& value);

    ThemeKind m_kind;
    bool m_reducesMotion = false;
};

/// 1 = prefers dark, 2 = prefers light; anything else leaves `fallback`.
[[nodiscard]] ThemeKind themeOfColorScheme(uint colorScheme, ThemeKind fallback);

} // namespace tracedeck
