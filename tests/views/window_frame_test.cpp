// SPDX-License-Identifier: GPL-3.0-or-later
// Left rail, top bar and status strip: what stands around every page.
#include "core/number_format.h"
#include "tests/views/theme_switch.h"
#include "views/flat_button.h"
#include "views/left_rail.h"
#include "views/search_field.h"
#include "views/status_strip.h"
#include "views/theme.h"
#include "views/top_bar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

SourceBadge badgeOf(const QString& id, SourceBadge::Phase phase)
{
    SourceBadge badge;
    badge.id = id;
    badge.label = id;
    badge.phase = phase;
    badge.lastSuccessNs = 95 * kSecondNs;
    return badge;
}

} // namespace

TEST(LeftRail, StandsInOrderSaysKeysAndGoesThere)
{
    LeftRail rail;
    rail.addEntry(QStringLiteral("infrastructure"), QStringLiteral("Infrastructure"), QStringLiteral("infrastructure"),
                  QStringLiteral("Ctrl+1"));
    rail.addEntry(QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("settings"), {});
    rail.resize(rail.width(), 400);
    rail.show();
    const auto buttons = rail.findChildren<QAbstractButton*>();
    ASSERT_EQ(buttons.size(), 2);
    EXPECT_EQ(buttons[0]->toolTip(), u"Infrastructure  Ctrl+1");
    EXPECT_EQ(buttons[1]->toolTip(), u"Settings");
    EXPECT_EQ(buttons[0]->accessibleName(), u"Infrastructure");
    EXPECT_LT(buttons[0]->y(), buttons[1]->y());
    const QSignalSpy activated(&rail, &LeftRail::activated);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QTest::keyClick(buttons[0], Qt::Key_Space);
    ASSERT_EQ(activated.count(), 2);
    EXPECT_EQ(activated.at(0).first().toString(), u"settings");
    EXPECT_EQ(activated.at(1).first().toString(), u"infrastructure");
    rail.setCurrent(QStringLiteral("infrastructure"));
    EXPECT_TRUE(buttons[0]->isChecked());
    EXPECT_FALSE(buttons[1]->isChecked());
}

TEST(LeftRail, WithoutLabelsItIsNarrowAndACountThatHasNoRoomIsLeftOut)
{
    LeftRail rail;
    rail.addEntry(QStringLiteral("workloads"), QStringLiteral("Workloads"), QStringLiteral("workloads"), {});
    rail.resize(rail.width(), 200);
    const int wide = rail.width();
    const QImage without = rail.grab().toImage();
    rail.setCount(QStringLiteral("workloads"), QStringLiteral("1,240"));
    const QImage with = rail.grab().toImage();
    EXPECT_NE(with, without);
    rail.setCount(QStringLiteral("nobody"), QStringLiteral("9"));
    EXPECT_EQ(rail.grab().toImage(), with);
    rail.setCount(QStringLiteral("workloads"), QStringLiteral("123,456,789,012"));
    EXPECT_EQ(rail.grab().toImage(), without) << "better none than one over the name";
    rail.setLabelsVisible(false);
    EXPECT_EQ(rail.width(), theme().space.railIcons);
    EXPECT_LT(rail.width(), wide);
}

TEST(TopBar, ShowsTheWorstSourceAndAsksForWhatItsButtonsSay)
{
    TopBar bar;
    bar.resize(1200, bar.height());
    bar.show();
    bar.setWorstSource({Severity::Critical, QStringLiteral("1 of 4 failed")});
    FlatButton* sources = nullptr;
    FlatButton* commands = nullptr;
    for (auto* button : bar.findChildren<FlatButton*>()) {
        sources = button->text() == u"1 of 4 failed" ? button : sources;
        commands = button->text() == u"Commands" ? button : commands;
    }
    ASSERT_TRUE(sources != nullptr && commands != nullptr);
    const QSignalSpy wantsSources(&bar, &TopBar::sourcesRequested);
    const QSignalSpy wantsCommands(&bar, &TopBar::commandsRequested);
    sources->click();
    commands->click();
    EXPECT_EQ(wantsSources.count(), 1);
    EXPECT_EQ(wantsCommands.count(), 1);
    const int withShape = sources->sizeHint().width();
    bar.setWorstSource({Severity::None, QStringLiteral("1 of 4 failed")});
    EXPECT_LT(sources->sizeHint().width(), withShape) << "a state has a shape beside its word";
}

TEST(TopBar, OpensTheMenuAndGrowsWithTheText)
{
    TopBar bar;
    bar.resize(1200, bar.height());
    bar.show();
    QMenu menu;
    menu.addAction(QStringLiteral("Quit"));
    bar.setMenu(&menu);
    bar.openMenu();
    EXPECT_TRUE(menu.isVisible());
    menu.close();
    const int before = bar.searchField()->height();
    {
        const tests::ThemeSwitch larger(ThemeKind::Dark, 1.5);
        EXPECT_GT(bar.searchField()->height(), before);
    }
    EXPECT_EQ(bar.searchField()->height(), before);
}

TEST(StatusStripPlaces, AClickOnASourceNamesIt)
{
    StatusStrip strip([] { return 100 * kSecondNs; });
    strip.resize(900, 26);
    strip.setSources({badgeOf(QStringLiteral("alpha"), SourceBadge::Phase::Fresh),
                      badgeOf(QStringLiteral("beta"), SourceBadge::Phase::Failed)});
    strip.show();
    ASSERT_FALSE(strip.grab().isNull());
    const QSignalSpy activated(&strip, &StatusStrip::sourceActivated);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(20, 13));
    QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(850, 13));
    ASSERT_EQ(activated.count(), 1) << "beside the sources nothing is chosen";
    EXPECT_EQ(activated.first().first().toString(), u"alpha");
    EXPECT_EQ(strip.accessibleDescription(), u"alpha, 5 s ago; beta, failed");
}

TEST(StatusStripPlaces, TheTickerRunsOnlyWhileItCanBeSeen)
{
    std::int64_t now = 100 * kSecondNs;
    StatusStrip strip([&now] { return now; });
    strip.setSources({badgeOf(QStringLiteral("alpha"), SourceBadge::Phase::Fresh)});
    const QSignalSpy ticked(&strip, &StatusStrip::ticked);
    strip.show();
    now += kSecondNs;
    ASSERT_TRUE(QTest::qWaitFor([&] { return ticked.count() > 0; }));
    EXPECT_EQ(strip.texts(), QStringList{QStringLiteral("alpha, 6 s ago")});
    strip.hide();
    now += 60 * kSecondNs;
    EXPECT_EQ(strip.texts(), QStringList{QStringLiteral("alpha, 6 s ago")});
    strip.show();
    EXPECT_EQ(strip.texts(),
              QStringList{QStringLiteral("alpha, %1 ago").arg(QString::fromStdString(formatAge(66 * kSecondNs)))})
        << "shown again it is right at once";
}

TEST(StatusStripPlaces, ManySourcesLeaveRoomForWhenThePageChanged)
{
    StatusStrip strip([] { return 100 * kSecondNs; });
    strip.resize(400, 26);
    std::vector<SourceBadge> many;
    for (int i = 0; i < 30; ++i) {
        many.push_back(badgeOf(QStringLiteral("source-%1").arg(i), SourceBadge::Phase::Fresh));
    }
    strip.setSources(many);
    strip.setUpdated(99 * kSecondNs, false);
    const QImage first = strip.grab().toImage();
    strip.setUpdated(42 * kSecondNs, false);
    const QImage second = strip.grab().toImage();
    EXPECT_NE(first.copy(300, 0, 100, 26), second.copy(300, 0, 100, 26));
    EXPECT_EQ(strip.texts().size(), 30) << "nothing is left out for who reads by ear";
}
