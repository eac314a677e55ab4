// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/client_mailbox.h"
#include "sources/engine_book.h"
#include "sources/engine_http_client.h"
#include "sources/engine_source.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tracedeck {

class EngineLogStream;

/// The part of an EngineSource that lives on the I/O thread: one round of questions per fetch, and the
/// event stream between them. A round ends when everything is answered or, for what is asked per
/// container, after kPatienceMs; what comes later counts for the next round.
class EngineLink : public QObject {
    Q_OBJECT

public:
    EngineLink(EngineSetup setup, std::shared_ptr<EngineSource::Shared> shared);
    ~EngineLink() override;

    void fetch(const FetchRequest& request, FleetSource::Done done);
    void cancelFetch();
    void inspect(const std::string& containerId, WorkloadAccess::InspectDone done);
    /// `id` is the caller's; closeLog() with it ends the stream.
    void openLog(std::uint64_t id, const std::string& containerId, const LogRequest& request,
                 WorkloadAccess::LogSink sink);
    void closeLog(std::uint64_t id);
    /// The way to this object from other threads for callers that may outlive it.
    [[nodiscard]] std::shared_ptr<ClientMailbox> mailbox() const { return m_mailbox; }

    static constexpr int kPatienceMs = 1500;

private:
    /// An answer about one container, kept until a worker reads it.
    struct Answer {
        enum class Kind : std::uint8_t { Stats, AllStats, Inspect, Images, Info };
        Kind kind = Kind::Stats;
        std::string id;
        std::string body;
        bool gone = false;
        std::int64_t receivedNs = 0;
    };
    struct Wants {
        std::vector<std::string> stats;
        std::vector<std::string> inspect;
        bool images = false;
        std::vector<std::string> containers;
    };
    using AnswerDone = std::function<void(const EngineReply&)>;

    void askVersion();
    void takeVersion(const EngineReply& reply);
    void askList();
    void takeList(std::string body);
    void askDetails(const Wants& wants);
    void ask(Answer::Kind kind, const std::string& id, const std::string& target);
    void answered(Answer answer, const Result<EngineReply>& reply);
    void buildWhenReady(bool patienceOver);
    void build();
    void endRound(Result<FleetSnapshot> result);
    void failRound(const Error& error);
    /// Asks; a refusal or a transport failure ends the round with its reason.
    void askOrFail(const std::string& target, AnswerDone done);
    void followEvents();
    void takeEventBytes(std::string_view bytes);
    void takeEvent(std::string_view line);
    [[nodiscard]] Error statusError(const EngineReply& reply) const;
    [[nodiscard]] std::string path(const std::string& rest) const { return m_prefix + rest; }

    EngineSetup m_setup;
    std::shared_ptr<EngineSource::Shared> m_shared;
    std::shared_ptr<ClientMailbox> m_mailbox;
    EngineHttpClient* m_client;
    std::shared_ptr<EngineBook> m_book; ///< touched by one worker job at a time, never from here
    EngineIdentity m_identity;
    std::string m_prefix; ///< "/v1.41"; empty = the version is not known
    std::string m_podmanPrefix; ///< "/v4.3.1/libpod"; empty = no Podman
    QElapsedTimer m_sinceInfo;
    QElapsedTimer m_sinceImages;
    bool m_bypass = false;

    FleetSource::Done m_done; ///< of the running round
    bool m_working = false; ///< a worker has the book
    bool m_asked = false; ///< details of this round were asked for
    std::size_t m_open = 0; ///< answers this round still waits for
    std::uint64_t m_round = 0;
    QTimer m_patience;
    std::vector<Answer> m_answers; ///< waiting for the next build
    std::unordered_set<std::string> m_inFlight; ///< what is being asked, so that it is not asked twice

    std::uint64_t m_eventStream = 0;
    std::string m_eventBytes;
    std::int64_t m_lastEventNs = 0;
    std::unordered_set<std::string> m_changed; ///< by events, for the next list
    std::unordered_map<std::uint64_t, EngineLogStream*> m_logs;
};

} // namespace tracedeck
