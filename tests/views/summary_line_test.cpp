// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/summary_line.h"

#include "views/summary_parts.h"
#include "views/theme.h"

#include <QLayout>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

TableSummary summaryOf(std::optional<double> cpu, std::int64_t sampledAtNs)
{
    TableSummary summary;
    summary.stopped = 13;
    summary.degraded = 0;
    summary.running = 1240;
    summary.cpuPercent = cpu;
    summary.networkBytesPerSec = 412e6;
    summary.sampledAtNs = sampledAtNs;
    return summary;
}

class SummaryLineParts : public testing::Test {
protected:
    SummaryLineParts()
    {
        m_line.resize(1200, 36);
        m_line.show();
    }
    [[nodiscard]] QStringList labels() const
    {
        QStringList names;
        for (const auto* label : m_line.findChildren<MeanLabel*>()) {
            names.append(label->accessibleName());
        }
        return names;
    }
    [[nodiscard]] CountButton* count(const QString& status) const
    {
        for (auto* button : m_line.findChildren<CountButton*>()) {
            if (button->status() == status) {
                return button;
            }
        }
        return nullptr;
    }
    /// Pixels of a colour in a label.
    static int ink(QWidget& widget, const QColor& color)
    {
        const QImage picture = widget.grab().toImage();
        int pixels = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                pixels += picture.pixelColor(x, y) == color ? 1 : 0;
            }
        }
        return pixels;
    }

    SummaryLine m_line{{QStringLiteral("stopped"), QStringLiteral("degraded"), QStringLiteral("running")}};
};

} // namespace

TEST_F(SummaryLineParts, SaysCountsMeansAndWhatIsUnknown)
{
    m_line.setSummary(summaryOf(38.4, 1));
    EXPECT_EQ(labels(),
              (QStringList{QStringLiteral("CPU 38%"), QStringLiteral("Memory \u2013"),
                           QStringLiteral("Network 412 MB/s"), QStringLiteral("Disk I/O \u2013")}))
        << "what nobody reports is unknown, not zero";
    EXPECT_EQ(count(QStringLiteral("stopped"))->accessibleName(), u"13 stopped");
    EXPECT_EQ(count(QStringLiteral("running"))->accessibleName(), u"1,240 running");
}

TEST_F(SummaryLineParts, BeforeTheFirstSummaryNothingIsKnown)
{
    EXPECT_EQ(count(QStringLiteral("stopped"))->accessibleName(), u"\u2013 stopped") << "not 0";
    EXPECT_EQ(labels().first(), u"CPU \u2013");
    m_line.setSummary(TableSummary());
    EXPECT_EQ(count(QStringLiteral("stopped"))->accessibleName(), u"0 stopped") << "now it is";
}

TEST_F(SummaryLineParts, ACountFiltersToItsStatusAndASecondClickTakesItBack)
{
    const QSignalSpy chosen(&m_line, &SummaryLine::statusActivated);
    QTest::mouseClick(count(QStringLiteral("degraded")), Qt::LeftButton);
    QTest::keyClick(count(QStringLiteral("degraded")), Qt::Key_Space);
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_EQ(chosen.at(0).first().toString(), u"degraded");
    EXPECT_EQ(chosen.at(1).first().toString(), u"");
}

TEST_F(SummaryLineParts, TheStatusFilteredToIsMarkedAlone)
{
    m_line.setStatus(QStringLiteral("stopped"));
    EXPECT_TRUE(count(QStringLiteral("stopped"))->isChecked());
    EXPECT_FALSE(count(QStringLiteral("running"))->isChecked());
    m_line.setStatus({});
    EXPECT_FALSE(count(QStringLiteral("stopped"))->isChecked());
}

TEST_F(SummaryLineParts, TheCourseGrowsPerSampleNotPerKeystroke)
{
    QWidget* cpu = m_line.findChildren<MeanLabel*>().at(0);
    m_line.setSummary(summaryOf(10, 1));
    const QImage one = cpu->grab().toImage();
    m_line.setSummary(summaryOf(10, 1));
    EXPECT_EQ(cpu->grab().toImage(), one) << "the same sample again is no new point";
    m_line.setSummary(summaryOf(10, 2));
    EXPECT_NE(cpu->grab().toImage(), one);
}

TEST(MeanLabelTest, AMissingSampleAddsNoPointAndTheNumberDoesNotPush)
{
    MeanLabel label(QStringLiteral("CPU"), true, 0, nullptr);
    label.resize(label.sizeHint());
    label.setValue(QStringLiteral("8%"), 8);
    label.setValue(QStringLiteral("9%"), 9);
    const int width = label.sizeHint().width();
    label.setValue(QStringLiteral("12%"), 12);
    EXPECT_EQ(label.sizeHint().width(), width) << "what stands beside it keeps its place";
    label.resize(300, 26);
    const QImage before = label.grab().toImage();
    label.setValue(QStringLiteral("12%"), std::nullopt);
    EXPECT_EQ(label.grab().toImage(), before);
}

TEST(MeanLabelTest, AKnownCourseReplacesWhatWasGathered)
{
    MeanLabel label(QStringLiteral("CPU"), true, 0, nullptr);
    label.setValue(QStringLiteral("50%"), 50);
    label.resize(label.sizeHint());
    label.setCourse(MetricId::Cpu, {encodeMetric(MetricId::Cpu, 10), kMissingCode, encodeMetric(MetricId::Cpu, 90)});
    const QImage known = label.grab().toImage();
    label.setValue(QStringLiteral("50%"), 99);
    EXPECT_EQ(label.grab().toImage(), known) << "single samples do not add to a known course";
    label.setCourse(MetricId::Cpu, {kMissingCode, kMissingCode, kMissingCode});
    EXPECT_NE(label.grab().toImage(), known) << "a gap draws no line";
}

TEST(MeanLabelTest, MoreSamplesThanItHoldsForgetTheOldest)
{
    MeanLabel label(QStringLiteral("CPU"), true, 0, nullptr);
    label.resize(label.sizeHint());
    MeanLabel other(QStringLiteral("CPU"), true, 0, nullptr);
    other.resize(other.sizeHint());
    for (int i = 0; i < 40; ++i) {
        label.setValue(QStringLiteral("80%"), 80);
    }
    for (int i = 0; i < 500; ++i) {
        label.setValue(QStringLiteral("20%"), 20);
        other.setValue(QStringLiteral("20%"), 20);
    }
    EXPECT_EQ(label.grab().toImage(), other.grab().toImage());
}

TEST_F(SummaryLineParts, PercentagesBeyondTheScaleStayInTheirArea)
{
    auto* cpu = m_line.findChildren<MeanLabel*>().at(0);
    for (const double percent : {250.0, -3.0, 0.0, 100.0, 400.0}) {
        cpu->setValue(QStringLiteral("?"), percent);
    }
    const QImage picture = cpu->grab().toImage();
    for (int x = 0; x < picture.width(); ++x) {
        EXPECT_NE(picture.pixelColor(x, 0), theme().colors.series[0]);
        EXPECT_NE(picture.pixelColor(x, picture.height() - 1), theme().colors.series[0]);
    }
    EXPECT_GT(ink(*cpu, theme().colors.raised), 100) << "the course has a ground of its own";
}

TEST_F(SummaryLineParts, WhereItIsNarrowWholeFiguresGiveWayInsteadOfBeingCut)
{
    m_line.setSummary(summaryOf(42, 1));
    const auto shown = [this] {
        m_line.layout()->activate();
        int figures = 0;
        for (const auto* figure : m_line.findChildren<MeanLabel*>()) {
            if (figure->isVisible()) {
                ++figures;
                EXPECT_GE(figure->width(), figure->minimumSizeHint().width()) << figure->accessibleName().toStdString();
            }
        }
        return figures;
    };
    EXPECT_EQ(shown(), 4);
    m_line.resize(672, 36);
    const CountButton* running = count(QStringLiteral("running"));
    EXPECT_TRUE(QTest::qWaitFor([running] { return running->width() >= running->sizeHint().width(); }));
    const int fewer = shown();
    EXPECT_LT(fewer, 4);
    EXPECT_GT(fewer, 0);
    m_line.resize(1200, 36);
    EXPECT_EQ(shown(), 4);
}
