// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inspect_text.h"

#include "core/log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tracedeck {
namespace {

const QString kMask = QStringLiteral("•••");

QJsonValue masked(const QJsonValue& value);

QJsonObject maskedObject(const QJsonObject& object)
{
    QJsonObject out;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool secret = looksSecret(it.key().toStdString()) && !it->isObject() && !it->isArray();
        out.insert(it.key(), secret ? QJsonValue(kMask) : masked(*it));
    }
    return out;
}

/// "NAME=value", as environment variables and arguments are listed.
QString maskedText(const QString& text)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals > 0 && looksSecret(text.left(equals).toStdString())) {
        return text.left(equals + 1) + kMask;
    }
    return QString::fromStdString(redactSecrets(text.toStdString()));
}

QJsonValue masked(const QJsonValue& value)
{
    if (value.isObject()) {
        return maskedObject(value.toObject());
    }
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue item : value.toArray()) {
            out.append(masked(item));
        }
        return out;
    }
    return value.isString() ? QJsonValue(maskedText(value.toString())) : value;
}

} // namespace

QString inspectText(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return QString::fromStdString(redactSecrets(json.left(2000).toStdString()));
    }
    return QString::fromUtf8(QJsonDocument(maskedObject(document.object())).toJson(QJsonDocument::Indented));
}

} // namespace tracedeck
