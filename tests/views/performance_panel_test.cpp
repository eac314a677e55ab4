// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/performance_panel.h"

#include <QImage>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class CountedPanel : public PerformancePanel {
public:
    int paints = 0;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        ++paints;
        PerformancePanel::paintEvent(event);
    }
};

PerformanceFigures figures(const QString& value)
{
    PerformanceFigures out;
    out.columns = {QStringLiteral("last")};
    out.stages = {{QStringLiteral("derive"), {value}}};
    out.counters = {{QStringLiteral("polls"), {QStringLiteral("3")}}};
    return out;
}

} // namespace

TEST(PerformancePanelTest, SaysItsLinesAndRepaintsOnlyForNewFigures)
{
    CountedPanel panel;
    panel.resize(900, 200);
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
    panel.setFigures(figures(QStringLiteral("1 ms")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.paints > 0; }));
    EXPECT_EQ(panel.lines(), (QStringList{QStringLiteral("derive\t1 ms"), QStringLiteral("polls\t3")}));
    EXPECT_EQ(panel.accessibleDescription(), panel.lines().join(u'\n'));
    QCoreApplication::sendPostedEvents();
    const int before = panel.paints;
    panel.setFigures(figures(QStringLiteral("1 ms")));
    QCoreApplication::sendPostedEvents();
    EXPECT_EQ(panel.paints, before);
    panel.setFigures(figures(QStringLiteral("2 ms")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return panel.paints > before; }));
    EXPECT_GT(panel.sizeHint().height(), 100);
}

TEST(PerformancePanelTest, ANarrowWindowGetsMoreLinesNotFewerFigures)
{
    PerformanceFigures many = figures(QStringLiteral("1 ms"));
    many.counters.assign(14, {QStringLiteral("polls"), {QStringLiteral("3")}});
    many.sources.assign(3, {QStringLiteral("this machine"), {QStringLiteral("118 of 120")}});
    PerformancePanel panel;
    panel.resize(1900, 100);
    panel.setFigures(many);
    const int wide = panel.height();
    panel.resize(500, wide);
    panel.show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.height() > wide; })) << wide;
    EXPECT_EQ(panel.lines().size(), 18);
    EXPECT_EQ(panel.lines().last(), QStringLiteral("this machine\t118 of 120"));
    const QImage picture = panel.grab().toImage();
    EXPECT_EQ(picture.height(), panel.height());
}
