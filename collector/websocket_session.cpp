// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/websocket_session.h"

#include <utility> // before Asio: version 1.74 uses std::exchange without it

#include "collector/push_queue.h"
#include "formats/trace_api_json.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <unistd.h>

#include <map>
#include <string>
#include <thread>

namespace tracedeck {

namespace net = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using net::ip::tcp;

namespace {

/// Clients have nothing to say beyond control frames.
constexpr std::size_t kMaxIncoming = 4096;

class PushSession;

struct PushHost {
    ServerCounters& counters;
    PushLimits limits;
    std::map<PushSession*, std::weak_ptr<PushSession>> sessions{}; ///< I/O thread only
    net::io_context io{1}; ///< last: what it still holds at its end uses all of the above
};

/// One client. All functions run on the I/O thread.
class PushSession : public std::enable_shared_from_this<PushSession> {
public:
    PushSession(PushHost& host, tcp::socket socket, const HttpHead& head, std::shared_ptr<const void> seat)
        : m_host(host),
          m_seat(std::move(seat)),
          m_socket(std::move(socket)),
          m_queue(wantsOwn(head), host.limits.waitingTraces)
    {
        m_request.method(http::verb::get);
        m_request.target("/");
        m_request.version(11);
        for (const HttpField& field : head.fields)
            m_request.insert(field.name, field.value);
        m_host.counters.pushClients++;
    }

    ~PushSession() { m_host.counters.pushClients--; }

    void start()
    {
        error_code ignored;
        boost::beast::get_lowest_layer(m_socket).socket().set_option(tcp::no_delay(true), ignored);
        if (m_host.limits.sendBufferBytes > 0)
            boost::beast::get_lowest_layer(m_socket).socket().set_option(
                net::socket_base::send_buffer_size(m_host.limits.sendBufferBytes), ignored);
        websocket::stream_base::timeout timeouts{};
        timeouts.handshake_timeout = std::chrono::seconds(10);
        timeouts.idle_timeout = m_host.limits.idle;
        timeouts.keep_alive_pings = true;
        m_socket.set_option(timeouts);
        m_socket.read_message_max(kMaxIncoming);
        m_socket.text(true);
        m_socket.async_accept(m_request, [self = shared_from_this()](error_code failure) {
            if (failure)
                return self->end();
            self->m_open = true;
            self->read();
            self->writeNext();
        });
    }

    void tell(const std::vector<TraceChange>& changes)
    {
        if (changes.empty())
            m_queue.requireResync();
        else if (!m_queue.add(changes))
            m_host.counters.pushResyncs++;
        writeNext();
    }

    void end()
    {
        m_open = false;
        m_host.sessions.erase(this);
        boost::beast::get_lowest_layer(m_socket).close();
    }

private:
    static bool wantsOwn(const HttpHead& head)
    {
        const std::string* own = head.parameter("own");
        return own != nullptr && *own != "0" && *own != "false";
    }

    void read()
    {
        m_socket.async_read(m_incoming, [self = shared_from_this()](error_code failure, std::size_t) {
            self->m_incoming.clear();
            if (failure)
                return self->end();
            self->read();
        });
    }

    void writeNext()
    {
        if (!m_open || m_writing)
            return;
        const auto message = m_queue.next();
        if (!message)
            return;
        m_host.counters.pushDropped += message->dropped;
        m_out = encodeTraceChanges(*message);
        m_writing = true;
        m_socket.async_write(net::buffer(m_out), [self = shared_from_this()](error_code failure, std::size_t) {
            self->m_writing = false;
            if (failure)
                return self->end();
            self->writeNext();
        });
    }

    PushHost& m_host;
    std::shared_ptr<const void> m_seat;
    websocket::stream<boost::beast::tcp_stream> m_socket;
    http::request<http::empty_body> m_request;
    boost::beast::flat_buffer m_incoming{kMaxIncoming + 1024};
    PushQueue m_queue;
    std::string m_out;
    bool m_open = false;
    bool m_writing = false;
};

} // namespace

struct PushServer::State {
    PushHost host;
    net::executor_work_guard<net::io_context::executor_type> work;
    std::thread thread;

    State(ServerCounters& counters, PushLimits limits)
        : host{counters, limits}, work(net::make_work_guard(host.io)), thread([this] { host.io.run(); })
    { }

    void open(const UpgradedConnection& connection)
    {
        // A client may not speak before the handshake is answered.
        if (!connection.received.empty()) {
            ::close(connection.socket);
            return;
        }
        error_code failure;
        tcp::socket socket(host.io);
        socket.assign(tcp::v4(), connection.socket, failure);
        const auto session = std::make_shared<PushSession>(host, std::move(socket), connection.head, connection.seat);
        host.sessions.emplace(session.get(), session);
        failure ? session->end() : session->start();
    }

    std::vector<std::shared_ptr<PushSession>> living() const
    {
        std::vector<std::shared_ptr<PushSession>> found;
        for (const auto& [key, weak] : host.sessions) {
            if (auto session = weak.lock())
                found.push_back(std::move(session));
        }
        return found;
    }
};

PushServer::PushServer(ServerCounters& counters, PushLimits limits) : m_state(std::make_unique<State>(counters, limits))
{ }

PushServer::~PushServer()
{
    stop();
}

void PushServer::adopt(UpgradedConnection connection)
{
    auto shared = std::make_shared<UpgradedConnection>(std::move(connection));
    net::post(m_state->host.io, [state = m_state.get(), shared] { state->open(*shared); });
}

void PushServer::publish(std::vector<TraceChange> changes)
{
    auto shared = std::make_shared<const std::vector<TraceChange>>(std::move(changes));
    net::post(m_state->host.io, [state = m_state.get(), shared] {
        for (const auto& session : state->living())
            session->tell(*shared);
    });
}

void PushServer::stop()
{
    if (!m_state->thread.joinable())
        return;
    net::post(m_state->host.io, [state = m_state.get()] {
        for (const auto& session : state->living())
            session->end();
        state->work.reset();
        state->host.io.stop();
    });
    m_state->thread.join();
}

} // namespace tracedeck
