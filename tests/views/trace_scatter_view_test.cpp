// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_scatter_view.h"

#include "selectors/trace_listing.h"
#include "views/grouped_table_view.h"
#include "views/traces_page.h"

#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kNoon = 1'795'000'000'000'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

/// `count` traces a second apart, each ten times as long as the one before; the second has an error.
std::shared_ptr<const TraceListing> listingOf(int count)
{
    auto listing = std::make_shared<TraceListing>();
    TraceListTable& table = listing->table;
    table.resize(static_cast<std::size_t>(count));
    std::int64_t duration = 1'000'000;
    for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row, duration *= 10) {
        table.traceId[row].bytes[15] = static_cast<std::uint8_t>(row + 1);
        table.startNs[row] = kNoon + static_cast<std::int64_t>(row) * kSecond;
        table.durationNs[row] = duration;
        table.rootService[row] = table.strings.intern("shop");
        table.rootName[row] = row == 2 ? 0 : table.strings.intern("GET /" + std::to_string(row));
        table.errorCount[row] = row == 1 ? 2 : 0;
        table.spanCount[row] = 3;
        table.services.endRow();
    }
    table.finish();
    listing->times.kind = TimeStyle::Kind::Utc;
    listing->maxDurationNs = duration;
    return listing;
}

class ScatterViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_view.resize(624, 100);
        m_view.setTraces(TableSnapshot{m_listing}, {0, 1, 2, 3});
        m_view.show();
        (void)m_view.grab();
    }
    [[nodiscard]] QPoint placeOf(std::uint32_t row)
    {
        for (const ScatterPoint& point : m_view.points()) {
            if (point.row == row) {
                // The dots stand in the middle of what the margins leave.
                for (int y = 0; y < m_view.height(); ++y) {
                    for (const int x : {12 + point.at.x}) {
                        if (m_view.textAt({x, y}).contains(QStringLiteral("/%1").arg(row))) {
                            return {x, y};
                        }
                    }
                }
            }
        }
        return {};
    }

    std::shared_ptr<const TraceListing> m_listing = listingOf(4);
    TraceScatterView m_view;
};

} // namespace

TEST_F(ScatterViewTest, SaysWhatADotIs)
{
    EXPECT_EQ(m_view.points().size(), 4U);
    const QString words = m_view.textAt(placeOf(1));
    EXPECT_TRUE(words.startsWith(QStringLiteral("shop GET /1\n10 ms, "))) << words.toStdString();
    EXPECT_TRUE(words.endsWith(QStringLiteral("\n2 errors"))) << words.toStdString();
    EXPECT_TRUE(m_view.textAt({300, 2}).isEmpty()) << "nothing stands in the heading";
    EXPECT_EQ(m_view.accessibleDescription(), QStringLiteral("4 traces, 1 ms to 1.00 s"));
}

TEST_F(ScatterViewTest, ClickNamesDoubleClickOpensElsewhereNothing)
{
    QSignalSpy chosen(&m_view, &TraceScatterView::rowChosen);
    QSignalSpy activated(&m_view, &TraceScatterView::rowActivated);
    QTest::mouseClick(&m_view, Qt::LeftButton, {}, placeOf(1));
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toUInt(), 1U);
    QTest::mouseClick(&m_view, Qt::LeftButton, {}, {300, 2});
    EXPECT_EQ(chosen.count(), 1);
    QTest::mouseDClick(&m_view, Qt::LeftButton, {}, placeOf(3));
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated[0][0].toUInt(), 3U);
}

TEST_F(ScatterViewTest, ARectangleAsksForWhatStandsInside)
{
    QSignalSpy clauses(&m_view, &TraceScatterView::clausesChosen);
    QTest::mousePress(&m_view, Qt::LeftButton, {}, {300, 90});
    QTest::mouseMove(&m_view, {500, 30});
    QTest::mouseRelease(&m_view, Qt::LeftButton, {}, {500, 30});
    ASSERT_EQ(clauses.count(), 1);
    const QString text = clauses[0][0].toString();
    EXPECT_TRUE(text.contains(u"start>=") && text.contains(u"start<=") && text.contains(u"duration<="))
        << text.toStdString();
    // The other button takes it back.
    QTest::mousePress(&m_view, Qt::LeftButton, {}, {300, 90});
    QTest::mousePress(&m_view, Qt::RightButton, {}, {320, 60});
    QTest::mouseRelease(&m_view, Qt::LeftButton, {}, {500, 30});
    EXPECT_EQ(clauses.count(), 1);
    QTest::mousePress(&m_view, Qt::LeftButton, {}, {1, 1});
    QTest::mouseRelease(&m_view, Qt::LeftButton, {}, {623, 99});
    EXPECT_EQ(clauses.count(), 1) << "everything is no filter, but asked: "
                                  << clauses.back()[0].toString().toStdString();
}

TEST_F(ScatterViewTest, DotsArePaintedOncePerListingSizeAndTheme)
{
    EXPECT_EQ(m_view.renderCount(), 1);
    m_view.setTraces(TableSnapshot{m_listing}, {0, 1, 2, 3});
    m_view.setCurrentRow(2);
    (void)m_view.grab();
    EXPECT_EQ(m_view.renderCount(), 1);
    m_view.resize(500, 100);
    (void)m_view.grab();
    EXPECT_EQ(m_view.renderCount(), 2);
    m_view.setTraces(TableSnapshot{m_listing}, {0, 1});
    (void)m_view.grab();
    EXPECT_EQ(m_view.renderCount(), 3);
    EXPECT_EQ(m_view.points().size(), 2U);
    m_view.setTraces({}, {});
    (void)m_view.grab();
    EXPECT_TRUE(m_view.points().empty());
    EXPECT_TRUE(m_view.accessibleDescription().isEmpty());
}

TEST(TracesPageScatter, ShowsItselfForAListAndNarrowsTheQuery)
{
    TracesPage page;
    page.resize(1000, 700);
    auto* scatter = page.findChild<TraceScatterView*>();
    ASSERT_NE(scatter, nullptr);
    const auto listing = listingOf(4);
    const auto plan = std::make_shared<const RowPlan>(planTraces(*listing, {}, 4));
    page.model()->apply({TableSnapshot{listing}, nullptr, plan, {}, {}});
    TracesPage::ListState state;
    state.loaded = state.matching = state.total = 4;
    state.matchingKnown = true;
    page.setListState(state);
    EXPECT_TRUE(scatter->isVisibleTo(&page));
    EXPECT_EQ(scatter->traces(), 4U);
    scatter->setTraces({}, {});
    page.setListState(state);
    EXPECT_EQ(scatter->traces(), 0U) << "one refresh hands its rows over once";
    page.model()->apply({TableSnapshot{listing}, nullptr, std::make_shared<const RowPlan>(*plan), {}, {}});
    page.setListState(state);
    EXPECT_EQ(scatter->traces(), 4U) << "another refresh hands them over again";
    page.setQueryText(QStringLiteral("service:a or service:b"));
    Q_EMIT scatter->clausesChosen(QStringLiteral("duration>=1ms"));
    EXPECT_EQ(page.queryText(), QStringLiteral("(service:a or service:b) duration>=1ms"));
    Q_EMIT scatter->clausesChosen(QStringLiteral("duration<=9ms"));
    EXPECT_EQ(page.queryText(), QStringLiteral("(service:a or service:b) duration>=1ms duration<=9ms"));
    Q_EMIT scatter->rowChosen(2);
    EXPECT_EQ(page.model()->sourceRow(page.table()->currentIndex().row()), 2);
    Q_EMIT scatter->rowActivated(3);
    EXPECT_EQ(page.openTrace(), QStringLiteral("00000000000000000000000000000004"));

    state.loaded = state.matching = 0;
    page.setListState(state);
    EXPECT_FALSE(scatter->isVisibleTo(&page)) << "an empty list has no picture";
}
