// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_http_client.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tracedeck {
namespace {

constexpr int kFirstRefusal = 400;

/// A refusal is shown to people and may repeat what it was sent: what stands last in each header line goes.
void maskSent(const QByteArray& headers, std::string& body)
{
    for (const QByteArray& line : headers.split('\n')) {
        const std::string secret = line.trimmed().split(' ').last().toStdString();
        for (std::size_t at = 0; !secret.empty() && (at = body.find(secret, at)) != std::string::npos;) {
            body.replace(at, secret.size(), "***");
        }
    }
}

} // namespace

EngineHttpClient::EngineHttpClient(EngineEndpoint endpoint, QObject* parent)
    : QObject(parent), m_endpoint(std::move(endpoint)), m_headers(m_endpoint.headers)
{ }

std::uint64_t EngineHttpClient::get(const std::string& target, std::size_t maxBytes, Done done)
{
    auto question = std::make_shared<Question>();
    question->id = ++m_lastId;
    question->target = target;
    question->maxBytes = maxBytes;
    question->done = std::move(done);
    m_waiting.push_back(question);
    startWaiting();
    return question->id;
}

void EngineHttpClient::startWaiting()
{
    while (!m_waiting.empty() && m_running.size() < kMaxConnections) {
        auto question = std::move(m_waiting.front());
        m_waiting.pop_front();
        start(std::move(question));
    }
}

EngineConnection* EngineHttpClient::idleConnection()
{
    while (!m_idle.empty()) {
        EngineConnection* connection = m_idle.back();
        m_idle.pop_back();
        if (connection->isIdle()) {
            return connection;
        }
        connection->deleteLater();
    }
    auto* connection = new EngineConnection(m_endpoint, this);
    connection->setHeaders(m_headers);
    return connection;
}

void EngineHttpClient::start(std::shared_ptr<Question> question)
{
    EngineConnection* connection = idleConnection();
    m_running.emplace(question->id, connection);
    EngineRequestEvents events;
    const auto refuse = [this, question, connection] {
        connection->abort();
        // Later: the connection is still reading.
        QMetaObject::invokeMethod(
            this,
            [this, question, connection] {
                if (m_running.count(question->id) > 0) {
                    ended(question, connection,
                          makeError(ErrorCode::TooLarge, m_endpoint.text().toStdString(),
                                    "the answer is larger than this window can hold"));
                }
            },
            Qt::QueuedConnection);
    };
    events.head = [question, refuse](const HttpResponseHead& head) {
        question->reply.head = head;
        const std::string declared(head.field("content-length"));
        if (std::strtoull(declared.c_str(), nullptr, 10) > question->maxBytes) {
            refuse(); // not a byte of it is waited for
        }
    };
    events.body = [question, refuse](std::string_view part) {
        if (question->reply.body.size() + part.size() <= question->maxBytes) {
            question->reply.body.append(part);
        } else {
            refuse();
        }
    };
    events.end = [this, question, connection](Result<void> result) { ended(question, connection, std::move(result)); };
    connection->get(question->target, m_silenceMs, std::move(events));
}

void EngineHttpClient::ended(const std::shared_ptr<Question>& question, EngineConnection* connection,
                             Result<void> result)
{
    m_running.erase(question->id);
    if (connection->isIdle()) {
        m_idle.push_back(connection);
    } else {
        connection->deleteLater();
    }
    // A kept connection may have been closed by the peer in the very moment it was used again.
    if (!result.ok() && connection->wasUsed() && !connection->sawBytes() && !question->retried
        && result.error().code == ErrorCode::Unreachable) {
        question->retried = true;
        question->reply = {};
        m_waiting.push_front(question);
        QMetaObject::invokeMethod(this, &EngineHttpClient::startWaiting, Qt::QueuedConnection);
        return;
    }
    if (question->reply.head.status >= kFirstRefusal) {
        maskSent(m_headers, question->reply.body);
    }
    const Done done = std::exchange(question->done, {});
    if (done) {
        result.ok() ? done(std::move(question->reply)) : done(result.error());
    }
    startWaiting();
}

std::uint64_t EngineHttpClient::stream(const std::string& target, EngineRequestEvents events)
{
    const std::uint64_t id = ++m_lastId;
    auto* connection = new EngineConnection(m_endpoint, this);
    connection->setHeaders(m_headers);
    m_streams.emplace(id, connection);
    events.end = [this, id, connection, end = events.end](Result<void> result) {
        m_streams.erase(id);
        connection->deleteLater();
        if (end) {
            end(std::move(result));
        }
    };
    connection->get(target, 0, std::move(events));
    return id;
}

void EngineHttpClient::setReading(std::uint64_t id, bool on)
{
    if (const auto found = m_streams.find(id); found != m_streams.end()) {
        found->second->setReading(on);
    }
}

void EngineHttpClient::cancel(std::uint64_t id)
{
    std::erase_if(m_waiting, [id](const auto& question) { return question->id == id; });
    for (auto* requests : {&m_running, &m_streams}) {
        if (const auto found = requests->find(id); found != requests->end()) {
            found->second->abort();
            found->second->deleteLater();
            requests->erase(found);
        }
    }
    startWaiting();
}

void EngineHttpClient::cancelAll()
{
    m_waiting.clear();
    for (auto* requests : {&m_running, &m_streams}) {
        for (const auto& [id, connection] : std::exchange(*requests, {})) {
            connection->abort();
            connection->deleteLater();
        }
    }
}

} // namespace tracedeck
