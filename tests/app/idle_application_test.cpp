// SPDX-License-Identifier: GPL-3.0-or-later
// An hour of idle of the whole program in fake time, with its collector: polls go on, timers run, nothing keeps
// painting, no own trace is made. Then an hour with one change a minute: one own trace per change, with every stage.
#include "app/application.h"
#include "app/table_feed.h"
#include "refresh/poller.h"
#include "tests/app/idle_parts.h"
#include "views/main_window.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

constexpr int kPatienceMs = 60'000;

class IdleApplication : public testing::Test {
protected:
    void SetUp() override
    {
        AppOptions options;
        options.dataDir = m_dir.path();
        options.listen = QStringLiteral("127.0.0.1:0");
        options.size = QSize(1280, 800);
        options.page = QStringLiteral("workloads");
        options.nowNs = 1'790'000'000'000'000'000;
        m_app = std::make_unique<Application>(options, *qApp, m_source,
                                              Application::PollParts{m_clock, std::make_shared<AtOnce>()});
        m_app->start();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_app->window()));
        ASSERT_TRUE(QTest::qWaitFor([this] { return ownerLine("http").contains(u':'); }, kPatienceMs));
        // First rows, second sample, first list, first export, and the first course of an hour.
        for (int round = 0; round < 3; ++round) {
            minutes(20);
            settle();
        }
    }

    [[nodiscard]] QString ownerLine(const char* name) const
    {
        QFile file(m_dir.filePath(QStringLiteral("owner")));
        const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        for (const QByteArray& line : text.split('\n')) {
            if (line.left(line.indexOf('=')) == name) {
                return QString::fromUtf8(line.mid(line.indexOf('=') + 1));
            }
        }
        return {};
    }
    QJsonObject get(const QString& target)
    {
        QFile token(m_dir.filePath(QStringLiteral("token")));
        EXPECT_TRUE(token.open(QIODevice::ReadOnly));
        QNetworkRequest request(QUrl(QStringLiteral("http://") + ownerLine("http") + target));
        request.setRawHeader("Authorization", "Bearer " + token.readAll().trimmed());
        QNetworkReply* reply = m_network.get(request);
        EXPECT_TRUE(QTest::qWaitFor([reply] { return reply->isFinished(); }, kPatienceMs));
        reply->deleteLater();
        return QJsonDocument::fromJson(reply->readAll()).object();
    }
    [[nodiscard]] qint64 ownTraces() { return get(QStringLiteral("/api/v1/status")).value(u"ownTraces").toInteger(); }

    /// Every timer of the program rings as often as it would in that time, and so do the alarms of the polls.
    void minutes(int count)
    {
        for (int minute = 0; minute < count; ++minute) {
            m_clock->advance(std::chrono::minutes(1));
            QList<QTimer*> timers = m_app->findChildren<QTimer*>();
            timers += m_app->window().findChildren<QTimer*>();
            // Whoever rings first may delete another.
            const QList<QPointer<QTimer>> alive(timers.begin(), timers.end());
            for (const QPointer<QTimer>& timer : alive) {
                constexpr int kShortest = 500; // shorter ones are pauses and animations: they run by themselves
                const int rings = timer && timer->isActive() && timer->interval() >= kShortest
                    ? (timer->isSingleShot() ? 1 : std::max(60'000 / timer->interval(), 1))
                    : 0;
                for (int i = 0; i < rings && timer; ++i) {
                    QMetaObject::invokeMethod(timer, "timeout");
                }
            }
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }
    /// Until the program has nothing left to do: ten rounds of its loop without a paint and with equal counters.
    void settle()
    {
        int calm = 0;
        int paints = -1;
        PaintCounter counter;
        qApp->installEventFilter(&counter);
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                calm = counter.paints == paints && m_app->feed(QStringLiteral("workloads")).isSettled() ? calm + 1 : 0;
                paints = counter.paints;
                return calm > 60;
            },
            kPatienceMs));
        qApp->removeEventFilter(&counter);
    }

    QTemporaryDir m_dir;
    QNetworkAccessManager m_network;
    std::shared_ptr<HandClock> m_clock = std::make_shared<HandClock>();
    std::shared_ptr<QuietSource> m_source = std::make_shared<QuietSource>();
    std::unique_ptr<Application> m_app;
};

} // namespace

TEST_F(IdleApplication, anHourOfIdleDoesNotKeepPaintingAndMakesNoTrace)
{
    const PollCounters before = m_app->poller().counters();
    const qint64 traces = ownTraces();
    PaintCounter counter;
    qApp->installEventFilter(&counter);
    minutes(60);
    settle();
    qApp->removeEventFilter(&counter);
    const PollCounters after = m_app->poller().counters();
    EXPECT_GE(after.unchanged - before.unchanged, 600U) << "an unchanged poll is a counter";
    EXPECT_EQ(after.published, before.published);
    // 720 polls and 3,600 ticks paint nothing: the time that is shown stands still here, so no age reads otherwise.
    EXPECT_EQ(counter.paints, 0) << counter.painted.join(QStringLiteral(", ")).toStdString();
    EXPECT_EQ(ownTraces(), traces);
}

TEST_F(IdleApplication, aChangeAMinuteIsOneTraceWithEveryStageAndNothingFeedsOnItself)
{
    const qint64 before = ownTraces();
    for (int minute = 0; minute < 60; ++minute) {
        m_source->bump = minute + 1;
        minutes(1);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_app->feed(QStringLiteral("workloads")).isSettled(); }));
    }
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            minutes(1); // exports what stood back until it was painted
            return ownTraces() >= before + 60;
        },
        kPatienceMs));
    minutes(30);
    settle();
    minutes(30);
    EXPECT_EQ(ownTraces(), before + 60) << "listing, exporting and showing them makes no more of them";
    const QJsonArray traces = get(QStringLiteral("/api/v1/traces?own=1&limit=60")).value(u"traces").toArray();
    ASSERT_EQ(traces.size(), 60);
    QSet<QString> stages;
    for (const QJsonValue& trace : traces) {
        const QString id = trace.toObject().value(u"traceId").toString();
        const QByteArray spans = QJsonDocument(get(QStringLiteral("/api/v1/traces/") + id)).toJson();
        for (const char* stage : {"fetch", "decode", "gate", "derive", "diff", "apply", "paint"}) {
            if (spans.contains(QByteArray("\"name\": \"").append(stage).append('"'))) {
                stages.insert(QString::fromLatin1(stage));
            }
        }
    }
    EXPECT_EQ(stages.size(), 7) << QStringList(stages.values()).join(u' ').toStdString();
}
