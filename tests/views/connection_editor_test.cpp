// SPDX-License-Identifier: GPL-3.0-or-later
// The form of one source: what is saved is what was tested.
#include "views/connection_editor.h"

#include "views/diagnosis_view.h"
#include "views/flat_button.h"

#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

ConnectionDraft known(const QString& id, const QString& address)
{
    ConnectionDraft draft;
    draft.id = id;
    draft.kind = QStringLiteral("pulse");
    draft.label = id;
    draft.address = address;
    return draft;
}

Diagnosis recognised(const QString& address)
{
    Diagnosis found;
    found.kind = QStringLiteral("docker");
    found.address = address;
    found.passed = true;
    found.lines = {{QStringLiteral("Answer"), QStringLiteral("Docker 20.10"), Severity::Ok}};
    return found;
}

class ConnectionEditorTest : public testing::Test {
protected:
    ConnectionEditorTest()
    {
        m_editor.resize(700, 500);
        m_editor.show();
    }
    QLineEdit* field(const QString& name)
    {
        for (auto* candidate : m_editor.findChildren<QLineEdit*>()) {
            if (candidate->accessibleName() == name) {
                return candidate;
            }
        }
        return nullptr;
    }
    FlatButton* button(const QString& text)
    {
        for (auto* candidate : m_editor.findChildren<FlatButton*>()) {
            if (candidate->text() == text) {
                return candidate;
            }
        }
        return nullptr;
    }
    void type(const QString& name, const QString& text)
    {
        field(name)->clear();
        QTest::keyClicks(field(name), text);
    }

    ConnectionEditor m_editor;
};

} // namespace

TEST_F(ConnectionEditorTest, WhatTheTestFoundIsWhatIsSaved)
{
    m_editor.edit({});
    type(QStringLiteral("Address"), QStringLiteral("  host:2376 "));
    EXPECT_EQ(m_editor.draft().address, u"host:2376");
    m_editor.setTesting();
    EXPECT_EQ(m_editor.diagnosis()->texts().value(0), u"Trying \u2026");
    m_editor.setDiagnosis(recognised(QStringLiteral("tcp://host:2376")));
    const QSignalSpy saved(&m_editor, &ConnectionEditor::saveRequested);
    button(QStringLiteral("Save"))->click();
    ASSERT_EQ(saved.count(), 1);
    const auto draft = saved.first().first().value<ConnectionDraft>();
    EXPECT_EQ(draft.address, u"tcp://host:2376");
    EXPECT_EQ(draft.kind, u"docker");
}

TEST_F(ConnectionEditorTest, AnAnswerAboutWhatStoodThereBeforeIsNotTaken)
{
    m_editor.edit({});
    type(QStringLiteral("Address"), QStringLiteral("old.lan"));
    m_editor.setTesting();
    type(QStringLiteral("Address"), QStringLiteral("new.lan"));
    EXPECT_EQ(m_editor.diagnosis()->texts().value(0), u"Changed meanwhile: test again.");
    EXPECT_TRUE(button(QStringLiteral("Test"))->isEnabled());
    m_editor.setDiagnosis(recognised(QStringLiteral("tcp://old.lan")));
    EXPECT_EQ(m_editor.draft().address, u"new.lan");
    EXPECT_FALSE(button(QStringLiteral("Save"))->isEnabled());
}

TEST_F(ConnectionEditorTest, AnAnswerAboutAnotherSourceIsNotTaken)
{
    m_editor.edit(known(QStringLiteral("a"), QStringLiteral("https://a.lan")));
    m_editor.setTesting();
    m_editor.edit(known(QStringLiteral("b"), QStringLiteral("https://b.lan")));
    m_editor.setDiagnosis(recognised(QStringLiteral("https://a.lan")));
    EXPECT_EQ(m_editor.draft().address, u"https://b.lan");
    EXPECT_EQ(m_editor.draft().kind, u"pulse");
}

TEST_F(ConnectionEditorTest, AKnownSourceCanBeRenamedWithoutATest)
{
    m_editor.edit(known(QStringLiteral("a"), QStringLiteral("https://a.lan")));
    EXPECT_TRUE(button(QStringLiteral("Save"))->isEnabled());
    type(QStringLiteral("Name"), QStringLiteral("Rack 4 "));
    EXPECT_EQ(m_editor.draft().label, u"Rack 4");
    type(QStringLiteral("Address"), QStringLiteral(" "));
    EXPECT_FALSE(button(QStringLiteral("Save"))->isEnabled()) << "without an address there is nothing to save";
    EXPECT_FALSE(button(QStringLiteral("Test"))->isEnabled());
}

TEST_F(ConnectionEditorTest, CertificatesStandBehindMoreAndShowWhenThereAreAny)
{
    m_editor.edit({});
    EXPECT_FALSE(field(QStringLiteral("CA file"))->isVisible());
    QTest::keyClick(button(QStringLiteral("More")), Qt::Key_Space);
    EXPECT_TRUE(field(QStringLiteral("CA file"))->isVisible());
    EXPECT_NE(button(QStringLiteral("Less")), nullptr);
    ConnectionDraft pinned = known(QStringLiteral("a"), QStringLiteral("https://a.lan"));
    m_editor.edit(pinned);
    EXPECT_FALSE(field(QStringLiteral("CA file"))->isVisible());
    pinned.fingerprint = QStringLiteral("AA:BB");
    m_editor.edit(pinned);
    EXPECT_TRUE(field(QStringLiteral("Pinned certificate"))->isVisible());
    EXPECT_EQ(m_editor.draft().fingerprint, u"AA:BB");
}

TEST_F(ConnectionEditorTest, MachinesAreLookedAtOnlyAfterAClickAndAChoiceIsTested)
{
    m_editor.edit({});
    const QSignalSpy find(&m_editor, &ConnectionEditor::findRequested);
    const QSignalSpy tests(&m_editor, &ConnectionEditor::testRequested);
    button(QStringLiteral("Find on this machine"))->click();
    EXPECT_EQ(find.count(), 1);
    m_editor.setFound({}, QStringLiteral("Nothing was found."));
    EXPECT_EQ(m_editor.diagnosis()->texts().value(0), u"Nothing was found.");
    m_editor.setFound({known(QStringLiteral("Docker"), QStringLiteral("/run/docker.sock"))}, {});
    auto* menu = m_editor.findChild<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
    ASSERT_NE(menu, nullptr);
    menu->actions().first()->trigger();
    ASSERT_EQ(tests.count(), 1);
    EXPECT_EQ(tests.first().first().value<ConnectionDraft>().address, u"/run/docker.sock");
    EXPECT_EQ(field(QStringLiteral("Name"))->text(), u"Docker");
}

TEST_F(ConnectionEditorTest, AProblemWithSavingStandsWhereOneLooks)
{
    m_editor.edit({});
    m_editor.setProblem(QStringLiteral("The folder cannot be written."));
    EXPECT_EQ(m_editor.diagnosis()->texts(),
              QStringList{QStringLiteral("Not saved: failed, The folder cannot be written.")});
    const QSignalSpy cancel(&m_editor, &ConnectionEditor::cancelRequested);
    button(QStringLiteral("Cancel"))->click();
    EXPECT_EQ(cancel.count(), 1);
}
