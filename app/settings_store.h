// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/team_settings.h"
#include "core/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>
#include <QTimer>

namespace tracedeck {

/// The settings file: one versioned JSON object, written atomically and only when something changed. Keys
/// this release does not know are kept as they are. Paths are dotted: "appearance.theme".
/// A file of an older version is migrated when it is read; one of a newer version is used but never
/// written; one that does not parse is set aside as "<name>.corrupt" and the defaults hold.
class SettingsStore : public QObject {
    Q_OBJECT

public:
    static constexpr int kVersion = 2;

    /// Reads `path` if it is there. An empty path gives settings that live in memory only.
    explicit SettingsStore(QString path, QObject* parent = nullptr);
    ~SettingsStore() override;

    /// What the team locked, else what the user set, else the team's default, else `fallback`.
    [[nodiscard]] QJsonValue value(const QString& path, const QJsonValue& fallback = {}) const;
    /// Defaults and locked keys for everybody on this machine; they are never written to the user's file.
    void setTeam(TeamSettings team);
    [[nodiscard]] bool isLocked(const QString& path) const;
    [[nodiscard]] QJsonValue teamValue(const QString& path) const;
    [[nodiscard]] QJsonValue ownValue(const QString& path) const;
    /// Sets and plans a write; nothing happens when the value is already there or the key is locked.
    void setValue(const QString& path, const QJsonValue& value);
    /// Writes now if something changed. Fails with what the file system said; the old file stays whole.
    Result<void> save();
    /// What went wrong while reading, as a sentence for the user; empty when nothing did.
    [[nodiscard]] QString notice() const { return m_notice; }
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }

Q_SIGNALS:
    void changed(const QString& path);

private:
    void read();

    QString m_path;
    QJsonObject m_root;
    TeamSettings m_team;
    QString m_notice;
    bool m_readOnly = false;
    bool m_dirty = false;
    QTimer m_saveSoon;
};

/// Brings a settings object of any older version to kVersion, keeping keys it does not know. Pure.
[[nodiscard]] QJsonObject migrateSettings(QJsonObject settings);

} // namespace tracedeck
