// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/team_settings.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>

#include <sstream>

#define TOML_HEADER_ONLY 1 // the packaged library has only the throwing variant
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace tracedeck {
namespace {

QString fromToml(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonValue toJson(const toml::node& node)
{
    if (const toml::table* table = node.as_table()) {
        QJsonObject object;
        for (const auto& [key, value] : *table) {
            object.insert(fromToml(key.str()), toJson(value));
        }
        return object;
    }
    if (const toml::array* array = node.as_array()) {
        QJsonArray items;
        for (const toml::node& item : *array) {
            items.append(toJson(item));
        }
        return items;
    }
    if (const auto text = node.value_exact<std::string_view>()) {
        return fromToml(*text);
    }
    if (const auto flag = node.value_exact<bool>()) {
        return *flag;
    }
    if (const auto number = node.value_exact<std::int64_t>()) {
        return static_cast<qint64>(*number);
    }
    const auto real = node.value_exact<double>();
    return real ? QJsonValue(*real) : QJsonValue(); // dates have no meaning here
}

} // namespace

TeamSettings readTeamSettings(const QString& path)
{
    TeamSettings out;
    QFile file(path);
    if (path.isEmpty() || !file.exists()) {
        return out;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        out.problem =
            QCoreApplication::translate("TeamSettings", "%1 cannot be read: %2").arg(path, file.errorString());
        return out;
    }
    const QByteArray text = file.readAll();
    const toml::parse_result parsed =
        toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!parsed) {
        out.problem = QCoreApplication::translate("TeamSettings", "%1, line %2: %3")
                          .arg(path)
                          .arg(parsed.error().source().begin.line)
                          .arg(fromToml(parsed.error().description()));
        return out;
    }
    out.values = toJson(parsed.table()).toObject();
    for (const QJsonValue path_ : out.values.take(QStringLiteral("locked")).toArray()) {
        out.locked.append(path_.toString());
    }
    return out;
}

QString teamSettingsPath()
{
    const QString folders = qEnvironmentVariable("XDG_CONFIG_DIRS", QStringLiteral("/etc/xdg"));
    for (const QString& folder : folders.split(u':', Qt::SkipEmptyParts)) {
        const QString path = folder + QStringLiteral("/tracedeck/settings.toml");
        if (QFile::exists(path)) {
            return path;
        }
    }
    return {};
}

} // namespace tracedeck
