// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_list_view.h"

#include "views/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

Fact attribute(const QString& name, const QString& value, bool secret = false)
{
    Fact fact;
    fact.name = name;
    fact.value = value;
    fact.mono = true;
    fact.secret = secret;
    return fact;
}

Fact linkFact()
{
    Fact fact;
    fact.name = QStringLiteral("Host");
    fact.value = QStringLiteral("edge-01");
    fact.link = QStringLiteral("tracedeck://infrastructure?q=edge-01");
    return fact;
}

const QString kMask = QStringLiteral("\u2022\u2022\u2022");

class FactList : public testing::Test {
protected:
    FactList()
    {
        m_host.resize(400, 400);
        m_list.resize(320, 240);
        m_list.setFacts({attribute(QStringLiteral("http.route"), QStringLiteral("/v1/charge")),
                         attribute(QStringLiteral("authorization"), QStringLiteral("Bearer abc"), true), linkFact()},
                        QStringLiteral("No attributes."));
        m_host.show();
        m_list.setFocus();
    }
    void press(Qt::Key key, int times = 1)
    {
        for (int i = 0; i < times; ++i) {
            QTest::keyClick(&m_list, key);
        }
    }
    /// The context menu of the line at a height; null when there is none.
    QMenu* menuAt(int y)
    {
        const QPoint at(40, y);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_list.viewport()->mapToGlobal(at));
        QApplication::sendEvent(m_list.viewport(), &event);
        const auto menus = m_list.findChildren<QMenu*>();
        return menus.isEmpty() ? nullptr : menus.last();
    }

    QWidget m_host;
    FactListView m_list{&m_host};
};

} // namespace

TEST_F(FactList, KeysWalkTheLinesAndStopAtTheEnds)
{
    EXPECT_EQ(m_list.copyText(), u"") << "no line is current before anybody moved";
    press(Qt::Key_J);
    EXPECT_EQ(m_list.copyText(), u"/v1/charge");
    press(Qt::Key_Up, 3);
    EXPECT_EQ(m_list.copyText(), u"/v1/charge");
    press(Qt::Key_Down, 9);
    EXPECT_EQ(m_list.copyText(), u"edge-01");
    press(Qt::Key_K);
    EXPECT_EQ(m_list.copyText(), kMask);
}

TEST_F(FactList, ASecretIsMaskedInListCopyAndSpeechUntilRevealed)
{
    press(Qt::Key_Down, 2);
    EXPECT_EQ(m_list.accessibleDescription(), u"authorization: " + kMask);
    press(Qt::Key_Return);
    EXPECT_EQ(m_list.copyText(), u"Bearer abc");
    EXPECT_EQ(m_list.accessibleDescription(), u"authorization: Bearer abc");
    QTest::keyClick(&m_list, Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), u"Bearer abc");
}

TEST_F(FactList, WhatWasRevealedStaysForThisValueOnly)
{
    const Fact route = attribute(QStringLiteral("http.route"), QStringLiteral("/v1/refund"));
    press(Qt::Key_Down, 2);
    press(Qt::Key_Return);
    m_list.setFacts({route, attribute(QStringLiteral("authorization"), QStringLiteral("Bearer abc"), true), linkFact()},
                    {});
    EXPECT_EQ(m_list.copyText(), u"Bearer abc") << "a refresh of the same span";
    m_list.setFacts({route, attribute(QStringLiteral("authorization"), QStringLiteral("Bearer xyz"), true), linkFact()},
                    {});
    EXPECT_EQ(m_list.copyText(), kMask) << "the secret of another span was not asked for";
    m_list.setFacts({attribute(QStringLiteral("other"), QStringLiteral("value"))}, {});
    EXPECT_EQ(m_list.copyText(), u"") << "other names: no line is current";
    EXPECT_EQ(m_list.accessibleDescription(), u"");
}

TEST_F(FactList, EnterAndAClickOpenALink)
{
    const QSignalSpy opened(&m_list, &FactListView::linkActivated);
    press(Qt::Key_Down, 3);
    press(Qt::Key_Enter);
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened.first().first().toString(), u"tracedeck://infrastructure?q=edge-01");
    const int linkLine = 4 + 2 * theme().scaled(26) + 10;
    QTest::mouseClick(m_list.viewport(), Qt::LeftButton, {}, QPoint(40, linkLine));
    EXPECT_EQ(opened.count(), 2);
    QTest::mouseClick(m_list.viewport(), Qt::LeftButton, {}, QPoint(40, 220));
    EXPECT_EQ(opened.count(), 2) << "below the last line there is nothing";
}

TEST_F(FactList, TheMenuCopiesAndFindsButNeverAMaskedSecret)
{
    QMenu* menu = menuAt(4 + 10);
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->actions().size(), 3);
    const QSignalSpy wanted(&m_list, &FactListView::filterRequested);
    menu->actions()[1]->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), u"http.route: /v1/charge");
    menu->actions()[2]->trigger();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted.first(), (QList<QVariant>{QStringLiteral("http.route"), QStringLiteral("/v1/charge")}));
    delete menu;
    QMenu* secret = menuAt(4 + theme().scaled(26) + 10);
    ASSERT_EQ(secret->actions().size(), 2) << "a masked value is not put into the query line";
    secret->actions()[1]->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), u"authorization: " + kMask);
    delete secret;
    EXPECT_EQ(menuAt(230), nullptr);
}

TEST_F(FactList, ALongValueStandsBelowItsNameAndOneOfManyLinesIsBounded)
{
    m_list.setFacts({attribute(QStringLiteral("k"), QStringLiteral("v"))}, {});
    const int one = m_list.contentHeight();
    m_list.setFacts({attribute(QStringLiteral("k"), QStringLiteral("v").repeated(90))}, {});
    EXPECT_GT(m_list.contentHeight(), one + 10);
    m_list.setFacts({attribute(QStringLiteral("k"), QStringLiteral("a stack frame\n").repeated(500))}, {});
    EXPECT_LT(m_list.contentHeight(), 40 * theme().scaled(26));
    EXPECT_FALSE(m_list.grab().isNull());
}

TEST_F(FactList, ScrollsOnlyWhenItMustAndKeepsTheCurrentLineInSight)
{
    EXPECT_EQ(m_list.verticalScrollBar()->maximum(), 0);
    Facts many;
    for (int i = 0; i < 60; ++i) {
        many.push_back(attribute(QStringLiteral("name.%1").arg(i), QString::number(i)));
    }
    m_list.setFacts(many, {});
    EXPECT_GT(m_list.verticalScrollBar()->maximum(), 0);
    press(Qt::Key_Down, 60);
    EXPECT_EQ(m_list.copyText(), u"59");
    EXPECT_EQ(m_list.verticalScrollBar()->value() + m_list.viewport()->height(), m_list.contentHeight() - 4);
    m_list.setFitContent(true);
    EXPECT_EQ(m_list.sizeHint().height(), m_list.contentHeight());
    m_list.setFitContent(false);
    EXPECT_LT(m_list.sizeHint().height(), m_list.contentHeight());
}

TEST_F(FactList, OfALineTallerThanTheListTheBeginningIsShown)
{
    m_list.resize(320, 80);
    m_list.setFacts({attribute(QStringLiteral("short"), QStringLiteral("v")),
                     attribute(QStringLiteral("exception.stacktrace"), QStringLiteral("at frame\n").repeated(30))},
                    {});
    press(Qt::Key_Down, 2);
    EXPECT_EQ(m_list.verticalScrollBar()->value(), 4 + theme().scaled(26));
}

TEST_F(FactList, InAWideListValuesStandInOneColumnInsteadOfAtTheFarEdge)
{
    const auto inkIn = [this](const QRect& where) {
        const QImage page = m_list.viewport()->grab(where).toImage().convertToFormat(QImage::Format_RGB32);
        for (int y = 4; y < 20; ++y) {
            for (int x = 0; x < page.width(); ++x) {
                if (page.pixel(x, y) != page.pixel(0, 4)) {
                    return true;
                }
            }
        }
        return false;
    };
    m_host.resize(1000, 400);
    EXPECT_TRUE(inkIn(QRect(m_list.width() - 60, 30, 60, 26))) << "the secret's dots, in a panel";
    m_list.resize(900, 240);
    EXPECT_FALSE(inkIn(QRect(m_list.width() - 60, 4, 60, 26)));
    EXPECT_TRUE(inkIn(QRect(110, 4, 200, 26)));
}

TEST_F(FactList, WithoutFactsItSaysSoAndTakesKeys)
{
    m_list.setFacts({}, QStringLiteral("This span has no attributes."));
    const QImage words = m_list.grab().toImage();
    m_list.setFacts({}, {});
    EXPECT_NE(m_list.grab().toImage(), words);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    EXPECT_EQ(m_list.copyText(), u"");
}

TEST_F(FactList, ThePointerTellsWhatCanBeClicked)
{
    const auto shapeAt = [this](int y) {
        QTest::mouseMove(m_list.viewport(), QPoint(30, y));
        QMouseEvent move(QEvent::MouseMove, QPointF(30, y), QPointF(30, y), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(m_list.viewport(), &move);
        return m_list.viewport()->cursor().shape();
    };
    EXPECT_EQ(shapeAt(10), Qt::ArrowCursor);
    EXPECT_EQ(shapeAt(10 + theme().scaled(26)), Qt::PointingHandCursor) << "a secret can be revealed";
    EXPECT_EQ(shapeAt(10 + 2 * theme().scaled(26)), Qt::PointingHandCursor) << "a link can be opened";
}

TEST(FactListLayout, ALongPlainValueGoesOnInItsColumnAndTheNextLineKeepsBelow)
{
    FactListView list;
    list.resize(320, 400);
    Fact status;
    status.name = QStringLiteral("Status");
    status.value = QStringLiteral("error: the bank did not answer in time, so "
                                  "the card was declined by the issuer");
    list.setFacts({status, linkFact()}, {});
    list.show();
    const QImage page = list.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QRgb paper = page.pixel(319, 399);
    const auto inked = [&](const QRect& area) {
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x) {
                if (page.pixel(x, y) != paper) {
                    return true;
                }
            }
        }
        return false;
    };
    EXPECT_TRUE(inked(QRect(108, 34, 190, 14))) << "second line of the value";
    EXPECT_FALSE(inked(QRect(0, 34, 104, 10))) << "under the name there is nothing";
    EXPECT_FALSE(inked(QRect(309, 0, 11, 400))) << "nor at the edge";
}
