// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret_store.h"

#include "core/log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <qt6keychain/keychain.h>

namespace tracedeck {
namespace {

QString keychainService()
{
    return QStringLiteral("tracedeck");
}

/// A keychain is reached over the session bus; whether one answers there shows when it is first asked.
bool mayHaveKeychain()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS");
}

/// Errors after which asking the keychain again makes no sense.
bool isMissing(QKeychain::Error error)
{
    return error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented
        || error == QKeychain::OtherError;
}

QJsonObject readSecretFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

SecretStore::SecretStore(QString file, bool useKeychain, QObject* parent)
    : QObject(parent),
      m_file(std::move(file)),
      m_place(useKeychain && mayHaveKeychain() ? Place::Keychain
                  : m_file.isEmpty()           ? Place::Memory
                                               : Place::File)
{ }

QString SecretStore::placeText() const
{
    switch (m_place) {
    case Place::Keychain:
        return tr("Kept in the desktop keychain");
    case Place::File:
        return tr("No desktop keychain here: kept in %1, readable by you alone").arg(m_file);
    case Place::Memory:
        break;
    }
    return tr("Kept until this window closes");
}

QString SecretStore::fromFile(const QString& id) const
{
    return m_memory.contains(id) ? m_memory.value(id)
        : m_file.isEmpty()       ? QString()
                                 : readSecretFile(m_file).value(id).toString();
}

Result<void> SecretStore::toFile(const QString& id, const QString& secret)
{
    if (m_file.isEmpty()) {
        secret.isEmpty() ? m_memory.remove(id) : (m_memory.insert(id, secret), true);
        return {};
    }
    QJsonObject all = readSecretFile(m_file);
    if (secret.isEmpty()) {
        if (!all.contains(id)) {
            return {};
        }
        all.remove(id);
    } else {
        all.insert(id, secret);
    }
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    QSaveFile file(m_file);
    file.setDirectWriteFallback(false);
    // The rights are set before the first byte is written.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(QJsonDocument(all).toJson()) < 0 || !file.commit()) {
        return makeError(ErrorCode::ReadOnly, "secrets",
                         "the token could not be kept: " + file.errorString().toStdString());
    }
    return {};
}

void SecretStore::read(const QString& id, std::function<void(const QString&)> done)
{
    if (m_place != Place::Keychain) {
        done(fromFile(id));
        return;
    }
    auto* job = new QKeychain::ReadPasswordJob(keychainService(), this);
    job->setKey(id);
    connect(job, &QKeychain::Job::finished, this, [this, job, id, done = std::move(done)](QKeychain::Job*) {
        if (isMissing(job->error())) {
            m_place = m_file.isEmpty() ? Place::Memory : Place::File;
        }
        done(job->error() == QKeychain::NoError ? job->textData() : fromFile(id));
    });
    job->start();
}

void SecretStore::write(const QString& id, const QString& secret, std::function<void(Result<void>)> done)
{
    if (m_place != Place::Keychain) {
        done(toFile(id, secret));
        return;
    }
    auto* job = new QKeychain::WritePasswordJob(keychainService(), this);
    job->setKey(id);
    job->setTextData(secret);
    connect(job, &QKeychain::Job::finished, this, [this, job, id, secret, done = std::move(done)](QKeychain::Job*) {
        if (job->error() == QKeychain::NoError) {
            done({});
            return;
        }
        Log::write(LogLevel::Info, "secrets", "the keychain refused: " + job->errorString().toStdString());
        m_place = m_file.isEmpty() ? Place::Memory : Place::File;
        done(toFile(id, secret));
    });
    job->start();
}

void SecretStore::forget(const QString& id)
{
    const Result<void> removed = toFile(id, {});
    if (!removed.ok()) {
        Log::write(LogLevel::Warning, "secrets", removed.error().what);
    }
    if (m_place == Place::Keychain) {
        auto* job = new QKeychain::DeletePasswordJob(keychainService(), this);
        job->setKey(id);
        job->start();
    }
}

} // namespace tracedeck
