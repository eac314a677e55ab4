// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/collector_link.h"

#include "formats/trace_api_json.h"
#include "sources/collector_trust.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QThreadPool>
#include <QUrl>

#include <atomic>
#include <ctime>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace tracedeck {

namespace {

/// Without a byte for this long a transfer has failed.
constexpr int kSilenceMs = 15'000;
/// So much of an answer is gathered before its reader gets it.
constexpr qsizetype kPieceBytes = qsizetype{1} << 20U;
/// Choices of the list somebody may come back to; a page of 200 traces takes some 60 KB.
constexpr std::size_t kKeptAnswers = 32;
constexpr const char* kCollectorHint = "Is the collector running?";

Error networkError(const QNetworkReply& reply, const std::string& source)
{
    const std::string what = reply.errorString().toStdString();
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError: // also how a transfer timeout shows
    case QNetworkReply::TimeoutError:
        return makeError(ErrorCode::TimedOut, source, "no answer in time", {}, true);
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
        return makeError(ErrorCode::Unreachable, source, what, kCollectorHint, true);
    case QNetworkReply::SslHandshakeFailedError:
        return makeError(ErrorCode::PermissionDenied, source, what);
    default:
        return makeError(ErrorCode::Unreachable, source, what, {}, true);
    }
}

/// A connection that closes in the middle of a body sometimes ends without an error; then the promised length tells.
/// A body that was unpacked on the way has no such header any more.
bool endsEarly(const QNetworkReply& reply, std::size_t received)
{
    bool promised = false;
    const qulonglong bytes = reply.rawHeader("Content-Length").toULongLong(&promised);
    return promised && received < bytes;
}

Error statusError(int status, const QByteArray& body, const std::string& source)
{
    const std::string what = "answered " + std::to_string(status);
    Error fallback = makeError(ErrorCode::Internal, source, what, {}, status >= 500);
    if (status == 401)
        fallback = makeError(ErrorCode::Unauthorized, source, "the token is not accepted");
    else if (status == 403)
        fallback = makeError(ErrorCode::PermissionDenied, source, what);
    else if (status == 404)
        fallback = makeError(ErrorCode::NotFound, source, what);
    else if (status == 429 || status == 503)
        fallback = makeError(ErrorCode::Busy, source, what, {}, true);
    return decodeApiError(std::string_view(body.constData(), static_cast<std::size_t>(body.size())),
                          std::move(fallback));
}

QueryReach reachOf(const CollectorRequest& request)
{
    if (request.post)
        return QueryReach::Alone;
    if (request.bypassCaches)
        return QueryReach::Bypass;
    return request.newest ? QueryReach::Newest : QueryReach::Kept;
}

} // namespace

/// An answer on its way through a reader: pieces wait here for the one worker that is busy with it.
struct CollectorLink::Pieces {
    std::unique_ptr<AnswerReader> reader; ///< of the worker
    bool good = true; ///< of the worker
    std::mutex mutex;
    std::deque<QByteArray> waiting;
    bool working = false;
    std::function<void()> last; ///< what to do when all pieces were read
};

struct CollectorLink::Running {
    std::uint64_t flight = 0;
    bool conditional = false; ///< "not modified" is an answer to it
    CollectorRequest request;
    std::shared_ptr<CollectorCache> cache;
    Clock clock;
    QPointer<QNetworkReply> reply;
    QByteArray body; ///< what arrived and is not with the pieces
    std::size_t received = 0;
    std::shared_ptr<Pieces> pieces; ///< null until the answer is larger than one
    bool tooLarge = false;
    std::atomic<bool> cancelled{false};

    /// Tells whoever waits; on any thread.
    void end(Result<CollectorCache::Answer> result) const
    {
        if (request.post)
            cache->expire(); // also after a failure: it may have been done all the same
        cache->complete(request.target, flight, clock(), std::move(result));
    }
};

CollectorLink::CollectorLink(CollectorEndpoint endpoint, Clock clock)
    : m_endpoint(std::move(endpoint)),
      m_cache(std::make_shared<CollectorCache>(kKeptAnswers)),
      m_clock(std::move(clock))
{ }

std::int64_t CollectorLink::sleeplessNowNs()
{
    std::timespec now{};
    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

CollectorLink::~CollectorLink()
{
    const auto running = std::exchange(m_running, {});
    for (const auto& [flight, one] : running) {
        one->cancelled = true;
        if (one->reply) {
            one->reply->disconnect(this);
            one->reply->abort();
        }
    }
}

void CollectorLink::send(std::uint64_t id, CollectorRequest request, const Done& done)
{
    const CollectorCache::Decision decision =
        m_cache->ask(request.target, m_clock(), reachOf(request), id,
                     [done](const CollectorResult& result) { done(result, false); });
    if (decision.kind == CollectorCache::Decision::Kind::Fresh)
        done(decision.value, true);
    else if (decision.kind == CollectorCache::Decision::Kind::Fetch)
        transmit(std::move(request), decision);
}

void CollectorLink::transmit(CollectorRequest request, const CollectorCache::Decision& decision)
{
    if (m_network == nullptr) {
        m_network = new QNetworkAccessManager(this);
        m_network->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        m_network->setTransferTimeout(kSilenceMs);
    }
    const std::string url = (m_endpoint.tls ? "https://" : "http://") + m_endpoint.address + request.target;
    QNetworkRequest outgoing(QUrl::fromEncoded(QByteArray::fromStdString(url)));
    outgoing.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(m_endpoint.token));
    outgoing.setRawHeader("Accept", QByteArray::fromStdString(request.accept));
    outgoing.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    outgoing.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    const auto running = std::make_shared<Running>();
    if (!decision.etag.empty())
        outgoing.setRawHeader("If-None-Match", QByteArray::fromStdString(decision.etag));
    running->flight = decision.flight;
    running->conditional = !decision.etag.empty();
    running->cache = m_cache;
    running->clock = m_clock;
    if (request.post) {
        outgoing.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        running->reply = m_network->post(outgoing, QByteArrayLiteral("{}"));
    } else {
        running->reply = m_network->get(outgoing);
    }
    if (!m_endpoint.fingerprint.empty())
        connect(running->reply, &QNetworkReply::sslErrors, this,
                [reply = running->reply, pin = m_endpoint.fingerprint](const QList<QSslError>& errors) {
                    if (reply && isPinnedCertificate(pin, errors))
                        reply->ignoreSslErrors(errors);
                });
    running->request = std::move(request);
    m_running[running->flight] = running;
    connect(running->reply, &QNetworkReply::readyRead, this, [running] { takeBytes(running); });
    connect(running->reply, &QNetworkReply::finished, this, [this, running] { finish(running); });
}

void CollectorLink::takeBytes(const std::shared_ptr<Running>& running)
{
    const QByteArray bytes = running->reply->readAll();
    running->received += static_cast<std::size_t>(bytes.size());
    running->body += bytes;
    if (running->received > running->request.maxBytes) {
        running->tooLarge = true;
        running->reply->abort();
    } else if (running->body.size() >= kPieceBytes && running->request.reader != nullptr
               && running->reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200) {
        if (running->pieces == nullptr) {
            running->pieces = std::make_shared<Pieces>();
            running->pieces->reader = running->request.reader();
        }
        handOver(running, std::exchange(running->body, {}), nullptr);
    }
}

/// Reading a piece is faster than receiving one, so few ever wait.
void CollectorLink::handOver(const std::shared_ptr<Running>& running, QByteArray piece, std::function<void()> last)
{
    const std::shared_ptr<Pieces> pieces = running->pieces;
    const std::lock_guard adding(pieces->mutex);
    pieces->waiting.push_back(std::move(piece));
    pieces->last = std::move(last);
    if (std::exchange(pieces->working, true))
        return;
    QThreadPool::globalInstance()->start([running, pieces] {
        for (;;) {
            std::unique_lock lock(pieces->mutex);
            if (pieces->waiting.empty() || running->cancelled) {
                pieces->working = false;
                const std::function<void()> end = std::exchange(pieces->last, nullptr);
                lock.unlock();
                if (end && !running->cancelled)
                    end();
                return;
            }
            const QByteArray next = std::move(pieces->waiting.front());
            pieces->waiting.pop_front();
            lock.unlock();
            pieces->good = pieces->good
                && pieces->reader->add(std::string_view(next.constData(), static_cast<std::size_t>(next.size())));
        }
    });
}

void CollectorLink::cancel(std::uint64_t id)
{
    const auto found = m_running.find(m_cache->cancel(id));
    if (found == m_running.end()) // others wait for it, or only its decoding is left
        return;
    const std::shared_ptr<Running> running = found->second;
    m_running.erase(found);
    running->cancelled = true;
    if (running->reply)
        running->reply->abort();
}

void CollectorLink::finish(const std::shared_ptr<Running>& running)
{
    const QPointer<QNetworkReply> reply = running->reply;
    reply->deleteLater();
    if (running->cancelled)
        return;
    m_running.erase(running->flight);
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool answered = status >= 400 && reply->error() >= QNetworkReply::ContentAccessDenied;
    if (answered || reply->error() == QNetworkReply::NoError) {
        const QByteArray rest = reply->readAll();
        running->received += static_cast<std::size_t>(rest.size());
        running->body += rest;
    }
    std::optional<Error> problem;
    if (running->tooLarge)
        problem = makeError(ErrorCode::TooLarge, m_endpoint.address, "the answer is larger than this window can hold");
    else if (status == 304 && running->conditional)
        return running->end(CollectorCache::Answer());
    else if (status == 404 && running->request.missingIsEmpty)
        running->body.clear();
    else if (answered || (reply->error() == QNetworkReply::NoError && status != 200))
        problem = statusError(status, running->body, m_endpoint.address);
    else if (reply->error() != QNetworkReply::NoError)
        problem = networkError(*reply, m_endpoint.address);
    else if (endsEarly(*reply, running->received))
        problem =
            makeError(ErrorCode::Unreachable, m_endpoint.address, "the answer ended too early", kCollectorHint, true);
    if (problem)
        return running->end(std::move(*problem));
    decodeLater(running, std::exchange(running->body, {}), reply->rawHeader("ETag"));
}

void CollectorLink::decodeLater(const std::shared_ptr<Running>& running, QByteArray body, const QByteArray& tag)
{
    const auto answer = [running, tag = tag.toStdString()](const CollectorResult& result) {
        if (result.ok())
            running->end(CollectorCache::Answer{result.value(), tag, running->request.keepValue});
        else
            running->end(result.error());
    };
    if (running->pieces != nullptr)
        return handOver(running, std::move(body), [pieces = running->pieces, answer] {
            answer(std::exchange(pieces->reader, nullptr)->finish());
        });
    QThreadPool::globalInstance()->start([running, answer, body = std::move(body)] {
        if (!running->cancelled)
            answer(running->request.decode(std::string_view(body.constData(), static_cast<std::size_t>(body.size()))));
    });
}

} // namespace tracedeck
