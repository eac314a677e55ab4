// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preferences.h"
#include "app/retention_settings.h"
#include "app/settings_store.h"
#include "core/performance_switches.h"
#include "views/settings_page.h"

#include <QDoubleSpinBox>
#include <QSet>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class PreferencesTest : public testing::Test {
protected:
    PreferencesTest() { open(); }
    void open()
    {
        Preferences::Effects effects;
        effects.looks = [this] { ++m_looks; };
        effects.autoRefresh = [this](bool on) { m_auto = on; };
        effects.slowdown = [this](int factor) { m_slowdown = factor; };
        effects.pushChanged = [this] { ++m_push; };
        effects.retention = [this] { m_kept.push_back(retentionFrom(m_settings)); };
        new Preferences(m_page, m_settings, effects);
    }
    ~PreferencesTest() override
    {
        for (const char* name : {"queryCache", "gate", "push", "textCache"}) {
            m_settings.setValue(QStringLiteral("performance.") + QString::fromUtf8(name), true);
        }
    }
    /// The editor of a line, found by the name screen readers say.
    template <class Editor> Editor* editor(const char* title)
    {
        for (auto* found : m_page.findChildren<Editor*>()) {
            if (found->accessibleName() == QString::fromUtf8(title)) {
                return found;
            }
        }
        return nullptr;
    }

    SettingsStore m_settings{QString()};
    SettingsPage m_page;
    int m_looks = 0;
    int m_push = 0;
    int m_slowdown = 0;
    std::vector<RetentionLimits> m_kept; ///< in the order they were applied
    bool m_auto = true;
};

} // namespace

TEST_F(PreferencesTest, ItemsHaveUniquePathsAndDefaults)
{
    QSet<QString> paths;
    for (const SettingItem& item : settingItems(m_settings)) {
        EXPECT_FALSE(paths.contains(item.path)) << item.path.toStdString();
        EXPECT_FALSE(item.title.isEmpty());
        EXPECT_TRUE(item.value.isValid());
        paths.insert(item.path);
    }
    EXPECT_EQ(m_slowdown, 1) << "applied at the start";
    EXPECT_EQ(m_page.value(QStringLiteral("thresholds.memory")).toDouble(), 85);
    EXPECT_EQ(m_page.value(QStringLiteral("appearance.textScale")).toDouble(), 100);
}

TEST_F(PreferencesTest, WhatIsChosenByKeyIsKeptAndActedOn)
{
    m_page.show();
    auto* theme = editor<SegmentBar>("Theme");
    ASSERT_NE(theme, nullptr);
    QTest::keyClick(theme, Qt::Key_Right);
    EXPECT_EQ(m_settings.value(QStringLiteral("appearance.theme")).toString(), QStringLiteral("dark"));
    EXPECT_EQ(m_looks, 1);
    auto* size = editor<QDoubleSpinBox>("Text size");
    ASSERT_NE(size, nullptr);
    QTest::keyClick(size, Qt::Key_Up);
    EXPECT_EQ(m_settings.value(QStringLiteral("appearance.textScale")).toDouble(), 1.1);
    EXPECT_EQ(m_looks, 2);
    QTest::keyClick(editor<SegmentBar>("Pace"), Qt::Key_Right);
    EXPECT_EQ(m_slowdown, 2);
    QTest::keyClick(editor<SegmentBar>("Times of traces"), Qt::Key_Right);
    EXPECT_EQ(m_settings.value(QStringLiteral("appearance.times")).toString(), QStringLiteral("utc"));
    EXPECT_EQ(m_looks, 3);
    QTest::keyClick(editor<SegmentBar>("Refresh automatically"), Qt::Key_Left);
    EXPECT_FALSE(m_auto);
    QTest::keyClick(editor<QDoubleSpinBox>("Disk"), Qt::Key_Down);
    EXPECT_EQ(m_settings.value(QStringLiteral("thresholds.disk")).toDouble(), 89);
}

TEST_F(PreferencesTest, ChangesFromElsewhereShowOnThePageWithoutComingBack)
{
    m_settings.setValue(QStringLiteral("appearance.density"), QStringLiteral("compact"));
    EXPECT_EQ(m_page.value(QStringLiteral("appearance.density")).toString(), QStringLiteral("compact"));
    EXPECT_EQ(m_looks, 1);
    m_settings.setValue(QStringLiteral("appearance.textScale"), 1.25);
    EXPECT_EQ(m_page.value(QStringLiteral("appearance.textScale")).toDouble(), 125);
    EXPECT_EQ(m_settings.value(QStringLiteral("appearance.textScale")).toDouble(), 1.25) << "not rounded back";
}

TEST_F(PreferencesTest, SwitchesReachTheProcess)
{
    for (const auto& [name, flag] :
         {std::pair{"queryCache", &PerformanceSwitches::queryCache}, std::pair{"gate", &PerformanceSwitches::gate},
          std::pair{"push", &PerformanceSwitches::push}, std::pair{"textCache", &PerformanceSwitches::textCache}}) {
        const QString path = QStringLiteral("performance.") + QString::fromUtf8(name);
        m_settings.setValue(path, false);
        EXPECT_FALSE(performanceSwitches().*flag) << name;
        EXPECT_FALSE(m_page.value(path).toBool());
        m_settings.setValue(path, true);
        EXPECT_TRUE(performanceSwitches().*flag) << name;
    }
    EXPECT_EQ(m_push, 2);
}

TEST_F(PreferencesTest, WordsFindSettings)
{
    m_page.setQueryText(QStringLiteral("text siz"));
    EXPECT_EQ(m_page.shownTitles(), QStringList{QStringLiteral("Text size")});
    m_page.setQueryText(QStringLiteral("nothing like it"));
    EXPECT_TRUE(m_page.shownTitles().isEmpty());
    EXPECT_TRUE(m_page.peel()) << "Esc takes the filter away";
    EXPECT_GT(m_page.shownTitles().size(), 12);
    EXPECT_FALSE(m_page.peel());
    EXPECT_EQ(m_page.dump().rows.size(), settingItems(m_settings).size());
}

TEST_F(PreferencesTest, RetentionIsEditedAndAppliedOnceTheFiguresStandStill)
{
    m_page.show();
    ASSERT_EQ(m_kept.size(), 1U) << "applied at the start";
    EXPECT_EQ(m_kept.back(), RetentionLimits());
    auto* days = editor<QDoubleSpinBox>("Keep traces and logs for");
    ASSERT_NE(days, nullptr);
    EXPECT_EQ(days->value(), 7);
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(days, Qt::Key_Down); // passes 6 and 5 days on the way to 4
    }
    EXPECT_EQ(m_kept.size(), 1U) << "a figure passed by removes nothing";
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_kept.size() > 1; }, 20 * Preferences::kRetentionPauseMs));
    ASSERT_EQ(m_kept.size(), 2U);
    EXPECT_EQ(m_kept.back().retentionNs, std::int64_t{4} * 86'400 * 1'000'000'000);
    EXPECT_EQ(m_settings.value(QStringLiteral("storage.days")).toDouble(), 4);
}

TEST_F(PreferencesTest, RetentionTakesNoFigureThatMakesNoSense)
{
    m_settings.setValue(QStringLiteral("storage.days"), 0);
    m_settings.setValue(QStringLiteral("storage.gib"), QStringLiteral("two"));
    m_settings.setValue(QStringLiteral("storage.ownHours"), -5);
    m_settings.setValue(QStringLiteral("storage.ownMib"), 1e12);
    const RetentionLimits limits = retentionFrom(m_settings);
    EXPECT_EQ(limits.retentionNs, std::int64_t{86'400} * 1'000'000'000) << "a day at least, not everything at once";
    EXPECT_EQ(limits.retentionBytes, RetentionLimits().retentionBytes);
    EXPECT_EQ(limits.ownRetentionNs, std::int64_t{3'600} * 1'000'000'000);
    EXPECT_EQ(limits.ownRetentionBytes, std::uint64_t{100'000} << 20U);
}
