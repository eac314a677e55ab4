// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/http_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <utility>

namespace tracedeck {

namespace {

/// Bytes of a streamed answer that wait for a slow reader.
constexpr std::size_t kStreamBytes = std::size_t{4} << 20U;

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

} // namespace

HttpExchange::HttpExchange(HttpWire& wire, HttpService& service) : m_wire(wire), m_service(service)
{ }

HttpExchange::~HttpExchange()
{
    abandon();
}

void HttpExchange::abandon()
{
    m_service.budget.give(std::exchange(m_budgeted, 0));
    if (m_pipe)
        m_pipe->close();
}

void HttpExchange::takeBadHead(bool tooLong, std::string_view reason)
{
    m_facts = {};
    HttpResponse response = m_service.handler.failure(
        m_facts.head, makeError(ErrorCode::Malformed, "request", fmt::format("not a valid HTTP request: {}", reason)));
    if (tooLong)
        response.status = 431;
    refuse(std::move(response));
}

void HttpExchange::takeHead(HeadFacts facts)
{
    m_facts = std::move(facts);
    const HttpHead& head = m_facts.head;
    m_service.counters.httpRequests++;
    if (head.fieldCount("transfer-encoding") > 0 && !m_facts.chunked)
        return refuse(makeError(ErrorCode::Malformed, "request", "Transfer-Encoding must be chunked"));
    HeadVerdict verdict = m_service.handler.checkHead(head);
    switch (verdict.kind) {
    case HeadVerdict::Kind::Refuse:
        verdict.refusal.close = verdict.refusal.close || !m_facts.complete;
        return answer(std::move(verdict.refusal));
    case HeadVerdict::Kind::WebSocket:
        if (!equalsIgnoringCase(head.field("upgrade"), "websocket") || head.field("sec-websocket-key").empty())
            return refuse(makeError(ErrorCode::InvalidArgument, head.path, "this path speaks WebSocket only"));
        return m_wire.upgrade(std::move(m_facts.head), std::move(verdict.seat));
    case HeadVerdict::Kind::ReadBody:
        break;
    }
    m_bodyLimit = verdict.bodyLimit;
    m_bodyStart = std::chrono::steady_clock::now();
    if (m_facts.complete)
        return dispatch();
    if (!m_facts.oldHttp && equalsIgnoringCase(head.field("expect"), "100-continue"))
        return m_wire.write("HTTP/1.1 100 Continue\r\n\r\n", {}, [this] { readMore(); });
    readMore();
}

void HttpExchange::readMore()
{
    const auto spent = std::chrono::steady_clock::now() - m_bodyStart;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(m_service.limits.bodyTimeout - spent);
    m_wire.readBody(std::clamp(left, std::chrono::milliseconds(1), m_service.limits.bodyStall));
}

void HttpExchange::takeBody(std::string_view piece, bool complete)
{
    if (const auto problem = keepPiece(piece))
        return refuse(*problem);
    complete ? dispatch() : readMore();
}

void HttpExchange::takeBrokenBody(std::string_view reason)
{
    refuse(makeError(ErrorCode::Malformed, "request", fmt::format("broken body: {}", reason)));
}

std::optional<Error> HttpExchange::keepPiece(std::string_view piece)
{
    const std::size_t size = m_body.size() + piece.size();
    if (size > m_bodyLimit)
        return makeError(ErrorCode::TooLarge, "request", fmt::format("the body has more than {} bytes", m_bodyLimit));
    if (!m_service.budget.take(piece.size()))
        return makeError(ErrorCode::Busy, "request", "too many large bodies are arriving", {}, true);
    m_budgeted += piece.size();
    m_service.counters.httpBodyBytes += piece.size();
    if (size > m_body.capacity()) {
        // A declared length is only believed as far as twice what has come.
        const std::size_t doubled = std::max(2 * m_body.capacity(), size);
        const std::size_t declared = m_facts.head.contentLength;
        m_body.reserve(declared >= size ? std::min(doubled, declared) : doubled);
    }
    m_body.append(piece);
    return std::nullopt;
}

void HttpExchange::dispatch()
{
    HttpRequest request;
    request.head = m_facts.head;
    request.body = std::exchange(m_body, {});
    m_service.handler.handle(std::move(request), [this, wire = m_wire.keepAlive()](HttpResponse response) {
        auto shared = std::make_shared<HttpResponse>(std::move(response));
        wire->post([this, wire, shared] { answer(std::move(*shared)); });
    });
}

void HttpExchange::refuse(const Error& error)
{
    refuse(m_service.handler.failure(m_facts.head, error));
}

void HttpExchange::refuse(HttpResponse response)
{
    response.close = true;
    answer(std::move(response));
}

void HttpExchange::answer(HttpResponse response)
{
    m_service.budget.give(std::exchange(m_budgeted, 0));
    m_body = {};
    if (response.status >= 500)
        m_service.counters.httpServerErrors++;
    else if (response.status >= 400)
        m_service.counters.httpClientErrors++;
    m_facts.keepAlive = m_facts.keepAlive && !response.close && !m_service.draining;
    const bool bodiless = m_facts.head.method == "HEAD";
    if (response.stream && !bodiless)
        return startStream(std::move(response));
    const BodyFraming framing = response.stream ? BodyFraming::Chunked : BodyFraming::Length;
    std::string head = serializeHead(response, framing, m_facts.keepAlive, std::time(nullptr));
    m_wire.write(std::move(head), bodiless ? std::string() : std::move(response.body), [this] { afterAnswer(); });
}

void HttpExchange::startStream(HttpResponse response)
{
    m_headSent = false;
    m_facts.keepAlive = m_facts.keepAlive && !m_facts.oldHttp;
    auto pipe = std::make_shared<ChunkPipe>(kStreamBytes, m_service.limits.writeStall);
    // Weak: the pipe belongs to the connection, which must be able to end first.
    pipe->setReadable([this, weak = std::weak_ptr<HttpWire>(m_wire.keepAlive())] {
        if (const auto wire = weak.lock())
            wire->post([this, wire] { pump(); });
    });
    BodyProducer producer = std::exchange(response.stream, nullptr);
    m_streamed = std::move(response);
    m_pipe = pipe;
    const bool queued = m_service.streams.post([wire = m_wire.keepAlive(), pipe, producer = std::move(producer)] {
        pipe->finish(producer([&](std::string&& chunk) { return pipe->push(std::move(chunk)); }));
    });
    if (queued)
        return;
    m_pipe.reset();
    answer(m_service.handler.failure(m_facts.head,
                                     makeError(ErrorCode::Busy, "api", "too many readers at once", {}, true)));
}

void HttpExchange::pump()
{
    std::string chunk;
    if (m_writing || !m_pipe)
        return;
    const ChunkPipe::Next next = m_pipe->pop(chunk);
    if (next == ChunkPipe::Next::Nothing)
        return;
    if (next == ChunkPipe::Next::End)
        return endStream();
    std::string head;
    if (!std::exchange(m_headSent, true))
        head = serializeHead(m_streamed, m_facts.oldHttp ? BodyFraming::UntilClose : BodyFraming::Chunked,
                             m_facts.keepAlive, std::time(nullptr));
    if (!m_facts.oldHttp) {
        head += fmt::format("{:x}\r\n", chunk.size());
        chunk += "\r\n";
    }
    m_writing = true;
    m_wire.write(std::move(head), std::move(chunk), [this] {
        m_writing = false;
        pump();
    });
}

void HttpExchange::endStream()
{
    const Result<void> outcome = m_pipe->outcome();
    m_pipe.reset();
    if (!m_headSent)
        return answer(outcome ? std::move(m_streamed) : m_service.handler.failure(m_facts.head, outcome.error()));
    if (!outcome)
        return m_wire.cut();
    m_wire.write(m_facts.oldHttp ? std::string() : std::string("0\r\n\r\n"), {}, [this] { afterAnswer(); });
}

void HttpExchange::afterAnswer()
{
    m_streamed = {};
    if (m_service.draining)
        return m_wire.cut();
    m_facts.keepAlive ? m_wire.readNextRequest() : m_wire.lingerClose();
}

} // namespace tracedeck
