// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets stay where they belong: not in settings, logs, diagnostics or what is inspected.
#include "app/connection_spec.h"
#include "app/inspect_text.h"
#include "app/secret_store.h"
#include "app/source_diagnosis.h"
#include "core/log.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

const QString kSecret = QStringLiteral("s3cr3t-t0ken-value");
const QString kId = QStringLiteral("pulse:home");

QString readBack(SecretStore& store)
{
    QString out;
    store.read(kId, [&](const QString& secret) { out = secret; });
    return out;
}

TEST(SecretStore, AFileIsReadableByItsOwnerAloneAndSaysSo)
{
    const QTemporaryDir folder;
    const QString path = folder.path() + QStringLiteral("/data/secrets.json");
    {
        SecretStore store(path, false);
        EXPECT_EQ(store.place(), SecretStore::Place::File);
        EXPECT_TRUE(store.placeText().contains(path));
        bool kept = false;
        store.write(kId, kSecret, [&](const Result<void>& result) { kept = result.ok(); });
        EXPECT_TRUE(kept);
    }
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
        | QFileDevice::WriteOther | QFileDevice::ExeOther;
    EXPECT_EQ(QFileInfo(path).permissions() & others, QFileDevice::Permissions());
    SecretStore again(path, false);
    EXPECT_EQ(readBack(again), kSecret);
    again.forget(kId);
    EXPECT_EQ(readBack(again), QString());
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains(kSecret.toUtf8()));
}

TEST(SecretStore, WithoutAFileNothingIsWritten)
{
    SecretStore store({}, false);
    EXPECT_EQ(store.place(), SecretStore::Place::Memory);
    store.write(kId, kSecret, [](const Result<void>&) {});
    EXPECT_EQ(readBack(store), kSecret);
}

TEST(SecretStore, AFolderThatCannotBeWrittenIsAReason)
{
    SecretStore store(QStringLiteral("/proc/none/secrets.json"), false);
    std::optional<Result<void>> result;
    store.write(kId, kSecret, [&](Result<void> kept) { result = std::move(kept); });
    ASSERT_TRUE(result && !result->ok());
    EXPECT_EQ(result->error().what.find(kSecret.toStdString()), std::string::npos);
}

TEST(SecretStore, ATokenCommandRunsWithoutAShell)
{
    SecretStore store({}, false);
    ConnectionSpec spec;
    spec.id = kId;
    const auto tokenOf = [&](const QStringList& command) {
        spec.tokenCommand = command;
        std::optional<Result<QString>> out;
        QObject context;
        readToken(spec, store, &context, [&](Result<QString> token) { out = std::move(token); });
        EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, 20'000));
        return out ? *out : Result<QString>(makeError(ErrorCode::TimedOut, "", ""));
    };
    const Result<QString> token = tokenOf({QStringLiteral("echo"), kSecret + QStringLiteral("; $(id)")});
    ASSERT_TRUE(token.ok());
    EXPECT_EQ(*token, kSecret + QStringLiteral("; $(id)"));
    EXPECT_FALSE(tokenOf({QStringLiteral("false")}).ok());
    EXPECT_FALSE(tokenOf({QStringLiteral("/nonexistent/program")}).ok());
}

TEST(Secrets, AreNotInSettingsDiagnosticsOrLogs)
{
    ConnectionSpec spec;
    spec.id = kId;
    spec.kind = ConnectionKind::Pulse;
    spec.address = QStringLiteral("https://pulse.example.org");
    SourceStatus status;
    status.instance = kId.toStdString();
    status.state.reason = "refused: Authorization: Bearer " + kSecret.toStdString();
    status.state.phase = SourceState::Phase::Failed;
    const QString text = diagnosticsText({spec}, {status}, QStringLiteral("in a file"));
    EXPECT_TRUE(text.contains(QStringLiteral("pulse.example.org")));
    EXPECT_FALSE(text.contains(kSecret)) << text.toStdString();
    Log::write(LogLevel::Info, "test", "X-API-Token: " + kSecret.toStdString());
    for (const std::string& line : Log::recentLines()) {
        EXPECT_EQ(line.find(kSecret.toStdString()), std::string::npos) << line;
    }
}

TEST(InspectText, MasksSecretsInKeysAndEnvironment)
{
    const QString text = inspectText(R"({"Config": {"Env": ["PATH=/bin", "DB_PASSWORD=s3cr3t-t0ken-value"],
        "Labels": {"api_key": "s3cr3t-t0ken-value", "app": "web"}}, "State": {"Pid": 7}})");
    EXPECT_FALSE(text.contains(kSecret)) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("PATH=/bin")));
    EXPECT_TRUE(text.contains(QStringLiteral("\"app\": \"web\"")));
    EXPECT_TRUE(text.contains(QStringLiteral("\"Pid\": 7")));
    EXPECT_FALSE(inspectText("password=s3cr3t-t0ken-value").contains(kSecret));
}

} // namespace
} // namespace tracedeck
