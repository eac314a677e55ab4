// SPDX-License-Identifier: GPL-3.0-or-later
// From a span to the rows it names, and the note above a list.
#include "selectors/service_colors.h"
#include "tests/support/span_builder.h"
#include "views/fact_list_view.h"
#include "views/flat_button.h"
#include "views/note_strip.h"
#include "views/span_details_panel.h"
#include "views/trace_match_link.h"
#include "views/waterfall_painter.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

TEST(SpanDetailsPanel, putsTheRowsASpanNamesAboveItsResource)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100);
    const auto spans = std::make_shared<const SpanTable>(b.table());
    const auto layout = std::make_shared<const SpanLayout>(layoutSpans(*spans));
    SpanDetailsPanel panel;
    panel.resize(340, 600);
    int asked = 0;
    panel.setPlaceFinder([&asked](const SpanTable&, std::uint32_t) {
        ++asked;
        Fact fact;
        fact.name = QStringLiteral("Workload");
        fact.value = QStringLiteral("cart");
        fact.link = QStringLiteral("tracedeck://workloads?row=7");
        return Facts{fact};
    });
    panel.showSpan(spans, layout, 0);
    EXPECT_EQ(asked, 0) << "asked when the resource is shown";
    panel.show();
    panel.setShownTab(QStringLiteral("resource"));
    ASSERT_FALSE(panel.list()->facts().empty());
    EXPECT_EQ(panel.list()->facts().front().value, u"cart");
    QSignalSpy link(&panel, &SpanDetailsPanel::linkActivated);
    panel.list()->setFocus();
    QTest::keyClick(panel.list(), Qt::Key_Down);
    QTest::keyClick(panel.list(), Qt::Key_Return);
    ASSERT_EQ(link.count(), 1);
    EXPECT_EQ(link.front().front().toString(), u"tracedeck://workloads?row=7");
}

TEST(NoteStrip, saysWhyAndOffersWhatCanBeDone)
{
    NoteStrip note;
    QSignalSpy action(&note, &NoteStrip::actionRequested);
    QSignalSpy dismissed(&note, &NoteStrip::dismissed);
    note.say(QStringLiteral("Traces of cart"), QStringLiteral("matched by container.id"), QStringLiteral("Undo"), true);
    note.resize(600, 32);
    note.show();
    EXPECT_EQ(note.text(), u"Traces of cart matched by container.id");
    EXPECT_EQ(note.accessibleName(), note.text());
    for (FlatButton* button : note.findChildren<FlatButton*>()) {
        ASSERT_TRUE(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    EXPECT_EQ(action.count(), 1);
    EXPECT_EQ(dismissed.count(), 1);
    note.say(QStringLiteral("Own"), {}, {}, false);
    for (const FlatButton* button : note.findChildren<FlatButton*>()) {
        EXPECT_FALSE(button->isVisible());
    }
}

TEST(TraceMatchLink, comesBackAsItWent)
{
    const std::vector<TraceMatch> matches{{"container.id", "4bf9&2f=3", "container=4bf92f"},
                                          {"service.name", "M\xC3\xBCller %20", "service=\"M\xC3\xBCller %20\""}};
    const QString link = traceMatchLink(QStringLiteral("a b&c"), matches);
    const TraceMatchWish wish = readMatchWish(QUrlQuery(link.section(u'?', 1)));
    EXPECT_EQ(wish.subject, u"a b&c");
    ASSERT_EQ(wish.ways.size(), 2U);
    EXPECT_EQ(wish.ways[0].value, u"4bf9&2f=3");
    EXPECT_EQ(wish.ways[1].query.toStdString(), matches[1].query);
    QUrlQuery again;
    addMatchWish(again, wish);
    EXPECT_EQ(readMatchWish(again), wish);
    EXPECT_TRUE(readMatchWish({}).isEmpty());
}

TEST(ServiceColor, differsBetweenTheServicesOfATrace)
{
    SpanBuilder b;
    for (std::uint64_t i = 1; i <= kServiceColors; ++i) {
        b.span(i, i - 1, 0, 100, "op", "service-" + std::to_string(i));
    }
    const std::vector<std::uint8_t> colors = serviceColors(b.table());
    for (std::uint32_t row = 1; row < kServiceColors; ++row) {
        for (std::uint32_t other = 0; other < row; ++other) {
            EXPECT_NE(serviceColor(b.table(), colors, row), serviceColor(b.table(), colors, other));
        }
    }
}
