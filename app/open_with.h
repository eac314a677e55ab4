// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace tracedeck {

/// A program and its arguments with {id}, {name}, {host}, {address} replaced by what a row says. Each
/// argument stays one argument whatever the values hold; nothing goes through a shell. In arguments that
/// are URLs the values are percent-encoded. Unknown names stay as they are. Empty for an empty template.
[[nodiscard]] QStringList filledTemplate(const QStringList& argv, const QJsonObject& row, const QString& address);

/// The row's own web page, when it has one and it is http or https.
[[nodiscard]] QUrl webPageOf(const QJsonObject& row);

} // namespace tracedeck
