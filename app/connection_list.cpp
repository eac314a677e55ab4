// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connection_list.h"

#include "app/settings_store.h"
#include "core/error_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>

namespace tracedeck {
namespace {

QStringList textsAt(const SettingsStore& settings, const char16_t* path)
{
    QStringList texts;
    for (const QJsonValue value : settings.value(QString::fromUtf16(path)).toArray()) {
        texts.append(value.toString());
    }
    return texts;
}

void addConnection(ConnectionList& list, const QJsonValue& value, bool locked)
{
    Result<ConnectionSpec> spec = connectionFromJson(value.toObject());
    if (!spec.ok()) {
        list.problems.append(QString::fromStdString(errorText(spec.error())));
        return;
    }
    if (std::any_of(list.specs.begin(), list.specs.end(),
                    [&](const ConnectionSpec& other) { return other.id == spec->id; })) {
        list.problems.append(
            QCoreApplication::translate("ConnectionList", "The connection %1 is there twice; the first one counts")
                .arg(spec->id));
        return;
    }
    spec.value().locked = locked;
    spec.value().paused = spec->paused || list.paused.contains(spec->id);
    list.specs.push_back(std::move(spec).value());
}

} // namespace

ConnectionList readConnections(const SettingsStore& settings, std::vector<ConnectionSpec> found)
{
    ConnectionList list;
    list.paused = textsAt(settings, kConnectionsPausedPath);
    list.ignored = textsAt(settings, kConnectionsIgnoredPath);
    const QString path = QString::fromUtf16(kConnectionListPath);
    for (const QJsonValue value : settings.teamValue(path).toArray()) {
        addConnection(list, value, true);
    }
    for (const QJsonValue value : settings.ownValue(path).toArray()) {
        addConnection(list, value, false);
    }
    for (ConnectionSpec& spec : found) {
        const bool taken = std::any_of(list.specs.begin(), list.specs.end(), [&](const ConnectionSpec& other) {
            return other.id == spec.id || other.address == spec.address;
        });
        if (!taken && !list.ignored.contains(spec.id)) {
            spec.paused = list.paused.contains(spec.id);
            list.specs.push_back(std::move(spec));
        }
    }
    return list;
}

} // namespace tracedeck
