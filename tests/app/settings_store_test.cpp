// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings_store.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class SettingsStoreTest : public testing::Test {
protected:
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("deep/settings.json")); }
    void write(const QByteArray& text) const
    {
        QDir().mkpath(m_dir.filePath(QStringLiteral("deep")));
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray text() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QTemporaryDir m_dir;
};

} // namespace

TEST_F(SettingsStoreTest, RoundTripsNestedValues)
{
    {
        SettingsStore store(path());
        store.setValue(QStringLiteral("tables.workloads.sort"), QStringLiteral("cpu"));
        store.setValue(QStringLiteral("tables.workloads.collapsed"), QJsonArray{1, 2});
        store.setValue(QStringLiteral("appearance.textScale"), 1.25);
    }
    const SettingsStore again(path());
    EXPECT_EQ(again.value(QStringLiteral("tables.workloads.sort")).toString(), QStringLiteral("cpu"));
    EXPECT_EQ(again.value(QStringLiteral("tables.workloads.collapsed")).toArray().size(), 2);
    EXPECT_DOUBLE_EQ(again.value(QStringLiteral("appearance.textScale")).toDouble(), 1.25);
    EXPECT_EQ(again.value(QStringLiteral("no.such.key"), 7).toInt(), 7);
    EXPECT_TRUE(again.notice().isEmpty());
}

TEST_F(SettingsStoreTest, KeepsKeysItDoesNotKnow)
{
    write(R"({"version":2,"fromTheFuture":{"a":[1,{"b":null}]},"appearance":{"sparkle":true}})");
    {
        SettingsStore store(path());
        store.setValue(QStringLiteral("appearance.theme"), QStringLiteral("light"));
    }
    const QJsonObject root = QJsonDocument::fromJson(text()).object();
    EXPECT_TRUE(root.value(u"fromTheFuture").toObject().contains(u"a"));
    EXPECT_TRUE(root.value(u"appearance").toObject().value(u"sparkle").toBool());
    EXPECT_EQ(root.value(u"appearance").toObject().value(u"theme").toString(), QStringLiteral("light"));
}

TEST_F(SettingsStoreTest, MigratesVersionOne)
{
    write(R"({"theme":"dark","density":"compact","mine":1})");
    {
        const SettingsStore store(path());
        EXPECT_EQ(store.value(QStringLiteral("appearance.theme")).toString(), QStringLiteral("dark"));
    }
    const QJsonObject root = QJsonDocument::fromJson(text()).object();
    EXPECT_EQ(root.value(u"version").toInt(), SettingsStore::kVersion);
    EXPECT_FALSE(root.contains(u"theme"));
    EXPECT_EQ(root.value(u"mine").toInt(), 1);
    EXPECT_EQ(migrateSettings(root), root) << "migrating twice changes nothing";
}

TEST_F(SettingsStoreTest, NewerVersionIsReadButNeverWritten)
{
    const QByteArray newer = R"({"version":99,"appearance":{"theme":"light"}})";
    write(newer);
    {
        SettingsStore store(path());
        EXPECT_EQ(store.value(QStringLiteral("appearance.theme")).toString(), QStringLiteral("light"));
        EXPECT_FALSE(store.notice().isEmpty());
        store.setValue(QStringLiteral("appearance.theme"), QStringLiteral("dark"));
        EXPECT_EQ(store.value(QStringLiteral("appearance.theme")).toString(), QStringLiteral("dark"));
    }
    EXPECT_EQ(text(), newer);
}

TEST_F(SettingsStoreTest, CorruptFilesAreSetAside)
{
    for (const QByteArray& broken :
         {QByteArray("{\"a\":"), QByteArray(""), QByteArray("[1]"), QByteArray("\xff\xfe\0x", 4)}) {
        write(broken);
        SettingsStore store(path());
        EXPECT_FALSE(store.notice().isEmpty());
        EXPECT_EQ(store.value(QStringLiteral("a"), 5).toInt(), 5);
        QFile aside(path() + QStringLiteral(".corrupt"));
        ASSERT_TRUE(aside.open(QIODevice::ReadOnly));
        EXPECT_EQ(aside.readAll(), broken);
        store.setValue(QStringLiteral("a"), 6);
        EXPECT_TRUE(store.save().ok());
        EXPECT_TRUE(QJsonDocument::fromJson(text()).isObject());
    }
}

TEST_F(SettingsStoreTest, AFailingWriteSaysSoAndKeepsTheValue)
{
    // The parent of the file is a file, so no directory can be made, whoever runs the test.
    QTemporaryDir dir;
    QFile blocker(dir.filePath(QStringLiteral("blocker")));
    ASSERT_TRUE(blocker.open(QIODevice::WriteOnly));
    SettingsStore store(dir.filePath(QStringLiteral("blocker/settings.json")));
    store.setValue(QStringLiteral("a"), 1);
    const Result<void> saved = store.save();
    ASSERT_FALSE(saved.ok());
    EXPECT_FALSE(saved.error().what.empty());
    EXPECT_EQ(store.value(QStringLiteral("a")).toInt(), 1);
    ASSERT_TRUE(blocker.remove());
    EXPECT_TRUE(store.save().ok());
}

TEST_F(SettingsStoreTest, SettingTheSameValueWritesNothing)
{
    SettingsStore store(path());
    store.setValue(QStringLiteral("a"), 1);
    ASSERT_TRUE(store.save().ok());
    QFile::remove(path());
    store.setValue(QStringLiteral("a"), 1);
    EXPECT_TRUE(store.save().ok());
    EXPECT_FALSE(QFile::exists(path()));
}
