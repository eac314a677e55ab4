// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sources_dialog.h"

#include "views/connection_editor.h"
#include "views/diagnosis_view.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

QAbstractButton* button(QWidget& in, const QString& text)
{
    for (QAbstractButton* one : in.findChildren<QAbstractButton*>()) {
        if (one->text() == text) {
            return one;
        }
    }
    return nullptr;
}

QLineEdit* field(QWidget& in, const QString& name)
{
    for (QLineEdit* one : in.findChildren<QLineEdit*>()) {
        if (one->accessibleName() == name) {
            return one;
        }
    }
    return nullptr;
}

ConnectionRow connectionRow(const char* id, bool locked = false)
{
    ConnectionRow row;
    row.id = QString::fromUtf8(id);
    row.label = row.id.toUpper();
    row.state = QStringLiteral("2 s ago");
    row.locked = locked;
    return row;
}

class SourcesDialogTest : public testing::Test {
protected:
    SourcesDialogTest()
    {
        m_dialog.setConnections({connectionRow("a"), connectionRow("team", true)});
        m_dialog.showList(QStringLiteral("a"));
        m_dialog.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_dialog));
    }
    [[nodiscard]] ConnectionEditor& editor() const { return *m_dialog.editor(); }

    SourcesDialog m_dialog;
};

TEST_F(SourcesDialogTest, ActsOnTheSelectedConnection)
{
    const QSignalSpy paused(&m_dialog, &SourcesDialog::pauseRequested);
    const QSignalSpy removed(&m_dialog, &SourcesDialog::removeRequested);
    button(m_dialog, QStringLiteral("Pause"))->click();
    ASSERT_EQ(paused.count(), 1);
    EXPECT_EQ(paused[0][0].toString(), QStringLiteral("a"));
    EXPECT_TRUE(paused[0][1].toBool());
    QTest::keyClick(&m_dialog, Qt::Key_Delete);
    ASSERT_EQ(removed.count(), 1);
    m_dialog.showList(QStringLiteral("team"));
    QTest::keyClick(&m_dialog, Qt::Key_Delete);
    EXPECT_EQ(removed.count(), 1) << "what the team set up is not removed";
    EXPECT_NE(button(m_dialog, QStringLiteral("Show")), nullptr);
    EXPECT_FALSE(button(m_dialog, QStringLiteral("Remove"))->isEnabled());
}

TEST_F(SourcesDialogTest, AStateThatMovesOnKeepsTheSelection)
{
    m_dialog.showList(QStringLiteral("team"));
    ConnectionRow first = connectionRow("a");
    first.state = QStringLiteral("failed: refused");
    m_dialog.setConnections({first, connectionRow("team", true)});
    EXPECT_EQ(m_dialog.currentId(), QStringLiteral("team"));
    EXPECT_TRUE(m_dialog.texts().at(0).endsWith(QStringLiteral("refused")));
    m_dialog.setConnections({});
    EXPECT_EQ(m_dialog.currentId(), QString());
    EXPECT_FALSE(button(m_dialog, QStringLiteral("Pause"))->isEnabled());
}

TEST_F(SourcesDialogTest, SavingNeedsATestThatRecognisedSomething)
{
    m_dialog.showEditor({});
    QAbstractButton* save = button(editor(), QStringLiteral("Save"));
    QAbstractButton* test = button(editor(), QStringLiteral("Test"));
    EXPECT_FALSE(save->isEnabled());
    EXPECT_FALSE(test->isEnabled()) << "nothing to test yet";
    QTest::keyClicks(field(editor(), QStringLiteral("Address")), QStringLiteral("pulse.lan"));
    const QSignalSpy tests(&editor(), &ConnectionEditor::testRequested);
    QTest::keyClick(field(editor(), QStringLiteral("Address")), Qt::Key_Return);
    ASSERT_EQ(tests.count(), 1);
    EXPECT_EQ(tests[0][0].value<ConnectionDraft>().address, QStringLiteral("pulse.lan"));
    editor().setTesting();
    EXPECT_FALSE(test->isEnabled());
    Diagnosis found;
    found.kind = QStringLiteral("pulse");
    found.address = QStringLiteral("https://pulse.lan");
    found.needsToken = true;
    found.lines = {{QStringLiteral("Access"), QStringLiteral("A token is needed"), Severity::Critical}};
    editor().setDiagnosis(found);
    EXPECT_TRUE(save->isEnabled()) << "it may be saved before it works";
    EXPECT_EQ(m_dialog.focusWidget(), field(editor(), QStringLiteral("Token")));
    EXPECT_EQ(editor().diagnosis()->texts().at(0), QStringLiteral("Access: failed, A token is needed"));
    QTest::keyClicks(field(editor(), QStringLiteral("Token")), QStringLiteral("abc"));
    EXPECT_FALSE(save->isEnabled()) << "what was changed is tested again";
}

TEST_F(SourcesDialogTest, ACommandThatHelpsIsShownAndCopied)
{
    m_dialog.showEditor({});
    Diagnosis found;
    found.lines = {{QStringLiteral("Socket"), QStringLiteral("You may not use it"), Severity::Critical,
                    QStringLiteral("sudo usermod -aG docker ada")}};
    editor().setTesting();
    editor().setDiagnosis(found);
    button(editor(), QStringLiteral("Copy command"))->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("sudo usermod -aG docker ada"));
    editor().setTesting();
    editor().setDiagnosis(Diagnosis());
    EXPECT_EQ(button(editor(), QStringLiteral("Copy command")), nullptr);
}

TEST_F(SourcesDialogTest, ProxyAndTokenCommandAreKeptAsTyped)
{
    ConnectionDraft draft;
    draft.id = QStringLiteral("a");
    draft.kind = QStringLiteral("pulse");
    draft.address = QStringLiteral("https://pulse.lan");
    draft.proxy = QStringLiteral("socks5://p:1080");
    draft.tokenCommand = QStringLiteral("pass show pulse");
    m_dialog.showEditor(draft);
    EXPECT_TRUE(field(editor(), QStringLiteral("Proxy"))->isVisible()) << "what is set is not hidden";
    EXPECT_EQ(editor().draft().tokenCommand, draft.tokenCommand);
    EXPECT_TRUE(button(editor(), QStringLiteral("Save"))->isEnabled());
    field(editor(), QStringLiteral("Proxy"))->clear();
    QTest::keyClicks(field(editor(), QStringLiteral("Proxy")), QStringLiteral("none"));
    EXPECT_EQ(editor().draft().proxy, QStringLiteral("none"));
}

TEST_F(SourcesDialogTest, AnUnknownCertificateIsPinnedByOneClickAndTriedAgain)
{
    m_dialog.showEditor({});
    QTest::keyClicks(field(editor(), QStringLiteral("Address")), QStringLiteral("https://pulse.lan"));
    Diagnosis found;
    found.offersPin = true;
    found.fingerprint = QStringLiteral("AA:BB");
    found.certificate = QStringLiteral("pulse.lan, valid until 2027-01-01");
    editor().setTesting();
    editor().setDiagnosis(found);
    QAbstractButton* pin = button(editor(), QStringLiteral("Pin this certificate"));
    ASSERT_TRUE(pin->isVisible());
    const QSignalSpy tests(&editor(), &ConnectionEditor::testRequested);
    pin->click();
    ASSERT_EQ(tests.count(), 1);
    EXPECT_EQ(tests[0][0].value<ConnectionDraft>().fingerprint, QStringLiteral("AA:BB"));
    EXPECT_FALSE(pin->isVisible());
    found.certificateChanged = true;
    editor().setTesting();
    editor().setDiagnosis(found);
    EXPECT_EQ(pin->text(), QStringLiteral("Pin the new certificate"));
}

TEST_F(SourcesDialogTest, TokensAreNeverShownAndEscGoesBackOneStep)
{
    ConnectionDraft draft;
    draft.id = QStringLiteral("a");
    draft.kind = QStringLiteral("pulse");
    draft.address = QStringLiteral("https://pulse.lan");
    m_dialog.showEditor(draft);
    QLineEdit* token = field(editor(), QStringLiteral("Token"));
    EXPECT_EQ(token->echoMode(), QLineEdit::Password);
    EXPECT_TRUE(token->text().isEmpty());
    QTest::keyClick(&m_dialog, Qt::Key_Escape);
    EXPECT_FALSE(m_dialog.isEditing());
    EXPECT_TRUE(m_dialog.isVisible());
    QTest::keyClick(&m_dialog, Qt::Key_Escape);
    EXPECT_FALSE(m_dialog.isVisible());
}

TEST_F(SourcesDialogTest, WhatTheTeamSetUpCanBeLookedAtOnly)
{
    ConnectionDraft draft;
    draft.id = QStringLiteral("team");
    draft.kind = QStringLiteral("docker");
    draft.address = QStringLiteral("/run/docker.sock");
    draft.locked = true;
    m_dialog.showEditor(draft);
    EXPECT_TRUE(field(editor(), QStringLiteral("Address"))->isReadOnly());
    EXPECT_FALSE(button(editor(), QStringLiteral("Save"))->isEnabled());
    EXPECT_TRUE(button(editor(), QStringLiteral("Test"))->isEnabled());
}

} // namespace
} // namespace tracedeck
