// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_with.h"

#include "app/connection_spec.h"

#include <QHash>
#include <QProcess>

#include <algorithm>

namespace tracedeck {
namespace {

QString filledArgument(const QString& argument, const QHash<QString, QString>& values)
{
    const bool isUrl = argument.contains(QStringLiteral("://"));
    QString out;
    for (qsizetype at = 0; at < argument.size();) {
        const qsizetype end = argument.at(at) == u'{' ? argument.indexOf(u'}', at) : -1;
        const QString name = end > at ? argument.mid(at + 1, end - at - 1) : QString();
        if (!values.contains(name)) {
            out += argument.at(at++);
            continue;
        }
        const QString value = values.value(name);
        out += isUrl ? QString::fromLatin1(QUrl::toPercentEncoding(value)) : value;
        at = end + 1;
    }
    return out;
}

} // namespace

QStringList filledTemplate(const QStringList& argv, const QJsonObject& row, const QString& address)
{
    const auto text = [&](const QString& key) { return row.value(key).toString(); };
    const QString container = text(QStringLiteral("containerId"));
    const QHash<QString, QString> values{
        {QStringLiteral("id"), container.isEmpty() ? text(QStringLiteral("id")) : container},
        {QStringLiteral("name"), text(QStringLiteral("name"))},
        {QStringLiteral("host"), text(QStringLiteral("node"))},
        {QStringLiteral("address"), address}};
    QStringList out;
    for (const QString& argument : argv) {
        // The program itself is what was configured, never what a row says.
        out.append(out.isEmpty() ? argument : filledArgument(argument, values));
    }
    return out;
}

const ConnectionSpec* openerOf(const std::vector<ConnectionSpec>& specs, const QString& source, const QString& seenBy)
{
    const QStringList labels = QStringList(source) + seenBy.split(QStringLiteral(", "));
    for (const QString& label : labels) {
        for (const ConnectionSpec& spec : specs) {
            if (!spec.openWith.isEmpty() && spec.shownLabel() == label) {
                return &spec;
            }
        }
    }
    return nullptr;
}

QStringList argvOfText(const QString& text)
{
    return QProcess::splitCommand(text);
}

QString textOfArgv(const QStringList& argv)
{
    QStringList quoted;
    for (QString argument : argv) {
        const bool plain = !argument.isEmpty()
            && std::none_of(argument.cbegin(), argument.cend(), [](QChar c) { return c.isSpace() || c == u'"'; });
        // Three double quotes are how QProcess::splitCommand spells one.
        quoted.append(plain ? argument : u'"' + argument.replace(u'"', QStringLiteral("\"\"\"")) + u'"');
    }
    return quoted.join(u' ');
}

QUrl webPageOf(const QJsonObject& row)
{
    const QUrl url(row.value(u"details").toObject().value(u"Web page").toString(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    return url.isValid() && isWeb && !url.host().isEmpty() ? url : QUrl();
}

} // namespace tracedeck
