// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/settings_page.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

SettingItem numberItem()
{
    SettingItem item;
    item.path = QStringLiteral("thresholds.cpu");
    item.section = QStringLiteral("Thresholds");
    item.title = QStringLiteral("CPU");
    item.hint = QStringLiteral("Marks a row from here on");
    item.kind = SettingItem::Kind::Number;
    item.minimum = 10;
    item.maximum = 100;
    item.step = 5;
    item.unit = QStringLiteral("%");
    item.value = 80.0;
    return item;
}

SettingItem themeItem()
{
    SettingItem item;
    item.path = QStringLiteral("looks.theme");
    item.section = QStringLiteral("Looks");
    item.title = QStringLiteral("Theme");
    item.choices = {{QStringLiteral("system"), QStringLiteral("System")},
                    {QStringLiteral("dark"), QStringLiteral("Dark")}};
    item.value = QStringLiteral("dark");
    return item;
}

SettingItem factItem()
{
    SettingItem item;
    item.path = QStringLiteral("fact.folder");
    item.section = QStringLiteral("Data");
    item.title = QStringLiteral("Folder");
    item.kind = SettingItem::Kind::Fact;
    item.value = QStringLiteral("/var/lib/example");
    return item;
}

class SettingsPageTest : public testing::Test {
protected:
    SettingsPageTest()
    {
        m_page.resize(1000, 600);
        m_page.setItems({themeItem(),
                         switchItem(QStringLiteral("looks.tints"), QStringLiteral("Looks"),
                                    QStringLiteral("Tint changes"), QStringLiteral("For a second"), true),
                         numberItem(), factItem()});
        m_page.show();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&m_page)); }
    [[nodiscard]] SegmentBar* bar(int index) { return m_page.findChildren<SegmentBar*>().at(index); }
    [[nodiscard]] QDoubleSpinBox* box() { return m_page.findChild<QDoubleSpinBox*>(); }
    [[nodiscard]] QStringList shownHeadings()
    {
        QStringList shown;
        for (const auto* label : m_page.findChildren<QLabel*>()) {
            const bool heading = QStringList({QStringLiteral("Looks"), QStringLiteral("Thresholds"),
                                              QStringLiteral("Data"), QStringLiteral("No setting has these words.")})
                                     .contains(label->text());
            if (heading && label->isVisible()) {
                shown.append(label->text());
            }
        }
        shown.sort();
        return shown;
    }

    SettingsPage m_page;
    QSignalSpy m_edited{&m_page, &SettingsPage::edited};
};

} // namespace

TEST_F(SettingsPageTest, ShowsWhatIsSetAndSaysChangesAtOnce)
{
    EXPECT_EQ(m_page.value(QStringLiteral("looks.theme")), QVariant(QStringLiteral("dark")));
    EXPECT_EQ(m_page.value(QStringLiteral("looks.tints")), QVariant(true));
    EXPECT_EQ(m_page.value(QStringLiteral("nobody")), QVariant());
    QTest::keyClick(bar(0), Qt::Key_Left);
    QTest::keyClick(bar(1), Qt::Key_Left);
    ASSERT_EQ(m_edited.count(), 2);
    EXPECT_EQ(m_edited.at(0), (QList<QVariant>{QStringLiteral("looks.theme"), QStringLiteral("system")}));
    EXPECT_EQ(m_edited.at(1), (QList<QVariant>{QStringLiteral("looks.tints"), false})) << "a switch is a bool";
}

TEST_F(SettingsPageTest, ANumberIsSaidWhenItIsMeantAndStaysInItsRange)
{
    box()->setFocus();
    box()->selectAll();
    QTest::keyClicks(box(), QStringLiteral("9"));
    EXPECT_TRUE(m_edited.isEmpty()) << "half typed";
    QTest::keyClicks(box(), QStringLiteral("5"));
    QTest::keyClick(box(), Qt::Key_Return);
    ASSERT_EQ(m_edited.count(), 1);
    EXPECT_EQ(m_edited.first().at(1).toDouble(), 95);
    QTest::keyClick(box(), Qt::Key_Up);
    QTest::keyClick(box(), Qt::Key_Up);
    EXPECT_EQ(m_page.value(QStringLiteral("thresholds.cpu")).toDouble(), 100);
    EXPECT_EQ(m_edited.count(), 2) << "at its end it says nothing more";
}

TEST_F(SettingsPageTest, ValuesFromElsewhereShowWithoutComingBack)
{
    m_page.setValue(QStringLiteral("looks.theme"), QStringLiteral("system"));
    m_page.setValue(QStringLiteral("looks.tints"), false);
    m_page.setValue(QStringLiteral("thresholds.cpu"), 60.0);
    m_page.setValue(QStringLiteral("fact.folder"), QStringLiteral("/tmp"));
    m_page.setValue(QStringLiteral("nobody"), 1);
    EXPECT_EQ(bar(0)->current(), u"system");
    EXPECT_EQ(m_page.value(QStringLiteral("looks.tints")), QVariant(false));
    EXPECT_EQ(box()->value(), 60);
    EXPECT_EQ(m_page.value(QStringLiteral("fact.folder")).toString(), u"/tmp");
    EXPECT_TRUE(m_edited.isEmpty());
}

TEST_F(SettingsPageTest, WordsFindSettingsBySectionTitleAndHint)
{
    const auto found = [this](const QString& words) {
        m_page.setQueryText(words);
        return m_page.shownTitles();
    };
    EXPECT_EQ(found(QStringLiteral("looks")).size(), 2);
    EXPECT_EQ(shownHeadings(), QStringList{QStringLiteral("Looks")});
    EXPECT_EQ(found(QStringLiteral("second TINT")), QStringList{QStringLiteral("Tint changes")});
    EXPECT_TRUE(found(QStringLiteral("tint cpu")).isEmpty()) << "every word must fit the same setting";
    EXPECT_EQ(shownHeadings(), QStringList{QStringLiteral("No setting has these words.")});
    EXPECT_EQ(found({}).size(), 4);
}

TEST_F(SettingsPageTest, EscTakesTheWordsAwayAndLinksBringThemBack)
{
    EXPECT_FALSE(m_page.peel());
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("q=tint")));
    EXPECT_EQ(m_page.queryText(), u"tint");
    EXPECT_EQ(m_page.shownTitles().size(), 1);
    EXPECT_TRUE(m_page.peel());
    EXPECT_EQ(m_page.shownTitles().size(), 4);
    m_page.restoreRouteState({});
    EXPECT_TRUE(m_page.queryText().isEmpty());
}

TEST_F(SettingsPageTest, TheKeyboardGoesToTheFirstSettingThatCanBeChanged)
{
    m_page.focusContent();
    EXPECT_TRUE(bar(0)->hasFocus());
    m_page.setQueryText(QStringLiteral("thresholds"));
    m_page.focusContent();
    EXPECT_TRUE(box()->hasFocus());
    m_page.setQueryText(QStringLiteral("folder"));
    m_page.focusContent();
    EXPECT_FALSE(box()->hasFocus()) << "a fact takes no keys";
}

TEST_F(SettingsPageTest, EveryEditorHasANameAndTheDumpTellsAll)
{
    EXPECT_EQ(bar(1)->accessibleName(), u"Tint changes");
    EXPECT_EQ(bar(1)->accessibleDescription(), u"On");
    EXPECT_EQ(box()->accessibleName(), u"CPU");
    EXPECT_EQ(box()->accessibleDescription(), u"Marks a row from here on");
    m_page.setQueryText(QStringLiteral("tint"));
    const PageDump dump = m_page.dump();
    EXPECT_EQ(dump.rows.size(), 4U);
    EXPECT_EQ(dump.shown, 1U);
    EXPECT_EQ(dump.total, 4U);
    EXPECT_EQ(dump.rows[2].cells[1].text, u"80");
    EXPECT_EQ(dump.rows[2].cells[1].unit, u"%");
    EXPECT_TRUE(m_page.keyScope().isEmpty()) << "letters are no commands of tables here";
}
