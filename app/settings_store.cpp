// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings_store.h"

#include "core/log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStringList>
#include <algorithm>

namespace tracedeck {

namespace {

constexpr int kSaveDelayMs = 700;

QJsonValue valueAt(const QJsonObject& object, const QStringList& path, int depth)
{
    const QJsonValue found = object.value(path.at(depth));
    return depth + 1 == path.size() ? found : valueAt(found.toObject(), path, depth + 1);
}

QJsonObject withValue(QJsonObject object, const QStringList& path, int depth, const QJsonValue& value)
{
    const QString& key = path.at(depth);
    if (depth + 1 < path.size()) {
        object.insert(key, withValue(object.value(key).toObject(), path, depth + 1, value));
    } else if (value.isUndefined()) {
        object.remove(key);
    } else {
        object.insert(key, value);
    }
    return object;
}

/// Version 1 kept appearance at the top level.
QJsonObject fromVersion1(QJsonObject settings)
{
    QJsonObject appearance = settings.value(u"appearance").toObject();
    for (const QString& key : {QStringLiteral("theme"), QStringLiteral("density"), QStringLiteral("textScale")}) {
        if (settings.contains(key)) {
            appearance.insert(key, settings.take(key));
        }
    }
    if (!appearance.isEmpty()) {
        settings.insert(QStringLiteral("appearance"), appearance);
    }
    return settings;
}

} // namespace

QJsonObject migrateSettings(QJsonObject settings)
{
    const int version = settings.value(u"version").toInt(1);
    if (version < 2) {
        settings = fromVersion1(std::move(settings));
    }
    if (version < SettingsStore::kVersion) {
        settings.insert(QStringLiteral("version"), SettingsStore::kVersion);
    }
    return settings;
}

SettingsStore::SettingsStore(QString path, QObject* parent) : QObject(parent), m_path(std::move(path))
{
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(kSaveDelayMs);
    connect(&m_saveSoon, &QTimer::timeout, this, [this] {
        const Result<void> saved = save();
        if (!saved) {
            Log::write(LogLevel::Warning, "settings", saved.error().what);
        }
    });
    m_root.insert(QStringLiteral("version"), kVersion);
    read();
}

SettingsStore::~SettingsStore()
{
    const Result<void> saved = save();
    if (!saved) {
        Log::write(LogLevel::Warning, "settings", saved.error().what);
    }
}

void SettingsStore::read()
{
    QFile file(m_path);
    if (m_path.isEmpty() || !file.exists()) {
        return;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        m_readOnly = true;
        m_notice = tr("Settings cannot be read (%1); the defaults hold.").arg(file.errorString());
        return;
    }
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    file.close();
    if (!document.isObject()) {
        const QString aside = m_path + QStringLiteral(".corrupt");
        QFile::remove(aside);
        QFile::rename(m_path, aside);
        m_notice = tr("The settings file did not parse (%1) and was kept as %2; the defaults hold.")
                       .arg(problem.errorString(), QFileInfo(aside).fileName());
        return;
    }
    m_root = document.object();
    const int version = m_root.value(u"version").toInt(1);
    if (version > kVersion) {
        m_readOnly = true;
        m_notice = tr("The settings were written by a newer release; changes are not saved.");
        return;
    }
    if (version < kVersion) {
        m_root = migrateSettings(std::move(m_root));
        m_dirty = true;
    }
}

QJsonValue SettingsStore::value(const QString& path, const QJsonValue& fallback) const
{
    const auto known = [](const QJsonValue& found) { return !found.isUndefined() && !found.isNull(); };
    const QJsonValue own = ownValue(path);
    const QJsonValue team = teamValue(path);
    return known(team) && (isLocked(path) || !known(own)) ? team : known(own) ? own : fallback;
}

QJsonValue SettingsStore::ownValue(const QString& path) const
{
    return valueAt(m_root, path.split(u'.'), 0);
}

QJsonValue SettingsStore::teamValue(const QString& path) const
{
    return valueAt(m_team.values, path.split(u'.'), 0);
}

bool SettingsStore::isLocked(const QString& path) const
{
    return std::any_of(m_team.locked.begin(), m_team.locked.end(),
                       [&](const QString& locked) { return path == locked || path.startsWith(locked + u'.'); });
}

void SettingsStore::setTeam(TeamSettings team)
{
    if (m_notice.isEmpty()) {
        m_notice = team.problem;
    }
    m_team = std::move(team);
}

void SettingsStore::setValue(const QString& path, const QJsonValue& value)
{
    if (isLocked(path) || valueAt(m_root, path.split(u'.'), 0) == value) {
        return;
    }
    m_root = withValue(std::move(m_root), path.split(u'.'), 0, value);
    m_dirty = true;
    m_saveSoon.start();
    Q_EMIT changed(path);
}

Result<void> SettingsStore::save()
{
    m_saveSoon.stop();
    if (!m_dirty || m_readOnly || m_path.isEmpty()) {
        return {};
    }
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    const QByteArray text = QJsonDocument(m_root).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return makeError(ErrorCode::ReadOnly, m_path.toStdString(),
                         "Settings could not be written: " + file.errorString().toStdString());
    }
    QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    m_dirty = false;
    return {};
}

} // namespace tracedeck
