// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_link.h"

#include "sources/connection_probe.h"
#include "sources/pulse_socket.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxPageBytes = std::size_t{32} << 20U;
constexpr const char* kTypes = "agent,docker-host,docker-swarm-node,pbs,pmg,k8s-cluster,k8s-node,network-endpoint,"
                               "vm,system-container,oci-container,app-container,pod,jail";

std::int64_t pulseClockNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

PulseLink::PulseLink(PulseSetup setup, std::shared_ptr<PulseSource::Shared> shared)
    : m_setup(std::move(setup)),
      m_shared(std::move(shared)),
      m_mailbox(std::make_shared<ClientMailbox>(this)),
      m_client(new EngineHttpClient(m_setup.endpoint, this)),
      m_historyClient(new EngineHttpClient(m_setup.endpoint, this)),
      m_socket(new PulseSocket(m_setup, this)),
      m_book(std::make_shared<PulseBook>(m_setup.instance)),
      m_worker(std::make_shared<QThreadPool>())
{
    m_worker->setMaxThreadCount(1);
    m_client->setHeaders(tokenHeader("X-API-Token: ", m_setup.token));
    m_historyClient->setHeaders(tokenHeader("X-API-Token: ", m_setup.token));
    connect(m_socket, &PulseSocket::received, this,
            [this](const QByteArray& text) { takeSocketText(text.toStdString()); });
    connect(m_socket, &PulseSocket::closed, this, [this] {
        m_shared->pushing = false;
        work([](PulseBook& book) { book.live().dropBaseline(); });
    });
}

PulseLink::~PulseLink()
{
    m_mailbox->close();
    m_client->cancelAll();
    m_historyClient->cancelAll();
    m_worker->clear();
    endRound(makeError(ErrorCode::Cancelled, m_setup.label, "", "", true));
}

void PulseLink::work(std::function<void(PulseBook&)> job)
{
    // The pool is kept by the job: the link may go while it runs.
    m_worker->start([job = std::move(job), book = m_book, shared = m_shared] {
        const DecodeMeter::Piece decoding(shared->decoded);
        job(*book);
    });
}

void PulseLink::fetch(const FetchRequest& request, FleetSource::Done done)
{
    if (m_done) {
        done(makeError(ErrorCode::Busy, m_setup.label, "the previous answer is still being read", {}, true));
        return;
    }
    m_done = std::move(done);
    ++m_round;
    m_pages.clear();
    m_open = 0;
    const bool young = m_sincePages.isValid() && m_sincePages.elapsed() < kPagesYoungMs;
    if (m_shared->pushing && young && !request.bypassCaches) {
        buildAndEnd();
        return;
    }
    m_asked = 1;
    askPage(1);
}

void PulseLink::cancelFetch()
{
    if (m_done) {
        m_client->cancelAll();
        endRound(makeError(ErrorCode::Cancelled, m_setup.label, "", "", true));
    }
}

void PulseLink::ask(const std::string& target, EngineHttpClient::Done done)
{
    m_historyClient->get(m_setup.path.toStdString() + target, kMaxPageBytes, std::move(done));
}

void PulseLink::endRound(Result<FleetSnapshot> result)
{
    if (const FleetSource::Done done = std::exchange(m_done, {})) {
        done(std::move(result));
    }
}

std::string PulseLink::pageTarget(std::int64_t page) const
{
    return m_setup.path.toStdString() + "/api/resources?" + (m_typesRefused ? "" : std::string("type=") + kTypes + "&")
        + "limit=" + std::to_string(kPageLimit) + "&page=" + std::to_string(page);
}

void PulseLink::askPage(std::int64_t page)
{
    ++m_open;
    m_client->get(pageTarget(page), kMaxPageBytes, [this, page, round = m_round](const Result<EngineReply>& reply) {
        if (round != m_round || !m_done) {
            return;
        }
        if (!reply.ok()) {
            m_client->cancelAll();
            endRound(reply.error());
        } else {
            takePage(page, *reply);
        }
    });
}

Error PulseLink::refusal(const EngineReply& reply) const
{
    const int status = reply.head.status;
    const std::string what = "answered " + std::to_string(status);
    const char* right = "The token needs the right monitoring:read.";
    switch (status) {
    case 401:
        return makeError(ErrorCode::Unauthorized, m_setup.label, what, right);
    case 403:
        return makeError(ErrorCode::PermissionDenied, m_setup.label, what, right);
    case 404:
        return makeError(ErrorCode::NotFound, m_setup.label, what + ": there is no Pulse API at that address");
    case 429:
    case 503:
        return makeError(ErrorCode::Busy, m_setup.label, what, {}, true);
    default:
        return makeError(status >= 500 ? ErrorCode::Internal : ErrorCode::Unsupported, m_setup.label, what, {}, true);
    }
}

void PulseLink::takePage(std::int64_t page, const EngineReply& reply)
{
    const int status = reply.head.status;
    if (status == 400 && page == 1 && !m_typesRefused) {
        m_typesRefused = true;
        --m_open;
        askPage(1);
        return;
    }
    if (status == 404 && page > 1) {
        notePage(page, {}); // the estate shrank while it was read
        return;
    }
    if (status != 200) {
        m_client->cancelAll();
        endRound(refusal(reply));
        return;
    }
    work([this, mailbox = m_mailbox, page, round = m_round, body = reply.body](PulseBook&) {
        Result<PulsePage> decoded = decodePulsePage(body);
        mailbox->post([this, page, round, decoded = std::move(decoded)]() mutable {
            if (round != m_round || !m_done) {
                return;
            }
            if (!decoded.ok()) {
                m_client->cancelAll();
                endRound(decoded.error());
            } else {
                notePage(page, std::move(decoded).value());
            }
        });
    });
}

void PulseLink::notePage(std::int64_t page, PulsePage decoded)
{
    --m_open;
    // The estate may grow while it is read: whatever page says so, the new ones are asked for too.
    const std::int64_t wanted = std::min(decoded.totalPages, kMostPages);
    m_pages.insert_or_assign(page, std::move(decoded));
    while (m_asked < wanted) {
        askPage(++m_asked);
    }
    if (m_open == 0) {
        pagesComplete();
    }
}

void PulseLink::pagesComplete()
{
    std::vector<PulsePage> pages;
    for (auto& [number, page] : std::exchange(m_pages, {})) {
        pages.push_back(std::move(page));
    }
    m_sincePages.start();
    work([this, mailbox = m_mailbox, pages = std::move(pages)](PulseBook& book) mutable {
        book.takePages(std::move(pages));
        if (book.liveIsForeign()) {
            book.live().dropBaseline();
            mailbox->post([this] { m_socket->reopen(); });
        }
    });
    m_socket->open(); // nothing happens when it is
    buildAndEnd();
}

void PulseLink::buildAndEnd()
{
    work([this, mailbox = m_mailbox, shared = m_shared, round = m_round](PulseBook& book) {
        FleetSnapshot snapshot = book.build(pulseClockNs());
        {
            const std::lock_guard lock(shared->mutex);
            shared->historyRows = book.historyRows();
        }
        mailbox->post([this, round, snapshot = std::move(snapshot)] {
            if (round == m_round) {
                m_shared->decoded.finishAnswer();
                endRound(snapshot);
            }
        });
    });
}

void PulseLink::tellNews()
{
    std::function<void()> news;
    {
        const std::lock_guard lock(m_shared->mutex);
        news = m_shared->news;
    }
    if (news) {
        news();
    }
}

void PulseLink::takeSocketText(const std::string& text)
{
    work([this, mailbox = m_mailbox, shared = m_shared, text](PulseBook& book) {
        const Result<PulseMessage> message = decodePulseMessage(text);
        if (!message.ok()) {
            return; // a frame nobody can read changes nothing
        }
        const auto live = [&](bool on) { shared->pushing = on; };
        switch (message->kind) {
        case PulseMessage::Kind::Ping:
            mailbox->post([this] { m_socket->pong(); });
            return;
        case PulseMessage::Kind::Snapshot:
            if (!book.live().takeSnapshot(message->data)) {
                return;
            }
            live(true);
            break;
        case PulseMessage::Kind::Delta:
            if (!book.live().takeDelta(message->data)) {
                mailbox->post([this] { m_socket->requestState(); });
                return;
            }
            break;
        case PulseMessage::Kind::TooLarge:
            // The pages still say everything; until a whole snapshot comes again, no delta counts.
            book.live().dropBaseline();
            live(false);
            mailbox->post([this] { m_sincePages.invalidate(); });
            break;
        case PulseMessage::Kind::Other:
            return;
        }
        mailbox->post([this] { tellNews(); });
    });
}

} // namespace tracedeck
