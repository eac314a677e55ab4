// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/traces_empty_view.h"

#include "tests/views/theme_switch.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class TracesEmpty : public testing::Test {
protected:
    TracesEmpty()
    {
        m_view.resize(900, 600);
        m_view.show();
    }
    [[nodiscard]] std::vector<FlatButton*> shownButtons() const
    {
        std::vector<FlatButton*> shown;
        for (auto* button : m_view.findChildren<FlatButton*>()) {
            if (button->isVisible()) {
                shown.push_back(button);
            }
        }
        return shown;
    }
    static ReceiveInfo listening()
    {
        ReceiveInfo info;
        info.httpEndpoint = QStringLiteral("http://127.0.0.1:4318");
        info.grpcEndpoint = QStringLiteral("http://127.0.0.1:4317");
        return info;
    }

    TracesEmptyView m_view;
};

} // namespace

TEST_F(TracesEmpty, SaysWhatToSetAndCopiesIt)
{
    m_view.setInfo(listening());
    EXPECT_TRUE(m_view.text().startsWith(QStringLiteral("No traces yet\nStart a program")));
    ASSERT_EQ(shownButtons().size(), 2U);
    const QSignalSpy copied(&m_view, &TracesEmptyView::copied);
    shownButtons()[0]->click();
    EXPECT_EQ(QApplication::clipboard()->text(),
              u"export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318\n"
              u"export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
    QTest::keyClick(shownButtons()[1], Qt::Key_Return);
    EXPECT_TRUE(
        QApplication::clipboard()->text().endsWith(QStringLiteral("4317\nexport OTEL_EXPORTER_OTLP_PROTOCOL=grpc")));
    ASSERT_EQ(copied.count(), 2);
    EXPECT_TRUE(copied.last().first().toString().contains(QStringLiteral("grpc")));
    EXPECT_EQ(shownButtons()[0]->accessibleName(), u"Copy the lines for OTLP over HTTP");
}

TEST_F(TracesEmpty, CountsWhatCameAndWhyItWasRefused)
{
    ReceiveInfo info = listening();
    info.spans = info.requests = 1;
    m_view.setInfo(info);
    EXPECT_TRUE(m_view.text().endsWith(QStringLiteral("Received so far: 1 span in 1 request")));
    info.spans = 4812;
    info.requests = 12;
    info.rejected = 3;
    info.lastRejectReason = QStringLiteral("body is larger than 16 MiB");
    m_view.setInfo(info);
    EXPECT_TRUE(m_view.text().endsWith(
        QStringLiteral("4,812 spans in 12 requests\nRejected: 3. Last reason: body is larger than 16 MiB")));
}

TEST_F(TracesEmpty, WithoutAnEndpointThereIsNothingToCopy)
{
    m_view.setInfo({});
    EXPECT_TRUE(m_view.text().contains(QStringLiteral("The collector is starting.")));
    EXPECT_TRUE(shownButtons().empty());
    ReceiveInfo broken = listening();
    broken.problem = QStringLiteral("Port 4318 is taken by another program.");
    m_view.setInfo(broken);
    EXPECT_TRUE(m_view.text().startsWith(
        QStringLiteral("The collector is not receiving\nPort 4318 is taken by another program.")));
    EXPECT_EQ(m_view.text().contains(QStringLiteral("Received so far")), broken.requests > 0);
    broken.requests = 0;
    broken.spans = 0;
    m_view.setInfo(broken);
    EXPECT_FALSE(m_view.text().contains(QStringLiteral("Received so far"))) << "nobody could be asked";
    ReceiveInfo http = listening();
    http.grpcEndpoint.clear();
    m_view.setInfo(http);
    EXPECT_EQ(shownButtons().size(), 1U) << "lines for an endpoint that is not there would lead nowhere";
}

TEST_F(TracesEmpty, AFilterThatHidesAllCanBeCleared)
{
    m_view.setInfo(listening());
    const QSignalSpy clear(&m_view, &TracesEmptyView::clearRequested);
    m_view.setNothingMatches(QStringLiteral("The store holds 12 traces; none passes the filter."), true);
    EXPECT_TRUE(m_view.text().startsWith(QStringLiteral("No trace matches\nThe store holds 12 traces")));
    ASSERT_EQ(shownButtons().size(), 1U);
    shownButtons()[0]->click();
    EXPECT_EQ(clear.count(), 1);
    m_view.setNothingMatches(QStringLiteral("none"), false);
    EXPECT_TRUE(shownButtons().empty());
    m_view.setInfo(listening());
    EXPECT_EQ(shownButtons().size(), 2U) << "and back";
}

TEST_F(TracesEmpty, FollowsThemeAndTextSize)
{
    m_view.setInfo(listening());
    const QLabel* title = m_view.findChildren<QLabel*>().first();
    const QImage dark = m_view.grab().toImage();
    const int size = title->font().pixelSize();
    {
        const tests::ThemeSwitch light(ThemeKind::Light, 1.5);
        EXPECT_GT(title->font().pixelSize(), size);
        EXPECT_EQ(title->palette().color(QPalette::WindowText), theme().colors.text);
        EXPECT_NE(m_view.grab().toImage(), dark);
    }
    EXPECT_EQ(title->font().pixelSize(), size);
}
