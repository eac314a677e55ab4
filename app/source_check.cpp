// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/source_check.h"

#include "app/connection_list.h"
#include "app/settings_store.h"
#include "app/source_diagnosis.h"
#include "core/error_text.h"

namespace tracedeck {

SourceCheck::SourceCheck(SettingsStore& settings, SecretStore& secrets, std::function<void(const QString&)> print,
                         QObject* parent)
    : QObject(parent), m_settings(settings), m_secrets(secrets), m_print(std::move(print))
{
    m_io.start();
}

SourceCheck::~SourceCheck()
{
    m_io.quit();
    m_io.wait();
}

void SourceCheck::start(std::vector<ConnectionSpec> found)
{
    ConnectionList list = readConnections(m_settings, std::move(found));
    m_specs = std::move(list.specs);
    m_failed += static_cast<int>(list.problems.size());
    for (const QString& problem : list.problems) {
        m_print(problem);
    }
    if (m_specs.empty()) {
        m_print(tr("No connection is set up, and no container engine of this machine may be read."));
    }
    next();
}

void SourceCheck::next()
{
    if (m_next >= m_specs.size()) {
        Q_EMIT finished(m_failed == 0 ? 0 : 1);
        return;
    }
    const ConnectionSpec spec = m_specs[m_next++];
    m_print((m_next > 1 ? QStringLiteral("\n") : QString()) + spec.shownLabel()
            + (spec.paused ? tr(" (paused)") : QString()));
    readToken(spec, m_secrets, this, [this, spec](const Result<QString>& token) {
        if (!token.ok()) {
            m_print(QString::fromStdString(errorText(token.error())));
        }
        probe(spec, token.ok() ? *token : QString());
    });
}

void SourceCheck::probe(const ConnectionSpec& spec, const QString& token)
{
    probeConnection(m_io, probeRequestOf(spec, token), this, [this](const ProbeReport& report) {
        for (const QString& line : diagnosisLines(report)) {
            m_print(QStringLiteral("  ") + line);
        }
        m_failed += report.passed() ? 0 : 1;
        next();
    });
}

} // namespace tracedeck
