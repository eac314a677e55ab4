// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace tracedeck {

/// Tokens and passwords by connection id. They lie in the desktop's keychain where there is one, else in a
/// file only its owner can read, and place() says which. Never logged, never part of settings or dumps.
class SecretStore : public QObject {
    Q_OBJECT

public:
    enum class Place : std::uint8_t { Keychain, File, Memory };

    /// `file` takes what no keychain does; empty = nothing is kept. `useKeychain` off never asks one.
    SecretStore(QString file, bool useKeychain, QObject* parent = nullptr);

    /// Where secrets go at the moment, and the sentence that says so.
    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] QString placeText() const;

    /// Answers once, later or from inside the call; an empty text when there is none.
    void read(const QString& id, std::function<void(const QString&)> done);
    void write(const QString& id, const QString& secret, std::function<void(Result<void>)> done);
    void forget(const QString& id);

private:
    [[nodiscard]] QString fromFile(const QString& id) const;
    Result<void> toFile(const QString& id, const QString& secret);

    QString m_file;
    Place m_place;
    QHash<QString, QString> m_memory;
};

} // namespace tracedeck
