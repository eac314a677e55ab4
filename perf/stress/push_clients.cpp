// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/push_clients.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

namespace tracedeck::stress {

namespace {

constexpr int kSmallReceiveBuffer = 4096;
/// The planted faults hit one message in so many.
constexpr std::uint64_t kFaultEvery = 7;

} // namespace

std::int64_t steadyNowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

PushClients::~PushClients()
{
    stop();
}

HttpAnswer PushClients::connect(const std::string& address, const std::string& token, bool slow)
{
    Result<StressSocket> socket =
        StressSocket::connect(address, std::chrono::seconds(10), slow ? kSmallReceiveBuffer : 0);
    if (!socket)
        return {};
    HttpAnswer answer = socket.value().ask(upgradeRequest(address, token));
    if (answer.status != 101)
        return answer;
    auto client = std::make_unique<Client>(
        Client{std::move(socket).value(), WebSocketFrames(), DeliveryLedger(m_times.capacity()), slow, false});
    client->frames.feed(client->socket.takeRest());
    m_clients.push_back(std::move(client));
    return answer;
}

void PushClients::start()
{
    m_thread = std::thread([this] { run(); });
}

void PushClients::stop()
{
    m_stopping = true;
    if (m_thread.joinable())
        m_thread.join();
}

bool PushClients::allOpened() const
{
    const std::lock_guard lock(m_mutex);
    return std::all_of(m_clients.begin(), m_clients.end(),
                       [](const auto& client) { return client->slow || client->gone || client->ledger.opened(); });
}

bool PushClients::allSettled(std::uint64_t produced, std::uint64_t last) const
{
    const std::lock_guard lock(m_mutex);
    return std::all_of(m_clients.begin(), m_clients.end(), [produced, last](const auto& client) {
        return client->gone || client->ledger.settled(produced) || client->ledger.has(last);
    });
}

void PushClients::run()
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& client : m_clients)
            takeFrames(*client); // what came together with the handshake
    }
    while (!m_stopping) {
        std::vector<pollfd> watched;
        std::vector<Client*> owners;
        for (const auto& client : m_clients) {
            if (client->gone || (client->slow && !m_released))
                continue;
            watched.push_back({client->socket.descriptor(), POLLIN, 0});
            owners.push_back(client.get());
        }
        const int ready = ::poll(watched.data(), watched.size(), 50); // looks up for stop() and release()
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; ready > 0 && i < watched.size(); ++i) {
            if (watched[i].revents != 0)
                readFrom(*owners[i]);
        }
    }
}

void PushClients::readFrom(Client& client)
{
    std::array<char, 65536> piece{};
    const ssize_t got = ::recv(client.socket.descriptor(), piece.data(), piece.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got > 0)
        client.frames.feed(std::string_view(piece.data(), static_cast<std::size_t>(got)));
    client.gone = got <= 0;
    takeFrames(client);
    m_errors += client.gone ? 1 : 0;
}

void PushClients::takeFrames(Client& client)
{
    std::string payload;
    for (;;) {
        const WebSocketFrames::Kind kind = client.frames.next(payload);
        if (kind == WebSocketFrames::Kind::None)
            break;
        if (kind == WebSocketFrames::Kind::Text)
            takeText(client, payload);
        else if (kind == WebSocketFrames::Kind::Ping)
            client.gone = !client.socket.send(clientFrame(10, payload)) || client.gone;
        else
            client.gone = true;
        if (client.gone)
            break;
    }
}

void PushClients::takeText(Client& client, const std::string& text)
{
    const std::int64_t now = steadyNowNs();
    Result<TraceChangeMessage> decoded = decodeTraceChanges(text);
    if (!decoded) {
        ++m_errors;
        return;
    }
    TraceChangeMessage message = std::move(decoded).value();
    const bool hit = !message.resync && ++m_texts % kFaultEvery == 0;
    const auto note = [&](std::uint64_t number) { m_latencies.push_back(now - m_times.at(number)); };
    if (hit && m_planted == PlantedFault::Loss)
        message.changes.pop_back();
    if (hit && m_planted == PlantedFault::Gap)
        ++message.sequence;
    if (hit && m_planted == PlantedFault::Duplicate)
        message.changes.push_back(message.changes.front());
    client.ledger.take(message, note);
}

} // namespace tracedeck::stress
