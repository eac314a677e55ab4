// SPDX-License-Identifier: GPL-3.0-or-later
// The side panel of a span, and the trace at a glance.
#include "tests/support/span_builder.h"
#include "views/fact_list_view.h"
#include "views/flat_button.h"
#include "views/service_share_view.h"
#include "views/span_details_panel.h"
#include "views/tab_strip.h"
#include "views/theme.h"
#include "views/trace_overview_tab.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

class SpanPanel : public testing::Test {
protected:
    SpanPanel()
    {
        SpanBuilder b;
        b.span(1, 0, 0, 1000, "POST <b>/checkout</b>", "frontend");
        b.span(2, 1, 100, 300, "SELECT", "db", SpanStatus::Error)
            .attribute("db.system", "postgres")
            .attribute("password", "hunter2")
            .event(150, "retry");
        b.span(3, 1, 500, 100, "SELECT", "db").attribute("db.system", "postgres").attribute("password", "swordfish");
        m_spans = std::make_shared<const SpanTable>(b.table());
        m_layout = std::make_shared<const SpanLayout>(layoutSpans(*m_spans));
        m_panel.resize(340, 600);
        m_panel.show();
    }
    void showSpan(std::uint32_t position) { m_panel.showSpan(m_spans, m_layout, position); }
    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (const Fact& fact : m_panel.list()->facts()) {
            all.append(fact.name);
        }
        return all;
    }

    std::shared_ptr<const SpanTable> m_spans;
    std::shared_ptr<const SpanLayout> m_layout;
    SpanDetailsPanel m_panel;
};

} // namespace

TEST_F(SpanPanel, NamesTheSpanAsItIsWritten)
{
    showSpan(0);
    const auto* title = m_panel.findChild<QLabel*>();
    EXPECT_EQ(title->text(), u"frontend \u00b7 POST <b>/checkout</b>");
    EXPECT_EQ(title->textFormat(), Qt::PlainText) << "a sender's text is no markup";
}

TEST_F(SpanPanel, KeepsItsTabFromSpanToSpan)
{
    showSpan(1);
    EXPECT_EQ(m_panel.shownTab(), u"attributes");
    EXPECT_EQ(names(), (QStringList{QStringLiteral("db.system"), QStringLiteral("password")}));
    m_panel.setShownTab(QStringLiteral("events"));
    EXPECT_EQ(names(), QStringList{QStringLiteral("+50 ms")});
    EXPECT_EQ(m_panel.list()->facts()[0].value, u"retry");
    showSpan(0);
    EXPECT_EQ(m_panel.shownTab(), u"events");
    EXPECT_TRUE(names().isEmpty());
    m_panel.setShownTab(QStringLiteral("links"));
    EXPECT_TRUE(names().isEmpty());
}

TEST_F(SpanPanel, ASecretRevealedOfOneSpanStaysMaskedOfTheNext)
{
    showSpan(1);
    m_panel.list()->setFocus();
    QTest::keyClick(m_panel.list(), Qt::Key_Down);
    QTest::keyClick(m_panel.list(), Qt::Key_Down);
    QTest::keyClick(m_panel.list(), Qt::Key_Return);
    EXPECT_EQ(m_panel.list()->copyText(), u"hunter2");
    showSpan(2);
    EXPECT_EQ(m_panel.list()->copyText(), u"\u2022\u2022\u2022");
}

TEST_F(SpanPanel, TheCrossAsksToClose)
{
    showSpan(0);
    const QSignalSpy closed(&m_panel, &SpanDetailsPanel::closeRequested);
    auto* cross = m_panel.findChild<FlatButton*>();
    EXPECT_EQ(cross->accessibleName(), u"Close details");
    QTest::keyClick(cross, Qt::Key_Return);
    EXPECT_EQ(closed.count(), 1);
}

TEST_F(SpanPanel, BeforeAnySpanItIsEmptyAndTakesTabs)
{
    SpanDetailsPanel fresh;
    fresh.resize(300, 300);
    fresh.setShownTab(QStringLiteral("resource"));
    EXPECT_EQ(fresh.shownTab(), u"resource");
    EXPECT_TRUE(fresh.list()->facts().empty());
    EXPECT_FALSE(fresh.grab().isNull());
}

TEST_F(SpanPanel, TheOverviewLeadsToTheSlowestSpans)
{
    TraceOverviewTab tab;
    tab.resize(900, 600);
    tab.setTrace(buildTraceContent(m_spans), 0);
    tab.show();
    const auto lists = tab.findChildren<FactListView*>();
    ASSERT_EQ(lists.size(), 2);
    FactListView* slowest = lists[0]->facts().size() == 3 && !lists[0]->facts()[0].link.isEmpty() ? lists[0] : lists[1];
    ASSERT_EQ(slowest->facts().size(), 3U);
    EXPECT_EQ(slowest->facts()[0].name, u"600 ms") << "without its two children";
    EXPECT_TRUE(slowest->facts()[1].value.startsWith(QStringLiteral("db \u00b7 SELECT")));
    const QSignalSpy chosen(&tab, &TraceOverviewTab::positionChosen);
    slowest->setFocus();
    QTest::keyClick(slowest, Qt::Key_Down);
    QTest::keyClick(slowest, Qt::Key_Down);
    QTest::keyClick(slowest, Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.first().first().toUInt(), 1U);
}

TEST(ServiceShares, GrowByLineUpToTheirMostAndSayHowManyThereAre)
{
    const auto shares = [](std::size_t count) {
        std::vector<ServiceShare> made(count);
        for (std::size_t i = 0; i < count; ++i) {
            made[i].service = "service-" + std::to_string(i);
            made[i].spans = 1;
            made[i].selfNs = static_cast<std::int64_t>(count - i) * 1'000'000;
        }
        return made;
    };
    ServiceShareView view;
    view.setShares({});
    EXPECT_EQ(view.sizeHint().height(), 0);
    view.setShares(shares(1));
    const int line = view.sizeHint().height();
    EXPECT_GT(line, 0);
    view.setShares(shares(ServiceShareView::kMost));
    EXPECT_EQ(view.sizeHint().height(), line * static_cast<int>(ServiceShareView::kMost));
    view.setShares(shares(500));
    EXPECT_EQ(view.sizeHint().height(), line * static_cast<int>(ServiceShareView::kMost + 1)) << "n of m below";
    view.resize(500, view.sizeHint().height());
    EXPECT_FALSE(view.grab().isNull());
}

TEST(ServiceShares, ABarIsAsLongAsItsShare)
{
    ServiceShareView view;
    std::vector<ServiceShare> two(2);
    two[0] = {"a", 1, 0, 3'000'000, 0};
    two[1] = {"b", 1, 0, 1'000'000, 1};
    view.setShares(two);
    view.resize(1000, view.sizeHint().height());
    const QImage picture = view.grab().toImage();
    const auto length = [&](int row, const QColor& color) {
        int pixels = 0;
        for (int x = 0; x < picture.width(); ++x) {
            pixels += picture.pixelColor(x, row * picture.height() / 2 + picture.height() / 4) == color ? 1 : 0;
        }
        return pixels;
    };
    const int first = length(0, seriesColor(0));
    const int second = length(1, seriesColor(1));
    EXPECT_GT(second, 20);
    EXPECT_NEAR(static_cast<double>(first) / second, 3.0, 0.1);
    two[0].selfNs = two[1].selfNs = 0;
    view.setShares(two);
    EXPECT_FALSE(view.grab().isNull()) << "a trace without time divides by nothing";
}
