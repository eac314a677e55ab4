// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace tracedeck {

struct ConnectionSpec;

/// A program and its arguments with {id}, {name}, {host}, {address} replaced by what a row says. Each
/// argument stays one argument whatever the values hold; nothing goes through a shell. In arguments that
/// are URLs the values are percent-encoded. Unknown names stay as they are. Empty for an empty template.
[[nodiscard]] QStringList filledTemplate(const QStringList& argv, const QJsonObject& row, const QString& address);

/// A command line as people type it, into a program and its arguments: blanks separate, double quotes keep
/// together. No shell has a part in it.
[[nodiscard]] QStringList argvOfText(const QString& text);
/// The other way round: argvOfText() of the result gives the same list.
[[nodiscard]] QString textOfArgv(const QStringList& argv);

/// The first connection with a template among those that show a row: the one labelled `source`, then those in
/// `seenBy` ("this machine, Docker"). Null when none has one.
[[nodiscard]] const ConnectionSpec* openerOf(const std::vector<ConnectionSpec>& specs, const QString& source,
                                             const QString& seenBy);

/// The row's own web page, when it has one and it is http or https.
[[nodiscard]] QUrl webPageOf(const QJsonObject& row);

} // namespace tracedeck
