// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/api_routes.h"
#include "collector/http_router.h"
#include "collector/http_server.h"
#include "collector/otlp_http_handler.h"
#include "collector/tcp_listener.h"
#include "collector/websocket_session.h"
#include "fake_backend.h"
#include "raw_client.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck::test {

/// Everything between the sockets and the store, on a free loopback port, over a fake store.
class ServerFixture : public testing::Test {
protected:
    static constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static constexpr std::string_view kReader = "a-second-person-who-may-only-read";

    /// Starts with the limits and options the test has set.
    void start()
    {
        m_policy = std::make_unique<AccessPolicy>(std::string(kToken), requireToken, "127.0.0.1", "machine",
                                                  std::vector<std::string>{std::string(kReader)});
        m_seats = std::make_unique<PushSeats>(pushPerToken, pushTotal);
        m_ingest = std::make_unique<OtlpHttpHandler>(backend, *m_policy, m_inflaters, bodyLimit);
        m_api = std::make_unique<ApiRoutes>(backend, *m_policy, m_queries, counters, *m_seats, "run", "1.2.3");
        m_router = std::make_unique<HttpRouter>(*m_ingest, *m_api, *m_policy);
        push = std::make_unique<PushServer>(counters, pushLimits);
        server =
            std::make_unique<HttpServer>(*m_router, m_streams, counters, limits,
                                         [this](UpgradedConnection connection) { push->adopt(std::move(connection)); });
        m_listener = std::make_unique<TcpListener>([this](int socket) { server->adopt(socket); });
        const Result<std::string> bound = m_listener->listen("127.0.0.1", 0);
        ASSERT_TRUE(bound.ok());
        address = *bound;
    }

    void stopServer()
    {
        if (!server)
            return;
        m_listener->stop();
        server->stop(std::chrono::milliseconds(1000));
        m_inflaters.stop();
        m_queries.stop();
        m_streams.stop();
        push->stop();
    }

    void TearDown() override
    {
        backend.releaseAll();
        stopServer();
    }

    RawResponse ask(const std::string& request)
    {
        RawClient client(address);
        return client.ask(request);
    }

    FakeBackend backend;
    ServerCounters counters;
    HttpLimits limits;
    PushLimits pushLimits;
    std::size_t pushPerToken = 12;
    std::size_t pushTotal = 192;
    bool requireToken = false;
    std::size_t bodyLimit = std::size_t{64} << 20U;
    std::string address;
    std::unique_ptr<PushServer> push;
    std::unique_ptr<HttpServer> server;

private:
    WorkerPool m_inflaters{2, 16};
    WorkerPool m_queries{2, 16};
    WorkerPool m_streams{2, 4};
    std::unique_ptr<AccessPolicy> m_policy;
    std::unique_ptr<OtlpHttpHandler> m_ingest;
    std::unique_ptr<PushSeats> m_seats;
    std::unique_ptr<ApiRoutes> m_api;
    std::unique_ptr<HttpRouter> m_router;
    std::unique_ptr<TcpListener> m_listener;
};

} // namespace tracedeck::test
