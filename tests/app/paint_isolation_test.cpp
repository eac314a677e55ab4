// SPDX-License-Identifier: GPL-3.0-or-later
// Who is painted when something happens: what did not change is left alone, widget by widget.
#include "tests/app/flow_fixture.h"
#include "tests/app/paint_counter.h"
#include "tests/app/traces_flow.h"
#include "views/detail_drawer.h"
#include "views/filter_line.h"
#include "views/grouped_table_view.h"
#include "views/panel_line.h"
#include "views/summary_line.h"
#include "views/trace_detail_view.h"
#include "views/trace_scatter_view.h"
#include "views/waterfall_view.h"

#include <QApplication>

using namespace tracedeck;
using namespace tracedeck::tests;
using testing_support::SpanBuilder;

namespace {

/// The page of traces with a list of three, on screen and at rest.
class TracePaints : public TracesFlow {
protected:
    void SetUp() override
    {
        m_source.answerList({3, 2, 1});
        ASSERT_TRUE(QTest::qWaitForWindowActive(&m_page));
        m_page.focusContent();
        m_page.table()->setCurrentIndex(m_page.model()->index(0, 0));
        m_paints.startWhenCalm();
    }
    void openTrace()
    {
        QTest::keyClick(m_page.table(), Qt::Key_Return);
        SpanBuilder b;
        b.span(1, 0, 0, 900, "POST /checkout", "frontend").span(2, 1, 20, 400, "reserve", "stock");
        ASSERT_FALSE(m_source.traces.empty());
        m_source.traces.rbegin()->second(std::make_shared<const SpanTable>(b.table()));
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_page.detail()->waterfall()->isVisible(); }));
        m_paints.startWhenCalm();
    }
    [[nodiscard]] QWidget* list() { return m_page.table()->viewport(); }
    [[nodiscard]] QWidget* waterfall() { return m_page.detail()->waterfall()->viewport(); }

    PaintCounter m_paints;
};

/// The table of workloads, on screen and at rest.
class FleetPaints : public FlowFixture {
protected:
    PaintCounter m_paints;
};

} // namespace

TEST_F(TracePaints, SelectingATraceInTheListPaintsTwoRowsAndNoFilterLine)
{
    QTest::keyClick(m_page.table(), Qt::Key_Down);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_paints.of(list()).isEmpty(); }));
    QTest::qWait(30);
    const int row = m_page.table()->rowHeight(0);
    EXPECT_LE(m_paints.of(list()).boundingRect().height(), 2 * row + 2) << "the row that was and the row that is";
    EXPECT_EQ(m_paints.within(m_page.findChild<PanelLine*>()), QStringList()) << "ranges, errors, columns, chips";
    EXPECT_EQ(m_paints.of(waterfall()), QRegion());
}

TEST_F(TracePaints, MovingInAnOpenTracePaintsNeitherListNorFilterLine)
{
    openTrace();
    QTest::keyClick(m_page.detail()->waterfall(), Qt::Key_Down);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_paints.of(waterfall()).isEmpty(); }));
    QTest::qWait(30);
    EXPECT_EQ(m_paints.of(list()), QRegion());
    EXPECT_EQ(m_paints.within(m_page.findChild<PanelLine*>()), QStringList());
    EXPECT_EQ(m_paints.within(m_page.findChild<TraceScatterView*>()), QStringList());
}

TEST_F(TracePaints, ANewTracePaintsNoWaterfall)
{
    openTrace();
    m_source.changed(newTrace());
    m_source.answerList({4, 3, 2, 1});
    QTest::qWait(100);
    EXPECT_EQ(m_paints.of(waterfall()), QRegion());
    EXPECT_EQ(m_paints.within(m_page.detail()), QStringList()) << m_paints.painted.join(u' ').toStdString();
    m_page.detail()->waterfall()->viewport()->update();
    EXPECT_TRUE(QTest::qWaitFor([this] { return !m_paints.of(waterfall()).isEmpty(); })) << "it would be counted";
}

TEST_F(FleetPaints, MovingInATableWithDetailsPaintsNoSummaryAndNoFilterLine)
{
    key(Qt::Key_J); // past the header of the group
    key(Qt::Key_J);
    key(Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return page().isDrawerOpen(); }));
    m_paints.startWhenCalm();
    key(Qt::Key_J);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_paints.of(table().viewport()).isEmpty(); }));
    QTest::qWait(30);
    EXPECT_FALSE(m_paints.within(page().drawer()).isEmpty()) << "it shows the other row";
    EXPECT_LE(m_paints.of(table().viewport()).boundingRect().height(), 2 * table().rowHeight(1) + 2);
    EXPECT_EQ(m_paints.within(page().findChild<FilterLine*>()), QStringList());
    EXPECT_EQ(m_paints.within(page().findChild<SummaryLine*>()), QStringList());
}
