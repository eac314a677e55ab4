// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/saved_views.h"
#include "app/settings_store.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

SavedView view(const char* name, const char* link)
{
    SavedView out;
    out.name = QString::fromUtf8(name);
    out.link = QString::fromUtf8(link);
    return out;
}

class SavedViewsTest : public testing::Test {
protected:
    SettingsStore m_settings{QString()};
    SavedViews m_views{m_settings};
};

} // namespace

TEST_F(SavedViewsTest, SavedFoundRenamedAndRemoved)
{
    QSignalSpy changed(&m_views, &SavedViews::changed);
    const QString busy = m_views.save(view(" Busy ", "tracedeck://workloads?q=cpu%3E80&sort=-cpu"));
    const QString alpha = m_views.save(view("alpha", "tracedeck://infrastructure?status=degraded"));
    ASSERT_FALSE(busy.isEmpty());
    EXPECT_NE(busy, alpha);
    ASSERT_EQ(m_views.all().size(), 2U);
    EXPECT_EQ(m_views.all().front().name, QStringLiteral("alpha")) << "by name, any case";
    EXPECT_EQ(m_views.find(busy).page, QStringLiteral("workloads"));
    EXPECT_EQ(m_views.of(QStringLiteral("workloads")).size(), 1U);
    EXPECT_TRUE(m_views.rename(busy, QStringLiteral("Hot")));
    EXPECT_EQ(m_views.find(busy).name, QStringLiteral("Hot"));
    EXPECT_TRUE(m_views.remove(busy));
    EXPECT_FALSE(m_views.remove(busy));
    EXPECT_TRUE(m_views.find(busy).id.isEmpty());
    EXPECT_EQ(changed.count(), 4);
}

TEST_F(SavedViewsTest, TheSameNameOnAPageReplaces)
{
    const QString first = m_views.save(view("hot", "tracedeck://workloads?q=a"));
    EXPECT_EQ(m_views.save(view("HOT", "tracedeck://workloads?q=b")), first);
    EXPECT_EQ(m_views.find(first).link, QStringLiteral("tracedeck://workloads?q=b"));
    const QString other = m_views.save(view("hot", "tracedeck://infrastructure"));
    EXPECT_NE(other, first) << "another page is another place";
    const QString cold = m_views.save(view("cold", "tracedeck://workloads"));
    EXPECT_FALSE(m_views.rename(cold, QStringLiteral("Hot"))) << "taken on this page";
    EXPECT_TRUE(m_views.rename(cold, QStringLiteral("COLD"))) << "its own name in other letters";
    EXPECT_FALSE(m_views.rename(cold, QStringLiteral("  ")));
    EXPECT_FALSE(m_views.rename(QStringLiteral("99"), QStringLiteral("x")));
}

TEST_F(SavedViewsTest, WhatIsNoViewIsNotSaved)
{
    EXPECT_TRUE(m_views.save(view("  ", "tracedeck://workloads")).isEmpty());
    EXPECT_TRUE(m_views.save(view("x", "http://elsewhere")).isEmpty());
    EXPECT_EQ(m_views.find(m_views.save(view(QByteArray(300, 'n').constData(), "tracedeck://traces"))).name.size(),
              SavedViews::kLongestName);
}

TEST_F(SavedViewsTest, EntriesOfOtherReleasesAreKeptButNotListed)
{
    const QJsonObject foreign{{QStringLiteral("kind"), QStringLiteral("board")}, {QStringLiteral("id"), 7}};
    m_settings.setValue(QStringLiteral("views.saved"), QJsonArray{foreign, 3, QStringLiteral("x")});
    EXPECT_TRUE(m_views.all().empty());
    const QString id = m_views.save(view("mine", "tracedeck://traces?q=a"));
    EXPECT_EQ(m_views.all().size(), 1U);
    EXPECT_TRUE(m_views.remove(id));
    EXPECT_TRUE(m_settings.value(QStringLiteral("views.saved")).toArray().contains(foreign));
}

TEST(SavedViewsFile, SurviveARestartAndAnOlderSettingsFile)
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("settings.json"));
    {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        // Version 1 with views in it, as a hand-edited file may be: the views stay, the version moves on.
        file.write(R"({"version": 1, "theme": "dark", "views": {"saved": [
            {"id": "4", "name": "kept", "link": "tracedeck://workloads?q=a", "extra": true}]}})");
    }
    {
        SettingsStore settings(path);
        SavedViews views(settings);
        EXPECT_EQ(views.find(QStringLiteral("4")).name, QStringLiteral("kept"));
        EXPECT_EQ(views.save(view("next", "tracedeck://traces")), QStringLiteral("5")) << "ids are not used again";
    }
    SettingsStore settings(path);
    SavedViews views(settings);
    EXPECT_EQ(views.all().size(), 2U);
    EXPECT_EQ(settings.value(QStringLiteral("version")).toInt(), SettingsStore::kVersion);
}
