// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_trace_exporter.h"
#include "app/own_traces.h"
#include "formats/otlp_decode.h"
#include "selectors/span_layout.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <chrono>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

StageRecord record(Stage stage, std::uint64_t cycle, std::int64_t startNs, std::int64_t durationNs, bool changed)
{
    return {stage, 0, cycle, startNs, durationNs, 42, changed};
}

} // namespace

TEST(OwnTraces, aCycleThatChangedSomethingIsOneTrace)
{
    const SpanTable spans = ownSpans({record(Stage::Diff, 1, 130, 5, true), record(Stage::Fetch, 1, 100, 20, true),
                                      record(Stage::Fetch, 2, 900, 20, false), record(Stage::Gate, 2, 920, 1, false)},
                                     7, "1.0");
    ASSERT_EQ(spans.rows(), 3U);
    const SpanLayout layout = layoutSpans(spans);
    EXPECT_EQ(layout.orphans, 0U);
    EXPECT_EQ(layout.depth, (std::vector<std::uint32_t>{0, 1, 1}));
    EXPECT_EQ(spans.strings.view(spans.name[0]), "refresh");
    EXPECT_EQ(spans.durationNs[0], 35);
    EXPECT_EQ(spans.strings.view(spans.name[1]), "fetch");
    EXPECT_EQ(spans.service(0), "tracedeck");
}

TEST(OwnTraces, unchangedCyclesLeaveNoTraceHoweverMany)
{
    // An hour of idle polls at five seconds: counted elsewhere, never traced.
    std::vector<StageRecord> hour;
    for (std::uint64_t cycle = 0; cycle < 720; ++cycle) {
        hour.push_back(record(Stage::Fetch, cycle, static_cast<std::int64_t>(cycle) * 5'000'000'000, 1'000'000, false));
    }
    EXPECT_EQ(ownSpans(hour, 1, "1.0").rows(), 0U);
}

TEST(OwnTraces, idsAreStableWithinARunAndDifferBetweenRuns)
{
    const std::vector<StageRecord> records{record(Stage::Apply, 5, 1, 1, true)};
    EXPECT_EQ(ownSpans(records, 1, "1").traceId, ownSpans(records, 1, "1").traceId);
    EXPECT_NE(ownSpans(records, 1, "1").traceId[0], ownSpans(records, 2, "1").traceId[0]);
    EXPECT_FALSE(ownSpans(records, 1, "1").traceId[0].isZero());
    EXPECT_EQ(stageName(Stage::Paint), "paint");
}

TEST(OwnTraceExporter, sendsWhatChangedOnceAndNothingWhenIdle)
{
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    QByteArray received;
    int connections = 0;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket* socket = server.nextPendingConnection();
        ++connections;
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [&received, socket] {
            received += socket->readAll();
            if (received.contains("tracedeck.own")) {
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
    });
    TelemetryRing ring(64);
    OwnTraceExporter exporter(ring, 3, QStringLiteral("1.0"));
    exporter.setEndpoint(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()), QStringLiteral("secret"));
    for (int i = 0; i < 100; ++i) {
        exporter.exportNow();
    }
    EXPECT_EQ(connections, 0) << "nothing recorded, nothing sent";
    ring.push(record(Stage::Fetch, 1, 100, 20, true));
    exporter.exportNow();
    EXPECT_TRUE(QTest::qWaitFor([&] { return exporter.exportedSpans() == 2; }));
    EXPECT_TRUE(received.startsWith("POST /v1/traces"));
    EXPECT_TRUE(received.contains("Bearer secret"));
    exporter.exportNow();
    EXPECT_EQ(exporter.exportedSpans(), 2U);
}

TEST(OwnTraceExporter, aCollectorThatIsGoneCostsTheBatchOnly)
{
    TelemetryRing ring(64);
    OwnTraceExporter exporter(ring, 3, QStringLiteral("1.0"));
    QTcpServer closed;
    ASSERT_TRUE(closed.listen(QHostAddress::LocalHost));
    const quint16 port = closed.serverPort();
    closed.close();
    exporter.setEndpoint(QStringLiteral("http://127.0.0.1:%1").arg(port), {});
    ring.push(record(Stage::Fetch, 1, 100, 20, true));
    exporter.exportNow();
    EXPECT_TRUE(QTest::qWaitFor([&] { return exporter.lostRecords() == 1; }));
    EXPECT_EQ(exporter.exportedSpans(), 0U);
}

TEST(OwnTraceExporter, collectTellsTheRecordsAndKeepsThemForTheExport)
{
    TelemetryRing ring(64);
    OwnTraceExporter exporter(ring, 3, QStringLiteral("1.0"));
    std::size_t told = 0;
    QObject::connect(&exporter, &OwnTraceExporter::drained, &exporter,
                     [&told](const std::vector<StageRecord>& records) { told += records.size(); });
    ring.push(record(Stage::Fetch, 1, 100, 20, true));
    exporter.collect();
    exporter.collect();
    EXPECT_EQ(told, 1U) << "each record once";
    QTcpServer closed;
    ASSERT_TRUE(closed.listen(QHostAddress::LocalHost));
    exporter.setEndpoint(QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort()), {});
    closed.close();
    ring.push(record(Stage::Fetch, 2, 100, 20, true));
    exporter.collect();
    ring.push(record(Stage::Fetch, 3, 100, 20, true));
    exporter.exportNow();
    EXPECT_EQ(told, 3U);
    EXPECT_TRUE(QTest::qWaitFor([&] { return exporter.lostRecords() == 2; })) << "both were in the batch that failed";
}

TEST(OwnTraceExporter, aRefreshIsSentWholeOnceItsPaintCanHaveCome)
{
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket* socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            if (socket->readAll().contains("tracedeck.own")) {
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
    });
    TelemetryRing ring(64);
    OwnTraceExporter exporter(ring, 3, QStringLiteral("1.0"));
    exporter.setEndpoint(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()), {});
    const std::int64_t now =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    ring.push(record(Stage::Apply, 7, now, 20, true));
    exporter.exportNow();
    ring.push(record(Stage::Paint, 7, now + 1000, 20, true));
    ring.push(record(Stage::Apply, 6, 100, 20, true));
    exporter.exportNow();
    EXPECT_TRUE(QTest::qWaitFor([&] { return exporter.exportedSpans() == 2; })) << "the old one alone";
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            exporter.exportNow();
            return exporter.exportedSpans() == 5;
        },
        20'000))
        << "root, apply and paint together";
    EXPECT_EQ(exporter.lostRecords(), 0U);
}

TEST(OwnTraces, refreshesOfTheTraceListAreNamedApart)
{
    const SpanTable spans = ownSpans({record(Stage::Fetch, kTraceListCycles + 1, 100, 20, true)}, 7, "1.0");
    ASSERT_EQ(spans.rows(), 2U);
    EXPECT_EQ(spans.strings.view(spans.name[0]), "refresh traces");
}
