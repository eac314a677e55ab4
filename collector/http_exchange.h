// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/chunk_pipe.h"
#include "collector/http_handler.h"
#include "collector/http_server.h"
#include "collector/server_counters.h"
#include "collector/worker_pool.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// What a connection can do for the exchanges on it. Everything but keepAlive() and post() runs on the
/// I/O thread.
class HttpWire {
public:
    HttpWire() = default;
    HttpWire(const HttpWire&) = delete;
    HttpWire& operator=(const HttpWire&) = delete;
    virtual ~HttpWire() = default;

    /// Writes both texts, then calls `then`; when that fails the connection is gone and `then` never comes.
    virtual void write(std::string head, std::string body, std::function<void()> then) = 0;
    /// Reads one piece of the body and gives it to HttpExchange::takeBody.
    virtual void readBody(std::chrono::milliseconds patience) = 0;
    virtual void readNextRequest() = 0;
    virtual void lingerClose() = 0;
    virtual void cut() = 0;
    virtual void upgrade(HttpHead head, std::shared_ptr<const void> seat) = 0;
    /// Keeps the connection object while somebody else works for it. Thread-safe.
    [[nodiscard]] virtual std::shared_ptr<HttpWire> keepAlive() = 0;
    /// Runs a job on the I/O thread. Thread-safe.
    virtual void post(std::function<void()> job) = 0;
};

/// What the exchanges of all connections share.
struct HttpService {
    HttpHandler& handler;
    WorkerPool& streams;
    ServerCounters& counters;
    HttpLimits limits;
    BodyBudget budget;
    bool draining = false; ///< I/O thread only
};

/// What a parsed request head says besides its fields.
struct HeadFacts {
    HttpHead head;
    bool keepAlive = false;
    bool oldHttp = false; ///< HTTP/1.0: no chunked answers, no 100-continue
    bool chunked = false;
    bool complete = false; ///< no body follows
};

/// The requests of one connection, one after the other: decide on the head, collect the body, have it
/// handled, write the answer. Runs on the I/O thread.
class HttpExchange {
public:
    HttpExchange(HttpWire& wire, HttpService& service);
    ~HttpExchange();
    HttpExchange(const HttpExchange&) = delete;
    HttpExchange& operator=(const HttpExchange&) = delete;

    void takeHead(HeadFacts facts);
    /// A head that is not HTTP, or one over the limit.
    void takeBadHead(bool tooLong, std::string_view reason);
    /// The next piece of the body; `complete` with the last one.
    void takeBody(std::string_view piece, bool complete);
    void takeBrokenBody(std::string_view reason);
    /// The connection is gone: ends a stream under way, gives the memory back.
    void abandon();

private:
    void readMore();
    [[nodiscard]] std::optional<Error> keepPiece(std::string_view piece);
    void dispatch();
    void refuse(const Error& error);
    void refuse(HttpResponse response);
    void answer(HttpResponse response);
    void startStream(HttpResponse response);
    void pump();
    void endStream();
    void afterAnswer();

    HttpWire& m_wire;
    HttpService& m_service;
    HeadFacts m_facts;
    std::string m_body;
    std::size_t m_bodyLimit = 0;
    std::size_t m_budgeted = 0;
    std::chrono::steady_clock::time_point m_bodyStart;
    HttpResponse m_streamed;
    std::shared_ptr<ChunkPipe> m_pipe;
    bool m_headSent = false;
    bool m_writing = false;
};

} // namespace tracedeck
