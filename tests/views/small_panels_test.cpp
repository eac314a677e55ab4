// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets that say one thing: empty state, diagnosis, message, crash report, suggestions.
#include "views/crash_report_dialog.h"
#include "views/diagnosis_view.h"
#include "views/empty_state.h"
#include "views/flat_button.h"
#include "views/message_view.h"
#include "views/suggestion_popup.h"

#include <QLabel>
#include <QListWidget>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

FlatButton* buttonSaying(QWidget& in, const QString& text)
{
    for (auto* button : in.findChildren<FlatButton*>()) {
        if (!button->isHidden() && button->text() == text) {
            return button;
        }
    }
    return nullptr;
}

class SuggestionPopupTest : public testing::Test {
protected:
    SuggestionPopupTest()
    {
        m_window.resize(800, 300);
        m_anchor->setGeometry(100, 20, 400, 28);
        m_window.show();
    }
    void open(int count, std::vector<std::size_t> examples = {})
    {
        std::vector<Suggestion> lines;
        for (int i = 0; i < count; ++i) {
            lines.push_back({QString::number(i), QStringLiteral("detail"), true});
        }
        for (const std::size_t example : examples) {
            lines[example].selectable = false;
        }
        m_popup.open(lines, m_anchor, QStringLiteral("Tab takes it"));
    }

    QWidget m_window;
    QWidget* m_anchor = new QWidget(&m_window);
    SuggestionPopup m_popup{&m_window};
};

} // namespace

TEST_F(SuggestionPopupTest, PicksOnlyWhatCanBeTakenAndGivesUpAbove)
{
    open(4, {0, 2});
    EXPECT_EQ(m_popup.picked(), -1);
    EXPECT_EQ(m_popup.first(), 1);
    m_popup.moveBy(1);
    EXPECT_EQ(m_popup.picked(), 1);
    m_popup.moveBy(1);
    EXPECT_EQ(m_popup.picked(), 3);
    m_popup.moveBy(1);
    EXPECT_EQ(m_popup.picked(), 3) << "at the end it stays";
    m_popup.moveBy(-1);
    m_popup.moveBy(-1);
    EXPECT_EQ(m_popup.picked(), -1);
    EXPECT_TRUE(m_popup.findChild<QListWidget*>()->selectedItems().isEmpty());
}

TEST_F(SuggestionPopupTest, NothingToOfferClosesAndOpeningForgetsThePick)
{
    open(2);
    m_popup.moveBy(1);
    open(3);
    EXPECT_EQ(m_popup.picked(), -1);
    EXPECT_EQ(m_popup.texts().size(), 3);
    open(0);
    EXPECT_FALSE(m_popup.isVisible());
    EXPECT_EQ(m_popup.first(), -1);
    m_popup.moveBy(1);
    EXPECT_EQ(m_popup.picked(), -1);
}

TEST_F(SuggestionPopupTest, StandsUnderItsFieldInsideTheWindow)
{
    open(50);
    EXPECT_EQ(m_popup.pos(), QPoint(100, 52));
    EXPECT_LE(m_popup.width(), m_anchor->width());
    EXPECT_TRUE(m_window.rect().contains(m_popup.geometry()));
    m_anchor->setGeometry(700, 20, 400, 28);
    open(2);
    EXPECT_TRUE(m_window.rect().contains(m_popup.geometry())) << "also at the right edge";
}

TEST_F(SuggestionPopupTest, AClickOnAnExampleTakesNothing)
{
    open(2, {0});
    const QSignalSpy chosen(&m_popup, &SuggestionPopup::chosen);
    auto* list = m_popup.findChild<QListWidget*>();
    for (int row = 0; row < 2; ++row) {
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(row)).center());
    }
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.first().first().toInt(), 1);
}

TEST(EmptyStateTest, SaysOffersAndForgetsTheOffer)
{
    EmptyState state;
    state.show();
    const QSignalSpy action(&state, &EmptyState::actionRequested);
    const QSignalSpy offer(&state, &EmptyState::offerTaken);
    state.say(QStringLiteral("No row matches"), QStringLiteral("4 are hidden"), QStringLiteral("Clear"));
    state.offer(QStringLiteral("Why?"));
    EXPECT_EQ(state.text(), u"No row matches\n4 are hidden");
    buttonSaying(state, QStringLiteral("Clear"))->click();
    QTest::keyClick(buttonSaying(state, QStringLiteral("Why?")), Qt::Key_Return);
    EXPECT_EQ(action.count(), 1);
    EXPECT_EQ(offer.count(), 1);
    state.say(QStringLiteral("Waiting"), {}, {});
    EXPECT_EQ(buttonSaying(state, QStringLiteral("Why?")), nullptr);
    EXPECT_EQ(buttonSaying(state, QString()), nullptr) << "no button without words";
}

TEST(DiagnosisViewTest, SaysEachStepWithItsOutcome)
{
    DiagnosisView view;
    view.setLines({{QStringLiteral("Address"), QStringLiteral("resolves"), Severity::Ok},
                   {QStringLiteral("TLS"), QStringLiteral("self-signed"), Severity::Warning},
                   {QStringLiteral("Answer"), QStringLiteral("<b>401</b>"), Severity::Critical}});
    EXPECT_EQ(view.texts(),
              (QStringList{QStringLiteral("Address: fine, resolves"), QStringLiteral("TLS: careful, self-signed"),
                           QStringLiteral("Answer: failed, <b>401</b>")}));
    const auto labels = view.findChildren<QLabel*>();
    ASSERT_EQ(labels.size(), 6);
    EXPECT_EQ(labels.last()->textFormat(), Qt::PlainText) << "what a server says is no markup";
    EXPECT_EQ(labels.last()->accessibleDescription(), u"failed");
    view.setMessage(QStringLiteral("Trying"));
    EXPECT_EQ(view.texts(), QStringList{QStringLiteral("Trying")});
    EXPECT_EQ(view.findChildren<QLabel*>().size(), 1) << "the steps before are gone";
}

TEST(MessageViewTest, IsReadOutAndPainted)
{
    MessageView view;
    view.resize(400, 200);
    const QImage empty = view.grab().toImage();
    view.setText(QStringLiteral("Loading the trace."));
    EXPECT_EQ(view.accessibleName(), u"Loading the trace.");
    EXPECT_NE(view.grab().toImage(), empty);
}

TEST(CrashReport, AnswersOnceWhicheverWayItCloses)
{
    struct Way {
        const char* button;
        bool remove;
    };
    for (const Way way : {Way{"Keep", false}, Way{"Delete", true}, Way{nullptr, false}}) {
        QPointer<CrashReportDialog> dialog =
            new CrashReportDialog(QStringLiteral("/data/crash.txt"), QStringLiteral("SIGSEGV <here>"), nullptr);
        dialog->show();
        EXPECT_EQ(dialog->text(), u"SIGSEGV <here>");
        const QSignalSpy answered(dialog, &CrashReportDialog::answered);
        const QSignalSpy copied(dialog, &CrashReportDialog::copyRequested);
        buttonSaying(*dialog, QStringLiteral("Copy report"))->click();
        EXPECT_EQ(copied.count(), 1);
        EXPECT_TRUE(answered.isEmpty()) << "reading and copying decide nothing";
        if (way.button != nullptr) {
            buttonSaying(*dialog, QString::fromLatin1(way.button))->click();
        } else {
            QTest::keyClick(dialog.data(), Qt::Key_Escape);
        }
        ASSERT_EQ(answered.count(), 1);
        EXPECT_EQ(answered.first().first().toBool(), way.remove);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        EXPECT_TRUE(dialog.isNull());
    }
}
