// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"

#include <QObject>
#include <QString>
#include <cstdint>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QTimer;

namespace tracedeck {

class DemoSource;
class HistoryStore;
class Poller;
struct DemoLayout;

/// Everything behind `--demo`: the invented fleet as sources of the poller, and its traces sent to the window's
/// own collector the way any program sends them. Nothing else knows that it is a demo.
class DemoMode : public QObject {
    Q_OBJECT

public:
    /// `clock` gives ns since the Unix epoch; fixed in pictures.
    DemoMode(std::size_t rows, std::function<std::int64_t()> clock, QObject* parent = nullptr);

    void addSources(Poller& poller);
    /// What fills the record with the hours and days before the window opened; runs on a worker. A fleet of more
    /// than 2,000 rows gets its last hour only, one of more than 5,000 nothing.
    [[nodiscard]] std::function<void(HistoryStore&)> past() const;
    /// Sends the last hour's traces to this collector, then emits filled(), then a few more every 5 seconds
    /// unless `once`. A collector that does not answer is left alone.
    void sendTraces(const CollectorInfo& info, bool once);
    [[nodiscard]] std::uint64_t sentTraces() const noexcept { return m_serial; }

Q_SIGNALS:
    /// The first traces are stored, or never will be.
    void filled();

private:
    void send(std::size_t traces, std::int64_t fromNs, std::int64_t toNs);
    void sendNext();

    std::size_t m_rows;
    std::function<std::int64_t()> m_clock;
    std::shared_ptr<DemoSource> m_source;
    std::shared_ptr<const DemoLayout> m_layout;
    QNetworkAccessManager* m_network = nullptr;
    QTimer* m_timer;
    QString m_endpoint;
    QString m_token;
    bool m_once = false;
    bool m_filled = false;
    bool m_sending = false;
    std::uint64_t m_serial = 0;
    std::int64_t m_sentUntilNs = 0;
};

} // namespace tracedeck
