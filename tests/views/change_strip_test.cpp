// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/change_strip.h"

#include "views/course_text.h"
#include "views/segment_bar.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

constexpr std::int64_t kSeenNs = 1'800'000'000'000'000'000;

ChangeNote noteOf(int minutes)
{
    ChangeNote note;
    note.minutes = minutes;
    note.seenNs = kSeenNs;
    return note;
}

QString timeText()
{
    return courseTimeText(kSeenNs, HistoryRange::Hour);
}

TEST(ChangeNoteText, SaysWhatIsComparedAndWhatWasFound)
{
    ChangeNote note = noteOf(15);
    EXPECT_EQ(changeNoteText(note), QStringLiteral("compared with %1 \u00b7 nothing changed").arg(timeText()));
    note.tally = {2, 1, 3, 4, 5, 6};
    EXPECT_EQ(changeNoteText(note),
              QStringLiteral("compared with %1 \u00b7 2 new \u00b7 1 gone \u00b7 3 restarted \u00b7 4 moved \u00b7 "
                             "5 with another image \u00b7 6 in another state")
                  .arg(timeText()));
}

TEST(ChangeNoteText, NeverClaimsMoreThanWasWatched)
{
    ChangeNote note = noteOf(60);
    note.shorter = true;
    note.untold = 12;
    note.lost = 3;
    EXPECT_EQ(changeNoteText(note),
              QStringLiteral("compared with %1, when watching began \u00b7 nothing changed \u00b7 "
                             "12 of sources not watched then \u00b7 3 gone and not kept")
                  .arg(timeText()));
    note = noteOf(60);
    note.seenNs = 0;
    EXPECT_EQ(changeNoteText(note), QStringLiteral("nothing older is known yet"));
}

TEST(ChangeStrip, ShowsWhileSomethingIsComparedAndOffersTheWindows)
{
    QWidget window;
    ChangeStrip strip(&window);
    EXPECT_TRUE(strip.isHidden());
    strip.setMinutes(15);
    strip.setNote(noteOf(15));
    EXPECT_FALSE(strip.isHidden());
    EXPECT_TRUE(strip.text().contains(timeText()));
    auto* windows = strip.findChild<SegmentBar*>();
    ASSERT_NE(windows, nullptr);
    EXPECT_EQ(windows->current(), QStringLiteral("15"));

    QSignalSpy chosen(&strip, &ChangeStrip::minutesChosen);
    window.show();
    QTest::keyClick(windows, Qt::Key_Right);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 60);
    strip.findChild<QAbstractButton*>()->click();
    EXPECT_EQ(chosen[1][0].toInt(), 0);
    strip.setMinutes(0);
    EXPECT_TRUE(strip.isHidden());
    strip.setNote({});
    EXPECT_EQ(strip.text(), QString());
}

} // namespace
} // namespace tracedeck
