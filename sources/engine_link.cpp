// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_link.h"

#include "sources/engine_api_version.h"
#include "sources/engine_log_stream.h"

#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxListBytes = std::size_t{64} << 20U;
constexpr std::size_t kMaxDetailBytes = std::size_t{4} << 20U;
constexpr qint64 kInfoEveryMs = 60'000;
constexpr std::size_t kMostInspectedPerRound = 200;

/// Ids go into paths: hex digits and nothing else.
bool isContainerId(const std::string& id)
{
    return !id.empty() && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::int64_t engineClockNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

EngineLink::EngineLink(EngineSetup setup, std::shared_ptr<EngineSource::Shared> shared)
    : m_setup(std::move(setup)),
      m_shared(std::move(shared)),
      m_mailbox(std::make_shared<ClientMailbox>(this)),
      m_client(new EngineHttpClient(m_setup.endpoint, this)),
      m_patience(this)
{
    m_identity.instance = m_setup.instance;
    m_identity.localHostname = m_setup.localHostname;
    m_identity.localMachineId = m_setup.localMachineId;
    m_book = std::make_shared<EngineBook>(m_identity);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { buildWhenReady(true); });
}

EngineLink::~EngineLink()
{
    m_mailbox->close();
    m_client->cancelAll();
    endRound(makeError(ErrorCode::Cancelled, m_setup.label, "", "", true));
}

void EngineLink::fetch(const FetchRequest& request, FleetSource::Done done)
{
    if (m_done || m_working) { // a worker still has the book of a round that was given up
        done(makeError(ErrorCode::Busy, m_setup.label, "the previous answer is still being read", {}, true));
        return;
    }
    m_done = std::move(done);
    m_bypass = request.bypassCaches;
    m_asked = false;
    m_open = 0;
    ++m_round;
    m_prefix.empty() ? askVersion() : askList();
}

void EngineLink::cancelFetch()
{
    if (m_done) {
        m_client->cancelAll();
        m_inFlight.clear();
        m_eventStream = 0;
        m_shared->pushing = false;
        endRound(makeError(ErrorCode::Cancelled, m_setup.label, "", "", true));
    }
}

void EngineLink::endRound(Result<FleetSnapshot> result)
{
    m_patience.stop();
    if (const FleetSource::Done done = std::exchange(m_done, {})) {
        done(std::move(result));
    }
}

void EngineLink::failRound(const Error& error)
{
    if (m_done) {
        m_prefix.clear(); // whoever answers next may be another version
        endRound(error);
    }
}

Error EngineLink::statusError(const EngineReply& reply) const
{
    return engineStatusError(reply.head.status, reply.body, m_setup.endpoint.text().toStdString());
}

void EngineLink::askOrFail(const std::string& target, AnswerDone done)
{
    m_client->get(target, kMaxListBytes,
                  [this, round = m_round, done = std::move(done)](const Result<EngineReply>& reply) {
                      if (round != m_round || !m_done) {
                          return;
                      }
                      if (!reply.ok()) {
                          failRound(reply.error());
                      } else if (reply->head.status != 200) {
                          failRound(statusError(*reply));
                      } else {
                          done(*reply);
                      }
                  });
}

void EngineLink::askVersion()
{
    askOrFail("/_ping", [this](const EngineReply& reply) { takeVersion(reply); });
}

void EngineLink::takeVersion(const EngineReply& reply)
{
    const Result<EngineApiVersion> version = negotiateEngineVersion(reply.head);
    if (!version) {
        Error error = version.error();
        error.source = m_setup.endpoint.text().toStdString();
        failRound(error);
        return;
    }
    m_prefix = "/v" + version->api;
    m_podmanPrefix = version->podman.empty() ? std::string() : "/v" + version->podman + "/libpod";
    m_identity.runtime = version->podman.empty() ? "docker" : "podman";
    m_identity.apiVersion = version->api;
    m_sinceInfo.invalidate();
    m_sinceImages.invalidate();
    askList();
}

void EngineLink::askList()
{
    const auto list = [this] {
        askOrFail(path("/containers/json?all=1"), [this](const EngineReply& reply) { takeList(reply.body); });
    };
    if (!m_bypass && m_sinceInfo.isValid() && m_sinceInfo.elapsed() < kInfoEveryMs) {
        list();
        return;
    }
    askOrFail(path("/info"), [this, list](const EngineReply& reply) {
        m_answers.push_back({Answer::Kind::Info, {}, reply.body, false, 0});
        m_sinceInfo.start();
        list();
    });
}

void EngineLink::takeList(std::string body)
{
    // The events of this round are answered by this list.
    auto changed = std::exchange(m_changed, {});
    m_working = true;
    QThreadPool::globalInstance()->start([this, mailbox = m_mailbox, book = m_book, body = std::move(body),
                                          changed = std::move(changed), identity = m_identity, shared = m_shared] {
        const DecodeMeter::Piece decoding(shared->decoded);
        book->setIdentity(identity);
        const Result<void> taken = book->takeList(body);
        Wants wants;
        if (taken.ok()) {
            for (const std::string& id : changed) {
                book->noteChanged(id);
            }
            wants.stats = book->wantStats();
            wants.inspect = book->wantInspect(kMostInspectedPerRound);
            wants.images = book->wantImages();
            wants.containers = book->containerIds();
        }
        mailbox->post([this, taken, wants = std::move(wants)] {
            m_working = false;
            if (!taken.ok()) {
                failRound(taken.error());
                return;
            }
            {
                const std::lock_guard lock(m_shared->mutex);
                m_shared->containers = {wants.containers.begin(), wants.containers.end()};
            }
            if (m_done) {
                askDetails(wants);
            }
        });
    });
}

void EngineLink::askDetails(const Wants& wants)
{
    if (!m_podmanPrefix.empty() && !wants.stats.empty()) {
        ask(Answer::Kind::AllStats, "all", m_podmanPrefix + "/containers/stats?stream=false");
    } else {
        for (const std::string& id : wants.stats) {
            ask(Answer::Kind::Stats, id, path("/containers/" + id + "/stats?stream=0&one-shot=1"));
        }
    }
    for (const std::string& id : wants.inspect) {
        ask(Answer::Kind::Inspect, id, path("/containers/" + id + "/json"));
    }
    if (wants.images && (!m_sinceImages.isValid() || m_sinceImages.elapsed() > kInfoEveryMs)) {
        m_sinceImages.start();
        ask(Answer::Kind::Images, {}, path("/images/json"));
    }
    followEvents();
    m_asked = true;
    m_patience.start(kPatienceMs);
    buildWhenReady(false);
}

void EngineLink::ask(Answer::Kind kind, const std::string& id, const std::string& target)
{
    if (!m_inFlight.insert(target).second) {
        return; // asked in an earlier round and still not answered
    }
    ++m_open;
    m_client->get(target, kind == Answer::Kind::Stats ? kMaxDetailBytes : kMaxListBytes,
                  [this, kind, id, target, round = m_round](const Result<EngineReply>& reply) {
                      m_inFlight.erase(target);
                      m_open -= round == m_round && m_open > 0 ? 1 : 0;
                      answered({kind, id, {}, false, engineClockNs()}, reply);
                  });
}

void EngineLink::answered(Answer answer, const Result<EngineReply>& reply)
{
    if (reply.ok() && reply->head.status == 200) {
        answer.body = reply->body;
        m_answers.push_back(std::move(answer));
    } else if (reply.ok() && answer.kind == Answer::Kind::Stats) {
        answer.gone = true; // vanished between the list and the question
        m_answers.push_back(std::move(answer));
    }
    buildWhenReady(false);
}

void EngineLink::buildWhenReady(bool patienceOver)
{
    if (m_done && m_asked && !m_working && (m_open == 0 || patienceOver)) {
        build();
    }
}

void EngineLink::build()
{
    m_working = true;
    m_asked = false;
    m_patience.stop();
    auto answers = std::exchange(m_answers, {});
    QThreadPool::globalInstance()->start([this, mailbox = m_mailbox, book = m_book, answers = std::move(answers),
                                          label = m_setup.label, shared = m_shared] {
        const DecodeMeter::Piece decoding(shared->decoded);
        std::uint64_t unread = 0;
        for (const Answer& answer : answers) {
            Result<void> taken;
            switch (answer.kind) {
            case Answer::Kind::Info:
                taken = book->takeInfo(answer.body);
                break;
            case Answer::Kind::Images:
                taken = book->takeImages(answer.body);
                break;
            case Answer::Kind::Inspect:
                taken = book->takeInspect(answer.id, answer.body);
                break;
            case Answer::Kind::AllStats:
                taken = book->takePodmanStats(answer.body, answer.receivedNs);
                break;
            case Answer::Kind::Stats:
                if (answer.gone) {
                    book->forgetSample(answer.id);
                } else {
                    taken = book->takeStats(answer.id, answer.body, answer.receivedNs);
                }
                break;
            }
            unread += taken.ok() ? 0 : 1;
        }
        FleetSnapshot snapshot = book->build(engineClockNs());
        if (unread > 0) {
            snapshot.warnings.push_back({label + ": answers about containers that could not be read", unread});
        }
        mailbox->post([this, snapshot = std::move(snapshot)] {
            m_working = false;
            m_shared->decoded.finishAnswer();
            endRound(snapshot);
        });
    });
}

void EngineLink::inspect(const std::string& containerId, WorkloadAccess::InspectDone done)
{
    if (!isContainerId(containerId)) {
        done(makeError(ErrorCode::InvalidArgument, m_setup.label, "this is no container id"));
        return;
    }
    m_client->get(path("/containers/" + containerId + "/json"), kMaxDetailBytes,
                  [this, done = std::move(done)](const Result<EngineReply>& reply) {
                      if (!reply.ok()) {
                          done(reply.error());
                      } else if (reply->head.status != 200) {
                          done(statusError(*reply));
                      } else {
                          done(reply->body);
                      }
                  });
}

void EngineLink::openLog(std::uint64_t id, const std::string& containerId, const LogRequest& request,
                         WorkloadAccess::LogSink sink)
{
    auto* stream =
        new EngineLogStream(m_setup.endpoint, path("/containers/" + containerId), request, std::move(sink), this);
    m_logs.emplace(id, stream);
    stream->open();
}

void EngineLink::closeLog(std::uint64_t id)
{
    if (const auto found = m_logs.find(id); found != m_logs.end()) {
        found->second->deleteLater();
        m_logs.erase(found);
    }
}

} // namespace tracedeck
