// SPDX-License-Identifier: GPL-3.0-or-later
// The window around pages: where keys go, what Esc closes, what stands in title, rail and query line.
#include "views/main_window.h"

#include "views/command_palette.h"
#include "views/flat_button.h"
#include "views/key_overlay.h"
#include "views/left_rail.h"
#include "views/query_error_strip.h"
#include "views/search_field.h"
#include "views/settings_page.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

/// A page that remembers what it was told.
class PlainPage : public Page {
public:
    explicit PlainPage(QString id) : m_id(std::move(id))
    {
        m_content->setFocusPolicy(Qt::StrongFocus);
        m_content->setGeometry(0, 0, 200, 100);
    }
    [[nodiscard]] QString pageId() const override { return m_id; }
    [[nodiscard]] QString title() const override { return m_id.toUpper(); }
    [[nodiscard]] QString countText() const override { return count; }
    [[nodiscard]] QString searchHint() const override { return hint + m_id; }
    [[nodiscard]] QString queryText() const override { return query; }
    QueryFeedback setQueryText(const QString& text) override
    {
        query = text;
        QueryFeedback feedback;
        feedback.error = text.startsWith(u'!') ? QStringLiteral("Column 1: no") : QString();
        return feedback;
    }
    void restoreRouteState(const QUrlQuery&) override { }
    bool runCommand(const QString&) override { return false; }
    bool peel() override { return std::exchange(open, false); }
    void focusContent() override { m_content->setFocus(); }
    [[nodiscard]] PageDump dump() const override { return {}; }
    [[nodiscard]] QWidget* content() const { return m_content; }

    QString query;
    QString hint = QStringLiteral("find in ");
    QString count;
    bool open = false;

private:
    QString m_id;
    QWidget* m_content = new QWidget(this);
};

class MainWindowTest : public testing::Test {
protected:
    MainWindowTest()
    {
        m_item.id = QStringLiteral("act");
        m_item.title = QStringLiteral("Act");
        m_item.keys = {QStringLiteral("x")};
        m_item.menu = QStringLiteral("View");
        MainWindowHooks hooks;
        hooks.clock = [] { return std::int64_t{1}; };
        hooks.commands = [this] { return std::vector<CommandItem>{m_item}; };
        hooks.resolveKey = [this](const QString& scope, const QString& key) -> const CommandItem* {
            m_asked.append(scope + u'/' + key);
            return m_item.keys.contains(key) ? &m_item : nullptr;
        };
        hooks.openPasted = [this](const QString& text) {
            m_pasted.append(text);
            return text.startsWith(QStringLiteral("trace:"));
        };
        m_window = std::make_unique<MainWindow>(std::move(hooks));
        m_window->resize(1000, 600);
        m_window->addPage(m_first, QStringLiteral("Ctrl+1"));
        m_window->addPage(m_second, QStringLiteral("Ctrl+2"));
        m_window->showPage(QStringLiteral("first"));
        m_commands = std::make_unique<QSignalSpy>(m_window.get(), &MainWindow::commandRequested);
    }
    void SetUp() override
    {
        m_window->show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
        m_first->focusContent();
    }
    SearchField* field() { return m_window->findChild<SearchField*>(); }

    CommandItem m_item;
    QStringList m_asked;
    QStringList m_pasted;
    PlainPage* m_first = new PlainPage(QStringLiteral("first"));
    PlainPage* m_second = new PlainPage(QStringLiteral("second"));
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QSignalSpy> m_commands;
};

} // namespace

TEST_F(MainWindowTest, KeysActWhereverTheKeyboardIsButInTexts)
{
    QTest::keyClick(m_first->content(), Qt::Key_X);
    EXPECT_EQ(m_commands->count(), 1);
    EXPECT_EQ(m_asked.last(), u"table/x");
    m_window->focusSearch();
    QTest::keyClick(field(), Qt::Key_X);
    EXPECT_EQ(m_commands->count(), 1);
    EXPECT_EQ(m_first->query, u"x") << "a letter typed is a letter";
}

TEST_F(MainWindowTest, SlashSearchesThePanelThatHasTheKeyboardAndTheFieldsSaySo)
{
    QWidget panel(m_first);
    SearchField own(&panel);
    QWidget lines(&panel);
    lines.setFocusPolicy(Qt::StrongFocus);
    panel.show();
    lines.setFocus();
    EXPECT_TRUE(own.reachedBySlash());
    EXPECT_FALSE(field()->reachedBySlash());
    m_window->focusSearch();
    EXPECT_TRUE(own.hasFocus());
    const QSignalSpy left(&own, &SearchField::leaveRequested);
    EXPECT_TRUE(m_window->peel());
    EXPECT_EQ(left.count(), 1) << "Esc takes one layer: the field before the panel";
    m_first->focusContent();
    EXPECT_FALSE(own.reachedBySlash());
    EXPECT_TRUE(field()->reachedBySlash());
    m_window->focusSearch();
    EXPECT_TRUE(field()->hasFocus());
}

TEST_F(MainWindowTest, TheEmptyFieldSaysWhatIsSearchedAsSoonAsThePageSearchesSomethingElse)
{
    m_first->hint = QStringLiteral("find elsewhere, not in ");
    Q_EMIT m_first->pageChanged();
    EXPECT_EQ(field()->placeholderText(), u"find elsewhere, not in first");
}

TEST_F(MainWindowTest, FunctionAndControlKeysActInTextsTooCopyDoesNot)
{
    m_item.keys = {QStringLiteral("F12"), QStringLiteral("Ctrl+K"), QStringLiteral("Esc"), QStringLiteral("Ctrl+C")};
    m_window->focusSearch();
    QTest::keyClick(field(), Qt::Key_F12);
    QTest::keyClick(field(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClick(field(), Qt::Key_Escape);
    EXPECT_EQ(m_commands->count(), 3);
    QTest::keyClick(field(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(m_commands->count(), 3) << "the text is copied";
}

TEST_F(MainWindowTest, ButtonsTakeTheKeysThatPressThem)
{
    m_item.keys = {QStringLiteral("Return"), QStringLiteral("Space"), QStringLiteral("x")};
    FlatButton button(QStringLiteral("Press"), m_first);
    button.show();
    const QSignalSpy pressed(&button, &QAbstractButton::clicked);
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter}) {
        QTest::keyClick(&button, key);
    }
    EXPECT_EQ(pressed.count(), 3);
    EXPECT_TRUE(m_commands->isEmpty());
    QTest::keyClick(&button, Qt::Key_X);
    EXPECT_EQ(m_commands->count(), 1) << "other keys are commands as everywhere";
}

TEST_F(MainWindowTest, WhatTheViewDoesItselfIsHandedToTheContent)
{
    m_item.byView = true;
    FlatButton elsewhere(QStringLiteral("Beside"), m_first);
    elsewhere.show();
    elsewhere.setFocus();
    QTest::keyClick(&elsewhere, Qt::Key_X);
    EXPECT_TRUE(m_first->content()->hasFocus());
    EXPECT_TRUE(m_commands->isEmpty());
}

TEST_F(MainWindowTest, AKeyThatNobodyTakesGoesRoundOnce)
{
    m_item.byView = true;
    auto* settings = new SettingsPage;
    settings->setItems({switchItem(QStringLiteral("a"), QStringLiteral("Looks"), QStringLiteral("Tints"), {}, true),
                        switchItem(QStringLiteral("b"), QStringLiteral("Looks"), QStringLiteral("Hold"), {}, true)});
    m_window->addPage(settings, {});
    m_window->showPage(QStringLiteral("settings"));
    for (SegmentBar* bar : settings->findChildren<SegmentBar*>()) {
        bar->setFocus();
        m_asked.clear();
        QTest::keyClick(bar, Qt::Key_X);
        EXPECT_LT(m_asked.size(), 40) << "it passes each widget on its way up, and no second time";
    }
    EXPECT_TRUE(m_commands->isEmpty());
}

TEST_F(MainWindowTest, LayersOverThePagesKeepTheirKeys)
{
    m_window->openPalette({});
    EXPECT_TRUE(m_window->findChild<CommandPalette*>()->isVisible());
    QTest::keyClick(m_first->content(), Qt::Key_X);
    EXPECT_TRUE(m_commands->isEmpty());
    EXPECT_TRUE(m_window->peel());
    EXPECT_FALSE(m_window->findChild<CommandPalette*>()->isVisible());
    QWidget layer(m_window.get());
    m_window->addLayer(&layer);
    layer.show();
    QTest::keyClick(m_first->content(), Qt::Key_X);
    EXPECT_TRUE(m_commands->isEmpty());
    layer.hide();
    QTest::keyClick(m_first->content(), Qt::Key_X);
    EXPECT_EQ(m_commands->count(), 1);
}

TEST_F(MainWindowTest, EscPeelsOverlaySearchAndPageInThisOrder)
{
    m_first->open = true;
    m_window->focusSearch();
    m_window->openKeyOverlay();
    EXPECT_TRUE(m_window->peel());
    EXPECT_FALSE(m_window->findChild<KeyOverlay*>()->isVisible());
    m_window->focusSearch();
    EXPECT_TRUE(m_window->peel());
    EXPECT_TRUE(m_first->content()->hasFocus());
    EXPECT_TRUE(m_first->open);
    EXPECT_TRUE(m_window->peel());
    EXPECT_FALSE(m_window->peel()) << "nothing is open: the application goes back";
}

TEST_F(MainWindowTest, EachPageHasItsOwnQueryTitleAndHint)
{
    m_window->typeQuery(QStringLiteral("web"));
    m_window->showPage(QStringLiteral("second"));
    EXPECT_EQ(field()->text(), u"");
    EXPECT_EQ(field()->placeholderText(), u"find in second");
    EXPECT_EQ(m_window->windowTitle(), u"SECOND \u00b7 Tracedeck");
    m_window->setMark(QStringLiteral("Demo data"));
    EXPECT_EQ(m_window->windowTitle(), u"SECOND \u00b7 Tracedeck \u00b7 Demo data");
    m_window->showPage(QStringLiteral("nowhere"));
    EXPECT_EQ(m_window->currentPage(), m_second) << "a page that is not there shows nothing else";
    m_window->showPage(QStringLiteral("first"));
    EXPECT_EQ(field()->text(), u"web");
    EXPECT_EQ(m_window->page(QStringLiteral("nowhere")), nullptr);
}

TEST_F(MainWindowTest, AWrongQueryIsExplainedBelowTheLineUntilItFits)
{
    const auto* strip = m_window->findChild<QueryErrorStrip*>();
    m_window->typeQuery(QStringLiteral("!x"));
    EXPECT_TRUE(strip->isVisible());
    EXPECT_TRUE(strip->text().contains(QStringLiteral("Column 1: no")));
    m_window->typeQuery(QStringLiteral("x"));
    EXPECT_FALSE(strip->isVisible());
    m_window->typeQuery(QStringLiteral("!x"));
    m_window->showPage(QStringLiteral("second"));
    EXPECT_FALSE(strip->isVisible()) << "it is about the other page";
}

TEST_F(MainWindowTest, AQueryLeftForItsRowsIsWorthRememberingAWrongOneNot)
{
    const QSignalSpy used(m_window.get(), &MainWindow::queryUsed);
    m_window->typeQuery(QStringLiteral("web"));
    m_window->focusSearch();
    QTest::keyClick(field(), Qt::Key_Return);
    ASSERT_EQ(used.count(), 1);
    EXPECT_EQ(used.first(), (QList<QVariant>{QStringLiteral("first"), QStringLiteral("web")}));
    EXPECT_TRUE(m_first->content()->hasFocus());
    m_window->typeQuery(QStringLiteral("!web"));
    m_window->focusSearch();
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(used.count(), 1);
}

TEST_F(MainWindowTest, WhatIsPastedIsOpenedOnlyIntoAnEmptyLineAndOnlyWhenItNamesSomething)
{
    QApplication::clipboard()->setText(QStringLiteral("trace:1"));
    m_window->focusSearch();
    QTest::keyClick(field(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(m_pasted, QStringList{QStringLiteral("trace:1")});
    EXPECT_EQ(field()->text(), u"");
    QApplication::clipboard()->setText(QStringLiteral("words"));
    QTest::keyClick(field(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(field()->text(), u"words");
    field()->deselect();
    QApplication::clipboard()->setText(QStringLiteral("trace:2"));
    QTest::keyClick(field(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(field()->text(), u"wordstrace:2") << "in the middle of a query it is text";
}

TEST_F(MainWindowTest, VisibilityAndClosingAreTold)
{
    const QSignalSpy visible(m_window.get(), &MainWindow::visibilityChanged);
    const QSignalSpy closing(m_window.get(), &MainWindow::closing);
    m_window->hide();
    m_window->show();
    ASSERT_EQ(visible.count(), 2);
    EXPECT_FALSE(visible.at(0).first().toBool());
    EXPECT_TRUE(visible.at(1).first().toBool());
    m_window->close();
    EXPECT_EQ(closing.count(), 1);
}

TEST_F(MainWindowTest, ALatePageStandsInTheRailAndIsBuiltOnceByWhoAsksForIt)
{
    int built = 0;
    m_window->addLatePage(
        {QStringLiteral("late"), QStringLiteral("Late one"), QStringLiteral("traces"), {}, [&]() -> Page* {
             ++built;
             EXPECT_EQ(m_window->page(QStringLiteral("late")), nullptr) << "not built from within";
             return new PlainPage(QStringLiteral("late"));
         }});
    QStringList names;
    for (const auto* button : m_window->findChild<LeftRail*>()->findChildren<QAbstractButton*>()) {
        names.append(button->accessibleName());
    }
    EXPECT_TRUE(names.contains(QStringLiteral("Late one"))) << names.join(u',').toStdString();
    EXPECT_NE(m_window->page(QStringLiteral("first")), nullptr);
    EXPECT_EQ(m_window->page(QStringLiteral("none")), nullptr);
    EXPECT_EQ(built, 0);
    m_window->showPage(QStringLiteral("late"));
    EXPECT_EQ(built, 1);
    EXPECT_EQ(m_window->currentPage(), m_window->page(QStringLiteral("late")));
    QSignalSpy routes(m_window.get(), &MainWindow::routeChanged);
    Q_EMIT m_window->currentPage()->routeChanged();
    EXPECT_EQ(routes.count(), 1) << "wired like any other page";
    EXPECT_EQ(built, 1);
}
