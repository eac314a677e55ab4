// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QUrlQuery>
#include <string_view>

namespace tracedeck {

/// A label of the drawer, translated.
[[nodiscard]] inline QString factText(const char* text)
{
    return QCoreApplication::translate("RowFacts", text);
}

[[nodiscard]] inline QString utf8Text(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// `field="text"` of the query language: exactly this value, whatever is in it.
[[nodiscard]] inline QString exactClause(const QString& field, QString text)
{
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return field + QStringLiteral("=\"") + text + u'"';
}

/// "tracedeck://page?query".
[[nodiscard]] inline QString pageLink(const QString& page, const QUrlQuery& query)
{
    return QStringLiteral("tracedeck://") + page + u'?' + query.toString(QUrl::FullyEncoded);
}

} // namespace tracedeck
