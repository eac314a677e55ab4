// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace tracedeck {

/// One message from a second start of the program to the running window: a link to open, and what the
/// desktop gave the second start to bring a window forward. Lines of text, ended by an empty one.
struct LinkMessage {
    QString link;
    QString activationToken; ///< empty where the desktop gives none
    bool operator==(const LinkMessage&) const = default;
};

inline constexpr qsizetype kLongestLinkMessage = qsizetype{64} * 1024;

[[nodiscard]] QByteArray encodeLinkMessage(const LinkMessage& message);
/// Nothing for text that is no whole message of this form.
[[nodiscard]] std::optional<LinkMessage> decodeLinkMessage(const QByteArray& bytes);

/// Where the window of a data directory listens: a socket in it, or below the temporary directory when the
/// path is too long for a socket address. Only the user may connect.
[[nodiscard]] QString linkSocketPath(const QString& dataDir);

/// Hands a link to the window that runs on this data directory; true when it took it. Meant for the short
/// life of a second start, before there is a window: it waits at most two seconds for the answer.
[[nodiscard]] bool handOverLink(const QString& dataDir, const LinkMessage& message);
/// Whether a window listens there at all.
[[nodiscard]] bool isLinkSocketServed(const QString& socketPath);

} // namespace tracedeck
