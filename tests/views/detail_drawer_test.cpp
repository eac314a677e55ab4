// SPDX-License-Identifier: GPL-3.0-or-later
// The drawer: what stands where, what stays from row to row. Width and tabs of others: history_view_test.
#include "views/detail_drawer.h"

#include "tests/views/theme_switch.h"
#include "views/facts_view.h"
#include "views/flat_button.h"
#include "views/tab_strip.h"
#include "views/theme.h"

#include <QApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

RowFacts rowOf(RowKey key, const QString& value)
{
    RowFacts facts;
    facts.key = key;
    facts.title = QStringLiteral("row %1").arg(key);
    facts.subtitle = QStringLiteral("VM");
    facts.facts = {{.label = QStringLiteral("CPU"), .value = value}};
    facts.json = QJsonObject{{QStringLiteral("name"), value}};
    return facts;
}

class Drawer : public testing::Test {
protected:
    Drawer()
    {
        m_drawer.resize(324, 600);
        m_drawer.showRow(rowOf(1, QStringLiteral("10%")));
        m_drawer.show();
    }
    [[nodiscard]] bool says(const QString& text) const
    {
        const auto labels = m_drawer.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text() == text && label->isVisible(); });
    }
    [[nodiscard]] FlatButton* button(const QString& name) const
    {
        for (auto* candidate : m_drawer.findChildren<FlatButton*>()) {
            if ((candidate->text() == name || candidate->accessibleName() == name) && candidate->isVisible()) {
                return candidate;
            }
        }
        return nullptr;
    }

    DetailDrawer m_drawer;
};

} // namespace

TEST_F(Drawer, JsonFollowsTheRowAlsoWhileItIsNotInSight)
{
    EXPECT_EQ(m_drawer.texts(), QStringList{QStringLiteral("CPU: 10%")});
    m_drawer.showRow(rowOf(1, QStringLiteral("20%")));
    m_drawer.showJson(true);
    EXPECT_EQ(QJsonDocument::fromJson(m_drawer.texts().join(u'\n').toUtf8()).object().value(u"name").toString(),
              u"20%");
    m_drawer.showRow(rowOf(1, QStringLiteral("30%")));
    EXPECT_TRUE(m_drawer.texts().join(u'\n').contains(QStringLiteral("30%"))) << "and while it is";
    m_drawer.showJson(false);
    EXPECT_EQ(m_drawer.texts(), QStringList{QStringLiteral("CPU: 30%")});
}

TEST_F(Drawer, WhatTheSourceToldGoesWithItsRow)
{
    const QSignalSpy asked(&m_drawer, &DetailDrawer::inspectRequested);
    auto* tabs = m_drawer.findChild<TabStrip*>();
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    QTest::keyClick(tabs, Qt::Key_Right);
    EXPECT_EQ(asked.count(), 1) << "opening the tab asks";
    m_drawer.showInspect(QStringLiteral("{\n\"Id\": \"a\"\n}"));
    EXPECT_TRUE(m_drawer.isInspectShown());
    EXPECT_EQ(m_drawer.texts().size(), 3);
    m_drawer.showRow(rowOf(1, QStringLiteral("11%")));
    EXPECT_TRUE(m_drawer.isInspectShown()) << "new values of the same row";
    m_drawer.showRow(rowOf(2, QStringLiteral("50%")));
    EXPECT_FALSE(m_drawer.isInspectShown());
    EXPECT_EQ(tabs->current(), u"overview");
}

TEST_F(Drawer, ARowThatLeftKeepsItsValuesAndSaysSo)
{
    m_drawer.showRow(RowFacts(m_drawer.facts()), QStringLiteral("Not in the table any more"));
    EXPECT_TRUE(says(QStringLiteral("Not in the table any more")));
    EXPECT_EQ(m_drawer.texts(), QStringList{QStringLiteral("CPU: 10%")});
    m_drawer.showTab(QStringLiteral("json"));
    EXPECT_TRUE(says(QStringLiteral("Not in the table any more"))) << "on every tab";
    m_drawer.showRow(rowOf(1, QStringLiteral("12%")));
    EXPECT_FALSE(says(QStringLiteral("Not in the table any more")));
}

TEST_F(Drawer, TracesAreOfferedOnlyWhereThereIsAWayToThem)
{
    EXPECT_EQ(button(QStringLiteral("Traces")), nullptr);
    RowFacts facts = rowOf(3, QStringLiteral("1%"));
    facts.tracesLink = QStringLiteral("tracedeck://traces?q=x");
    m_drawer.showRow(facts);
    const QSignalSpy links(&m_drawer, &DetailDrawer::linkActivated);
    ASSERT_NE(button(QStringLiteral("Traces")), nullptr);
    button(QStringLiteral("Traces"))->click();
    ASSERT_EQ(links.count(), 1);
    EXPECT_EQ(links.first().first().toString(), facts.tracesLink);
}

TEST_F(Drawer, AnUnknownTabChangesNothingAndTheCrossAsks)
{
    m_drawer.showTab(QStringLiteral("nobody"));
    EXPECT_EQ(m_drawer.currentTab(), u"overview");
    const QSignalSpy closed(&m_drawer, &DetailDrawer::closeRequested);
    button(QStringLiteral("Close details"))->click();
    EXPECT_EQ(closed.count(), 1);
}

TEST_F(Drawer, LargerTextMakesItWiderAndTheWishStays)
{
    m_drawer.setWantedWidth(400);
    EXPECT_EQ(m_drawer.width(), 400);
    {
        const tests::ThemeSwitch larger(ThemeKind::Light, 1.5);
        EXPECT_EQ(m_drawer.width(), 600);
        EXPECT_EQ(m_drawer.wantedWidth(), 400);
    }
    EXPECT_EQ(m_drawer.width(), 400);
    m_drawer.setWantedWidth(1);
    EXPECT_GE(m_drawer.wantedWidth(), 200) << "never too narrow to read";
}

TEST(FactsViewLines, AreReusedHiddenAndColouredAnew)
{
    FactsView view;
    view.resize(300, 400);
    view.setFacts({{.label = QStringLiteral("A"), .value = QStringLiteral("1")},
                   {.label = QStringLiteral("Disks"), .heading = true},
                   {.label = QStringLiteral("Tags"), .chips = {QStringLiteral("prod"), QStringLiteral("edge")}}});
    view.show();
    EXPECT_EQ(view.texts(),
              (QStringList{QStringLiteral("A: 1"), QStringLiteral("Disks"), QStringLiteral("Tags: prod,edge")}));
    const auto labels = view.findChildren<QLabel*>();
    view.setFacts({{.label = QStringLiteral("A"), .value = QStringLiteral("2")}});
    EXPECT_EQ(view.findChildren<QLabel*>(), labels) << "no widget is made or lost by a refresh";
    EXPECT_EQ(std::count_if(labels.begin(), labels.end(), [](const QLabel* label) { return label->isVisible(); }), 2);
    const QString before = labels[1]->text();
    {
        const tests::ThemeSwitch light(ThemeKind::Light, 1);
        EXPECT_NE(labels[1]->text(), before) << "colours stand in the text";
    }
    EXPECT_EQ(labels[1]->text(), before);
}

TEST(FactsViewLines, AWordThatCannotWrapGivesWayInItsMiddleAndIsWholeInTheTip)
{
    FactsView view;
    const QString id = QStringLiteral("0123456789").repeated(7);
    view.setFacts({{.label = QStringLiteral("Container"), .value = id}});
    const auto labels = view.findChildren<QLabel*>();
    EXPECT_FALSE(labels[1]->text().contains(id));
    EXPECT_TRUE(labels[1]->text().contains(QChar(0x2026)));
    EXPECT_EQ(labels[1]->toolTip(), id);
    EXPECT_EQ(view.texts(), QStringList{QStringLiteral("Container: ") + id});
    view.setFacts({{.label = QStringLiteral("Container"), .value = QStringLiteral("short")}});
    EXPECT_TRUE(labels[1]->toolTip().isEmpty());
}
