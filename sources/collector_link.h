// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/query_cache.h"
#include "sources/collector_endpoint.h"
#include "sources/collector_request.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

class QNetworkAccessManager;
class QNetworkReply;

namespace tracedeck {

/// The answers of one collector by request target. What a value is follows from the target.
using CollectorCache = QueryCache<void>;

/// Sends requests to one collector, as few as its cache allows. Lives on the I/O thread; all functions but cache()
/// are called there. Answers are decoded on the thread pool and handed to `done` there, or on the I/O thread when
/// there is nothing to decode. A 304 hands out the value of the last answer again.
class CollectorLink : public QObject {
    Q_OBJECT

public:
    /// `kept` = nothing was sent for it, so it says nothing about the collector.
    using Done = std::function<void(const CollectorResult& result, bool kept)>;

    /// ns of a clock that only goes forward, also while the machine sleeps.
    using Clock = std::function<std::int64_t()>;

    explicit CollectorLink(CollectorEndpoint endpoint, Clock clock = sleeplessNowNs);
    ~CollectorLink() override;

    /// `id` names the question for cancel(); no two that wait have the same.
    void send(std::uint64_t id, CollectorRequest request, const Done& done);
    /// Its `done` does not come any more; a transfer nobody else waits for is ended.
    void cancel(std::uint64_t id);
    /// Any thread; outlives the link where it is kept.
    [[nodiscard]] const std::shared_ptr<CollectorCache>& cache() const noexcept { return m_cache; }
    [[nodiscard]] static std::int64_t sleeplessNowNs();

private:
    struct Running;
    struct Pieces;

    void transmit(CollectorRequest request, const CollectorCache::Decision& decision);
    static void takeBytes(const std::shared_ptr<Running>& running);
    static void handOver(const std::shared_ptr<Running>& running, QByteArray piece, std::function<void()> last);
    void finish(const std::shared_ptr<Running>& running);
    void decodeLater(const std::shared_ptr<Running>& running, QByteArray body, const QByteArray& tag);

    CollectorEndpoint m_endpoint;
    QNetworkAccessManager* m_network = nullptr; ///< made on first use, on the I/O thread
    std::unordered_map<std::uint64_t, std::shared_ptr<Running>> m_running; ///< by flight
    std::shared_ptr<CollectorCache> m_cache;
    Clock m_clock;
};

} // namespace tracedeck
