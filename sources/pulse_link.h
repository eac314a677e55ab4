// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/client_mailbox.h"
#include "sources/engine_http_client.h"
#include "sources/pulse_book.h"
#include "sources/pulse_source.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>
#include <string>

namespace tracedeck {

class PulseSocket;

/// The part of a PulseSource that lives on the I/O thread. A fetch reads all pages, unless the socket is
/// live and the pages are young: then what the socket said is enough. All decoding happens in order on a
/// worker of its own, so that a large estate holds up no other source.
class PulseLink : public QObject {
    Q_OBJECT

public:
    PulseLink(PulseSetup setup, std::shared_ptr<PulseSource::Shared> shared);
    ~PulseLink() override;

    void fetch(const FetchRequest& request, FleetSource::Done done);
    void cancelFetch();
    /// One question of the history; `done` comes on the I/O thread unless the link went.
    void ask(const std::string& target, EngineHttpClient::Done done);

    static constexpr int kPageLimit = 100; ///< the server gives no more
    static constexpr std::int64_t kMostPages = 2000;
    static constexpr qint64 kPagesYoungMs = 60'000;

private:
    void askPage(std::int64_t page);
    void takePage(std::int64_t page, const EngineReply& reply);
    void notePage(std::int64_t page, PulsePage decoded);
    void pagesComplete();
    void buildAndEnd();
    void endRound(Result<FleetSnapshot> result);
    void takeSocketText(const std::string& text);
    void tellNews();
    [[nodiscard]] Error refusal(const EngineReply& reply) const;
    [[nodiscard]] std::string pageTarget(std::int64_t page) const;
    /// Runs on the worker with the book, in order.
    void work(std::function<void(PulseBook&)> job);

    PulseSetup m_setup;
    std::shared_ptr<PulseSource::Shared> m_shared;
    std::shared_ptr<ClientMailbox> m_mailbox;
    EngineHttpClient* m_client;
    EngineHttpClient* m_historyClient; ///< its questions are not dropped with a round
    PulseSocket* m_socket;
    std::shared_ptr<PulseBook> m_book; ///< touched by the worker only
    std::shared_ptr<QThreadPool> m_worker; ///< one thread

    FleetSource::Done m_done;
    std::uint64_t m_round = 0;
    std::map<std::int64_t, PulsePage> m_pages;
    std::int64_t m_asked = 0; ///< pages asked for in this round
    std::int64_t m_open = 0;
    bool m_typesRefused = false; ///< an older server that does not know every type
    QElapsedTimer m_sincePages;
};

} // namespace tracedeck
