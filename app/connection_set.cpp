// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connection_set.h"

#include "app/connection_list.h"
#include "app/secret_store.h"
#include "app/settings_store.h"
#include "app/source_diagnosis.h"
#include "core/error_text.h"
#include "refresh/poller.h"
#include "sources/connection_probe.h"
#include "sources/engine_source.h"
#include "sources/pulse_source.h"

#include <QFile>
#include <QJsonArray>
#include <QSysInfo>

#include <algorithm>

namespace tracedeck {
namespace {

EngineSetup engineSetup(const ConnectionSpec& spec, const EngineEndpoint& endpoint)
{
    EngineSetup setup;
    setup.instance = spec.id.toStdString();
    setup.label = spec.shownLabel().toStdString();
    setup.endpoint = endpoint;
    setup.endpoint.trust = spec.trust;
    setup.endpoint.proxy = spec.proxy;
    if (endpoint.transport == EngineEndpoint::Transport::UnixSocket) {
        setup.localHostname = QSysInfo::machineHostName().toStdString();
        QFile machineId(QStringLiteral("/etc/machine-id"));
        if (machineId.open(QIODevice::ReadOnly)) {
            setup.localMachineId = machineId.readAll().trimmed().toStdString();
        }
    }
    return setup;
}

} // namespace

ConnectionSet::ConnectionSet(Poller& poller, QThread& ioThread, SettingsStore& settings, SecretStore& secrets,
                             QObject* parent)
    : QObject(parent), m_poller(poller), m_ioThread(ioThread), m_settings(settings), m_secrets(secrets)
{
    connect(&m_poller, &Poller::statesChanged, this, &ConnectionSet::renewTokens);
}

ConnectionSet::~ConnectionSet() = default;

void ConnectionSet::start(bool findLocal)
{
    read(findLocal);
    for (const ConnectionSpec& spec : m_specs) {
        startOne(spec);
    }
    Q_EMIT changed();
}

void ConnectionSet::read(bool findLocal)
{
    ConnectionList list =
        readConnections(m_settings, findLocal ? localEngineConnections() : std::vector<ConnectionSpec>());
    m_specs = std::move(list.specs);
    m_ignored = std::move(list.ignored);
    m_paused = std::move(list.paused);
    m_problems = std::move(list.problems);
}

const ConnectionSpec* ConnectionSet::find(const QString& id) const
{
    const auto found =
        std::find_if(m_specs.begin(), m_specs.end(), [&](const ConnectionSpec& spec) { return spec.id == id; });
    return found == m_specs.end() ? nullptr : &*found;
}

void ConnectionSet::startOne(const ConnectionSpec& spec)
{
    if (spec.address.startsWith(u'/') || spec.address.startsWith(QStringLiteral("unix:"))) {
        startEngine(spec, {}); // whoever may use the socket needs no token
        return;
    }
    readToken(spec, m_secrets, this, [this, spec](const Result<QString>& token) { startWithToken(spec, token); });
}

void ConnectionSet::startWithToken(const ConnectionSpec& spec, const Result<QString>& token)
{
    const ConnectionSpec* now = find(spec.id); // it may have been changed or removed meanwhile
    if (now == nullptr || now->address != spec.address) {
        return;
    }
    if (!token.ok()) {
        m_problems.append(QString::fromStdString(errorText(token.error())));
    }
    stopOne(spec.id); // two quick changes must not leave two of it
    const QString text = token.ok() ? *token : QString();
    spec.kind == ConnectionKind::Pulse ? startPulse(*now, text) : startEngine(*now, text);
    Q_EMIT changed();
}

void ConnectionSet::startEngine(const ConnectionSpec& spec, const QString& token)
{
    if (const auto endpoint = EngineEndpoint::fromText(spec.address)) {
        EngineSetup setup = engineSetup(spec, *endpoint);
        setup.endpoint.headers = tokenHeader("Authorization: Bearer ", token);
        auto source = std::make_shared<EngineSource>(std::move(setup), m_ioThread);
        m_running.push_back({spec.id, source, nullptr, token, QDeadlineTimer(m_renewMs)});
        m_poller.addSource(source);
        m_poller.setSourcePaused(spec.id.toStdString(), spec.paused);
    }
}

void ConnectionSet::startPulse(const ConnectionSpec& spec, const QString& token)
{
    const auto base = httpBaseOf(spec.address);
    if (!base) {
        return; // was checked when it was read
    }
    PulseSetup setup;
    setup.instance = spec.id.toStdString();
    setup.label = spec.shownLabel().toStdString();
    setup.endpoint = base->endpoint;
    setup.endpoint.trust = spec.trust;
    setup.endpoint.proxy = spec.proxy;
    setup.path = base->path;
    setup.token = token;
    const auto source = std::make_shared<PulseSource>(std::move(setup), m_ioThread);
    m_running.push_back({spec.id, nullptr, source->history(), token, QDeadlineTimer(m_renewMs)});
    m_poller.addSource(source);
    m_poller.setSourcePaused(spec.id.toStdString(), spec.paused);
}

/// A token that a program printed may have run out: when its source fails, the program is asked again, and
/// another token starts the source anew.
void ConnectionSet::renewTokens()
{
    for (const SourceStatus& source : m_poller.sources()) {
        const QString id = QString::fromStdString(source.instance);
        const ConnectionSpec* spec = find(id);
        const auto running =
            std::find_if(m_running.begin(), m_running.end(), [&](const Running& one) { return one.id == id; });
        if (spec == nullptr || spec->tokenCommand.isEmpty() || source.state.consecutiveFailures == 0
            || running == m_running.end() || !running->renewAfter.hasExpired()) {
            continue;
        }
        running->renewAfter = QDeadlineTimer(m_renewMs);
        readToken(*spec, m_secrets, this, [this, spec = *spec, used = running->token](const Result<QString>& token) {
            if (token.ok() && *token != used) {
                startWithToken(spec, token);
            }
        });
    }
}

void ConnectionSet::stopOne(const QString& id)
{
    m_poller.removeSource(id.toStdString());
    std::erase_if(m_running, [&](const Running& one) { return one.id == id; });
}

void ConnectionSet::save()
{
    QJsonArray list;
    m_paused.clear();
    for (const ConnectionSpec& spec : m_specs) {
        if (!spec.locked && !spec.found) {
            list.append(connectionToJson(spec));
        } else if (spec.paused) {
            m_paused.append(spec.id);
        }
    }
    m_settings.setValue(QString::fromUtf16(kConnectionListPath), list);
    m_settings.setValue(QString::fromUtf16(kConnectionsIgnoredPath), QJsonArray::fromStringList(m_ignored));
    m_settings.setValue(QString::fromUtf16(kConnectionsPausedPath), QJsonArray::fromStringList(m_paused));
}

Result<void> ConnectionSet::put(const ConnectionSpec& spec, const QString& secret)
{
    const Result<ConnectionSpec> checked = connectionFromJson(connectionToJson(spec));
    if (!checked.ok()) {
        return checked.error();
    }
    const auto place =
        std::find_if(m_specs.begin(), m_specs.end(), [&](const ConnectionSpec& one) { return one.id == checked->id; });
    if (place != m_specs.end() && place->locked) {
        return makeError(ErrorCode::PermissionDenied, "connection", "it was set up by the team and cannot be changed");
    }
    if (place != m_specs.end()) {
        stopOne(checked->id);
        *place = *checked;
    } else {
        m_specs.push_back(*checked);
    }
    m_ignored.removeAll(checked->id);
    save();
    const auto begin = [this, id = checked->id](const Result<void>& kept) {
        if (!kept.ok()) {
            m_problems.append(QString::fromStdString(errorText(kept.error())));
        }
        if (const ConnectionSpec* now = find(id)) {
            startOne(*now);
        }
        Q_EMIT changed();
    };
    if (secret.isEmpty()) {
        begin({});
    } else {
        m_secrets.write(checked->id, secret, begin);
    }
    return {};
}

Result<void> ConnectionSet::remove(const QString& id)
{
    const ConnectionSpec* spec = find(id);
    if (spec == nullptr) {
        return makeError(ErrorCode::NotFound, "connection", "there is no such connection");
    }
    if (spec->locked) {
        return makeError(ErrorCode::PermissionDenied, "connection", "it was set up by the team; it can be paused");
    }
    if (spec->found) {
        m_ignored.append(id);
    }
    stopOne(id);
    m_secrets.forget(id);
    std::erase_if(m_specs, [&](const ConnectionSpec& one) { return one.id == id; });
    save();
    Q_EMIT changed();
    return {};
}

void ConnectionSet::setPaused(const QString& id, bool paused)
{
    for (ConnectionSpec& spec : m_specs) {
        if (spec.id == id && spec.paused != paused) {
            spec.paused = paused;
            m_poller.setSourcePaused(id.toStdString(), paused);
            save();
            Q_EMIT changed();
        }
    }
}

std::shared_ptr<WorkloadAccess> ConnectionSet::accessFor(const QString& containerId, const ConnectionSpec** spec) const
{
    for (const Running& one : m_running) {
        if (one.engine != nullptr && one.engine->knowsContainer(containerId.toStdString())) {
            if (spec != nullptr) {
                *spec = find(one.id);
            }
            return one.engine;
        }
    }
    return nullptr;
}

std::vector<std::shared_ptr<HistorySource>> ConnectionSet::historySources() const
{
    std::vector<std::shared_ptr<HistorySource>> sources;
    for (const Running& one : m_running) {
        const ConnectionSpec* spec = find(one.id);
        if (one.history != nullptr && spec != nullptr && !spec->paused) {
            sources.push_back(one.history);
        }
    }
    return sources;
}

} // namespace tracedeck
