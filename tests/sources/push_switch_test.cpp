// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/performance_switches.h"
#include "sources/collector_push.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

TEST(PushSwitch, OffAsksInsteadOfConnectingAndOnConnectsAgain)
{
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    int connections = 0;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        ++connections;
        server.nextPendingConnection()->close();
    });
    int polls = 0;
    PushEvents events;
    events.heard = [] {};
    events.changed = [](const TraceSourceChange&) {};
    events.state = [](bool, const std::string&, std::int64_t) {};
    events.poll = [&polls] { ++polls; };
    CollectorEndpoint endpoint;
    endpoint.address = "127.0.0.1:" + std::to_string(server.serverPort());
    CollectorPush push(endpoint, events);
    performanceSwitches().push = false;
    push.setFollowing(true);
    EXPECT_EQ(polls, 1) << "asked at once, then every 15 s";
    push.setFollowing(false);
    performanceSwitches().push = true;
    push.setFollowing(true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return connections == 1; })) << "the first one was not made";
    push.setFollowing(false);
}
