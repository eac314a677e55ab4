// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/http_server.h"

#include <utility> // before Asio: version 1.74 uses std::exchange without it

#include "collector/http_exchange.h"
#include "collector/tcp_listener.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tracedeck {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;

namespace {

constexpr std::size_t kReadBytes = std::size_t{64} << 10U;

class Session;

/// What sessions share; outlives them.
struct SessionHost {
    HttpService service;
    HttpServer::Upgrade upgrade;
    std::map<Session*, std::weak_ptr<Session>> sessions{}; ///< I/O thread only
    std::mutex mutex{};
    std::condition_variable emptied{};
    std::size_t open = 0; ///< under mutex
    net::io_context io{1}; ///< last: what it still holds at its end uses all of the above
};

std::string lowerCase(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

bool isProtocolError(const error_code& failure)
{
    return failure.category() == make_error_code(http::error::bad_method).category()
        && failure != http::error::end_of_stream && failure != http::error::partial_message;
}

/// One connection. All functions but keepAlive() and post() run on the I/O thread.
class Session final : public HttpWire, public std::enable_shared_from_this<Session> {
public:
    Session(SessionHost& host, tcp::socket socket, std::string peer)
        : m_host(host), m_stream(std::move(socket)), m_peer(std::move(peer)), m_exchange(*this, host.service)
    {
        m_buffer.reserve(kReadBytes); // with the default, bodies arrive in tiny steps
        m_host.service.counters.httpConnections++;
    }

    ~Session() override
    {
        m_host.service.counters.httpConnections--;
        const std::lock_guard lock(m_host.mutex);
        --m_host.open;
        m_host.emptied.notify_all();
    }

    void start()
    {
        error_code ignored;
        m_stream.socket().set_option(tcp::no_delay(true), ignored);
        awaitRequest(m_host.service.limits.headTimeout);
    }

    void endIfIdle()
    {
        if (m_idle)
            cut();
    }

    void cut() override
    {
        m_exchange.abandon();
        m_host.sessions.erase(this);
        m_stream.close();
    }

    void readNextRequest() override { awaitRequest(m_host.service.limits.idleTimeout); }
    std::shared_ptr<HttpWire> keepAlive() override { return shared_from_this(); }
    void post(std::function<void()> job) override { net::post(m_host.io, std::move(job)); }
    void write(std::string head, std::string body, std::function<void()> then) override;
    void readBody(std::chrono::milliseconds patience) override;
    void lingerClose() override;
    void upgrade(HttpHead head, std::shared_ptr<const void> seat) override;

private:
    void awaitRequest(std::chrono::milliseconds patience);
    void readHead();
    void onHead(error_code failure);
    void onBody(error_code failure);
    void discardInput();

    SessionHost& m_host;
    boost::beast::tcp_stream m_stream;
    std::string m_peer;
    HttpExchange m_exchange;
    boost::beast::flat_buffer m_buffer{2 * kReadBytes};
    std::optional<http::request_parser<http::buffer_body>> m_parser;
    std::vector<char> m_piece;
    std::array<std::string, 2> m_out;
    bool m_idle = false;
};

void Session::awaitRequest(std::chrono::milliseconds patience)
{
    m_piece = {};
    m_parser.emplace();
    m_parser->header_limit(static_cast<std::uint32_t>(m_host.service.limits.headBytes));
    m_parser->body_limit(std::numeric_limits<std::uint64_t>::max()); // HttpExchange counts
    if (m_host.service.draining)
        return cut();
    if (m_buffer.size() > 0)
        return readHead();
    m_idle = true;
    m_stream.expires_after(patience);
    m_stream.async_read_some(m_buffer.prepare(kReadBytes),
                             [self = shared_from_this()](error_code failure, std::size_t bytes) {
                                 self->m_idle = false;
                                 if (failure)
                                     return self->cut();
                                 self->m_buffer.commit(bytes);
                                 self->readHead();
                             });
}

void Session::readHead()
{
    m_stream.expires_after(m_host.service.limits.headTimeout);
    http::async_read_header(m_stream, m_buffer, *m_parser,
                            [self = shared_from_this()](error_code failure, std::size_t) { self->onHead(failure); });
}

void Session::onHead(error_code failure)
{
    if (failure && !isProtocolError(failure))
        return cut();
    if (failure)
        return m_exchange.takeBadHead(failure == http::error::header_limit || failure == http::error::buffer_overflow,
                                      failure.message());
    const auto& message = m_parser->get();
    HeadFacts facts;
    facts.head.method = std::string(message.method_string());
    for (const auto& field : message) {
        facts.head.fields.push_back(
            {lowerCase(std::string_view(field.name_string().data(), field.name_string().size())),
             std::string(field.value())});
    }
    parseTarget(std::string_view(message.target().data(), message.target().size()), facts.head);
    const auto length = m_parser->content_length();
    facts.head.peer = m_peer;
    facts.head.contentLength = length ? static_cast<std::size_t>(*length) : 0;
    facts.keepAlive = m_parser->keep_alive();
    facts.oldHttp = message.version() < 11;
    facts.chunked = m_parser->chunked();
    facts.complete = m_parser->is_done();
    m_exchange.takeHead(std::move(facts));
}

void Session::readBody(std::chrono::milliseconds patience)
{
    m_piece.resize(kReadBytes);
    auto& body = m_parser->get().body();
    body.data = m_piece.data();
    body.size = m_piece.size();
    body.more = true;
    m_stream.expires_after(patience);
    http::async_read(m_stream, m_buffer, *m_parser,
                     [self = shared_from_this()](error_code failure, std::size_t) { self->onBody(failure); });
}

void Session::onBody(error_code failure)
{
    if (failure && failure != http::error::need_buffer)
        return isProtocolError(failure) ? m_exchange.takeBrokenBody(failure.message()) : cut();
    const std::size_t bytes = m_piece.size() - m_parser->get().body().size;
    m_exchange.takeBody(std::string_view(m_piece.data(), bytes), m_parser->is_done());
}

void Session::write(std::string head, std::string body, std::function<void()> then)
{
    m_out = {std::move(head), std::move(body)};
    m_stream.expires_after(m_host.service.limits.writeStall);
    const std::array<net::const_buffer, 2> buffers{net::buffer(m_out[0]), net::buffer(m_out[1])};
    net::async_write(m_stream, buffers,
                     [self = shared_from_this(), done = std::move(then)](error_code failure, std::size_t) {
                         self->m_out = {};
                         if (failure)
                             return self->cut();
                         done();
                     });
}

/// Closing with unread input makes the kernel reset the connection, and the client loses the answer.
void Session::lingerClose()
{
    error_code ignored;
    m_stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    m_buffer.clear();
    m_stream.expires_after(m_host.service.limits.linger);
    m_idle = true; // nothing is lost when a stop cuts it here
    discardInput();
}

void Session::discardInput()
{
    m_stream.async_read_some(m_buffer.prepare(kReadBytes),
                             [self = shared_from_this()](error_code failure, std::size_t) {
                                 if (failure)
                                     return self->cut();
                                 self->discardInput();
                             });
}

void Session::upgrade(HttpHead head, std::shared_ptr<const void> seat)
{
    UpgradedConnection connection;
    connection.head = std::move(head);
    connection.seat = std::move(seat);
    connection.received.assign(static_cast<const char*>(m_buffer.data().data()), m_buffer.size());
    m_stream.expires_never();
    error_code failure;
    connection.socket = m_stream.release_socket().release(failure);
    m_host.sessions.erase(this);
    if (!failure)
        m_host.upgrade(std::move(connection));
}

} // namespace

struct HttpServer::State {
    SessionHost host;
    net::executor_work_guard<net::io_context::executor_type> work;
    std::thread thread;

    State(HttpHandler& handler, WorkerPool& streams, ServerCounters& counters, HttpLimits limits, Upgrade upgrade)
        : host{HttpService{handler, streams, counters, limits, BodyBudget(limits.allBodiesBytes)}, std::move(upgrade)},
          work(net::make_work_guard(host.io)),
          thread([this] { host.io.run(); })
    { }

    void open(int socket, const std::string& peer)
    {
        {
            const std::lock_guard lock(host.mutex);
            ++host.open;
        }
        error_code failure;
        tcp::socket stream(host.io);
        stream.assign(tcp::v4(), socket, failure);
        const auto session = std::make_shared<Session>(host, std::move(stream), peer);
        host.sessions.emplace(session.get(), session);
        failure ? session->cut() : session->start();
    }

    void endAll(bool now)
    {
        host.service.draining = true;
        const auto sessions = host.sessions; // ending one removes it from the map
        for (const auto& [key, weak] : sessions) {
            if (const auto session = weak.lock())
                now ? session->cut() : session->endIfIdle();
        }
    }

    bool waitUntilEmpty(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(host.mutex);
        return host.emptied.wait_for(lock, patience, [this] { return host.open == 0; });
    }
};

HttpServer::HttpServer(HttpHandler& handler, WorkerPool& streams, ServerCounters& counters, HttpLimits limits,
                       Upgrade upgrade)
    : m_state(std::make_unique<State>(handler, streams, counters, limits, std::move(upgrade)))
{ }

HttpServer::~HttpServer()
{
    stop(std::chrono::milliseconds(0));
}

void HttpServer::adopt(int socket, std::string peer)
{
    if (peer.empty())
        peer = peerOf(socket);
    net::post(m_state->host.io, [state = m_state.get(), socket, peer = std::move(peer)] {
        HttpService& service = state->host.service;
        if (state->host.sessions.size() < service.limits.connections)
            return state->open(socket, peer);
        constexpr std::string_view kFull = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n"
                                           "Content-Length: 0\r\nConnection: close\r\n\r\n";
        service.counters.httpConnectionsRefused++;
        if (::send(socket, kFull.data(), kFull.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
            service.counters.httpServerErrors++;
        ::close(socket);
    });
}

void HttpServer::drain()
{
    net::post(m_state->host.io, [state = m_state.get()] { state->endAll(false); });
}

void HttpServer::stop(std::chrono::milliseconds grace)
{
    if (!m_state->thread.joinable())
        return;
    drain();
    if (!m_state->waitUntilEmpty(grace)) {
        net::post(m_state->host.io, [state = m_state.get()] { state->endAll(true); });
        m_state->waitUntilEmpty(std::chrono::milliseconds(200));
    }
    m_state->work.reset();
    m_state->host.io.stop();
    m_state->thread.join();
}

} // namespace tracedeck
