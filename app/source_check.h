// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connection_spec.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <vector>

namespace tracedeck {

class SecretStore;
class SettingsStore;

/// `tracedeck --check`: tries every connection of the settings and every engine found on this machine,
/// one after the other, and prints the diagnosis of each. Never prints a secret.
class SourceCheck : public QObject {
    Q_OBJECT

public:
    SourceCheck(SettingsStore& settings, SecretStore& secrets, std::function<void(const QString&)> print,
                QObject* parent = nullptr);
    ~SourceCheck() override;

    /// `found` are the engines of this machine; see readConnections() for which of them are tried.
    void start(std::vector<ConnectionSpec> found);

Q_SIGNALS:
    /// 0 = all passed, 1 = one failed.
    void finished(int exitCode);

private:
    void next();
    void probe(const ConnectionSpec& spec, const QString& token);

    SettingsStore& m_settings;
    SecretStore& m_secrets;
    std::function<void(const QString&)> m_print;
    std::vector<ConnectionSpec> m_specs;
    std::size_t m_next = 0;
    int m_failed = 0;
    QThread m_io;
};

} // namespace tracedeck
