// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/query_error_strip.h"
#include "views/search_field.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

TEST(SearchFieldTest, EveryKeystrokeIsToldAndShowingAQueryIsNot)
{
    SearchField field;
    QSignalSpy edited(&field, &SearchField::edited);
    field.showQuery(QStringLiteral("cpu>80"), {});
    EXPECT_EQ(edited.count(), 0);
    QTest::keyClicks(&field, QStringLiteral("ab"));
    ASSERT_EQ(edited.count(), 2);
    EXPECT_EQ(edited.at(1).at(0).toString(), QStringLiteral("cpu>80ab"));
}

TEST(SearchFieldTest, ColouringDoesNotChangeTextOrCursor)
{
    SearchField field;
    field.setText(QStringLiteral("cpu>80 and ü"));
    field.setCursorPosition(3);
    QSignalSpy changed(&field, &QLineEdit::textChanged);
    QueryFeedback feedback;
    feedback.tokens = parseQuery(field.text().toStdString()).tokens;
    feedback.error = QStringLiteral("Column 1: wrong");
    feedback.errorAt = {0, 3};
    field.setFeedback(feedback);
    EXPECT_EQ(field.text(), QStringLiteral("cpu>80 and ü"));
    EXPECT_EQ(field.cursorPosition(), 3);
    EXPECT_EQ(changed.count(), 0);
    EXPECT_TRUE(field.hasError());
    EXPECT_EQ(field.accessibleDescription(), feedback.error);
}

TEST(SearchFieldTest, EnterAndDownLeaveForTheResults)
{
    SearchField field;
    QSignalSpy left(&field, &SearchField::leaveRequested);
    QTest::keyClick(&field, Qt::Key_Return);
    QTest::keyClick(&field, Qt::Key_Down);
    EXPECT_EQ(left.count(), 2);
}

RC_GTEST_PROP(CharacterOfByte, AgreesWithUtf8Conversion, (const std::u16string& raw))
{
    // Unpaired surrogates become a replacement character in UTF-8: compare after one round trip.
    const QString text = QString::fromUtf8(QString::fromStdU16String(raw).toUtf8());
    for (int i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text.at(i).isLowSurrogate()) {
            continue;
        }
        const auto bytes = static_cast<std::uint32_t>(text.left(i).toUtf8().size());
        RC_ASSERT(characterOfByte(text, bytes) == i);
    }
}

TEST(QueryErrorStripTest, SaysThatTheLastResultStays)
{
    QWidget window;
    window.resize(600, 200);
    auto* anchor = new QWidget(&window);
    anchor->setGeometry(100, 10, 300, 28);
    QueryErrorStrip strip(&window);
    strip.showError(QStringLiteral("Column 5: no field 'cp'"), anchor);
    EXPECT_TRUE(strip.text().contains(QStringLiteral("last good result")));
    EXPECT_FALSE(strip.isHidden());
    EXPECT_EQ(strip.x(), 100);
    strip.showError({}, anchor);
    EXPECT_TRUE(strip.isHidden());
}
