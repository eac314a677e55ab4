// SPDX-License-Identifier: GPL-3.0-or-later
// The list of sources: what each line says, by eye and by ear, and what its buttons do.
#include "views/sources_dialog.h"

#include "views/flat_button.h"

#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

ConnectionRow sourceRow(const char* id, const char* state, Severity severity = Severity::Ok)
{
    ConnectionRow row;
    row.id = QString::fromUtf8(id);
    row.label = row.id.toUpper();
    row.address = QStringLiteral("https://%1.lan").arg(row.id);
    row.state = QString::fromUtf8(state);
    row.severity = severity;
    return row;
}

class SourcesList : public testing::Test {
protected:
    SourcesList()
    {
        m_dialog.show();
        m_dialog.setConnections({sourceRow("a", "2 s ago"), sourceRow("b", "failed: refused", Severity::Critical)});
        m_dialog.showList();
    }
    [[nodiscard]] QListWidget* list() const { return m_dialog.findChild<QListWidget*>(); }
    [[nodiscard]] FlatButton* button(const QString& text) const
    {
        for (auto* candidate : m_dialog.findChildren<FlatButton*>()) {
            if (candidate->text().startsWith(text)) {
                return candidate;
            }
        }
        return nullptr;
    }

    SourcesDialog m_dialog;
};

} // namespace

TEST_F(SourcesList, EachLineSaysNameStateAddressAndOrigin)
{
    ConnectionRow found = sourceRow("c", "paused");
    found.origin = QStringLiteral("found on this machine");
    m_dialog.setConnections({sourceRow("a", "2 s ago"), found});
    EXPECT_EQ(m_dialog.texts(), (QStringList{QStringLiteral("A, 2 s ago"), QStringLiteral("C, paused")}));
    EXPECT_EQ(list()->item(0)->data(Qt::AccessibleTextRole).toString(), u"A, 2 s ago, https://a.lan");
    EXPECT_EQ(list()->item(1)->data(Qt::AccessibleTextRole).toString(),
              u"C, paused, https://c.lan \u00b7 found on this machine");
}

TEST_F(SourcesList, TheFirstIsAtHandAndAnIdIsFound)
{
    EXPECT_EQ(m_dialog.currentId(), u"a");
    m_dialog.showList(QStringLiteral("b"));
    EXPECT_EQ(m_dialog.currentId(), u"b");
    m_dialog.showList(QStringLiteral("nobody"));
    EXPECT_EQ(m_dialog.currentId(), u"b") << "an unknown one changes nothing";
}

TEST_F(SourcesList, PauseTurnsIntoResume)
{
    const QSignalSpy pause(&m_dialog, &SourcesDialog::pauseRequested);
    ConnectionRow paused = sourceRow("a", "paused");
    paused.paused = true;
    m_dialog.setConnections({paused});
    ASSERT_NE(button(QStringLiteral("Resume")), nullptr);
    button(QStringLiteral("Resume"))->click();
    ASSERT_EQ(pause.count(), 1);
    EXPECT_EQ(pause.first(), (QList<QVariant>{QStringLiteral("a"), false}));
}

TEST_F(SourcesList, EnterAndADoubleClickEdit)
{
    const QSignalSpy edit(&m_dialog, &SourcesDialog::editRequested);
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_dialog));
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Down);
    QTest::keyClick(list(), Qt::Key_Return);
    ASSERT_EQ(edit.count(), 1);
    EXPECT_EQ(edit.first().first().toString(), u"b");
    EXPECT_TRUE(m_dialog.isVisible()) << "Enter does not close the dialog";
}

TEST_F(SourcesList, WithoutSourcesItSaysSoAndNothingCanBeDoneToNone)
{
    m_dialog.setConnections({});
    EXPECT_TRUE(m_dialog.texts().isEmpty());
    for (const char* text : {"Edit", "Pause", "Remove"}) {
        EXPECT_FALSE(button(QString::fromLatin1(text))->isEnabled()) << text;
    }
    const auto labels = m_dialog.findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().size() > 20;
    })) << "what to do next";
    const QSignalSpy add(&m_dialog, &SourcesDialog::addRequested);
    button(QStringLiteral("Add"))->click();
    EXPECT_EQ(add.count(), 1);
}

TEST_F(SourcesList, LinesThatGoAndComeKeepWhatIsSelected)
{
    m_dialog.showList(QStringLiteral("b"));
    m_dialog.setConnections({sourceRow("z", "connecting"), sourceRow("a", "2 s ago"), sourceRow("b", "3 s ago")});
    EXPECT_EQ(m_dialog.currentId(), u"b");
    EXPECT_EQ(list()->count(), 3);
    m_dialog.setConnections({sourceRow("b", "4 s ago")});
    EXPECT_EQ(m_dialog.currentId(), u"b");
    EXPECT_EQ(list()->count(), 1);
}
