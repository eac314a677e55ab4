// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// Sends requests to one collector. Lives on the I/O thread; all functions are called there. Answers are
/// decoded on the thread pool and handed to `done` there, or on the I/O thread when there is nothing to
/// decode. A 304 hands out the value of the last answer again.
class CollectorLink : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(CollectorResult)>;

    explicit CollectorLink(CollectorEndpoint endpoint);
    ~CollectorLink() override;

    void send(std::uint64_t id, CollectorRequest request, Done done);
    [[nodiscard]] bool isRunning(std::uint64_t id) const { return m_running.count(id) > 0; }
    /// Its `done` does not come any more.
    void cancel(std::uint64_t id);

private:
    /// Values are kept only as long as somebody shows them.
    struct Remembered {
        QByteArray tag;
        std::weak_ptr<const void> value;
    };
    struct Running;
    struct Pieces;
    class AnswerCache;

    static void takeBytes(const std::shared_ptr<Running>& running);
    static void handOver(const std::shared_ptr<Running>& running, QByteArray piece, std::function<void()> last);
    void finish(const std::shared_ptr<Running>& running);
    void end(const Running& running, CollectorResult result);
    void decodeLater(const std::shared_ptr<Running>& running, QByteArray body, QByteArray tag);

    CollectorEndpoint m_endpoint;
    QNetworkAccessManager* m_network = nullptr; ///< made on first use, on the I/O thread
    std::unordered_map<std::uint64_t, std::shared_ptr<Running>> m_running;
    std::shared_ptr<AnswerCache> m_cache;
};

} // namespace tracedeck
