// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/collector/body_sender.h"
#include "perf/memory/collector_rounds.h"
#include "perf/otlp_load.h"
#include "perf/stress/stress_collector.h"
#include "perf/stress/stress_socket.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>
#include <utility>

namespace tracedeck {
namespace {

/// One collector, one sender, one reader.
class CollectorLife {
public:
    static Result<std::shared_ptr<CollectorLife>> begin(std::uint64_t retentionBytes)
    {
        RetentionLimits limits;
        limits.retentionBytes = retentionBytes;
        auto collector = stress::StressCollector::start("127.0.0.1", 0, 1, false, limits);
        if (!collector) {
            return collector.error();
        }
        const std::string address = collector.value()->address();
        auto sender = perf::httpSender(address);
        auto reader = stress::StressSocket::connect(address, std::chrono::seconds(60));
        if (!sender || !reader) {
            return sender ? reader.error() : sender.error();
        }
        return std::make_shared<CollectorLife>(std::move(collector).value(), std::move(sender).value(),
                                               std::move(reader).value());
    }
    CollectorLife(std::unique_ptr<stress::StressCollector> collector, std::unique_ptr<perf::BodySender> sender,
                  stress::StressSocket reader)
        : m_collector(std::move(collector)), m_sender(std::move(sender)), m_reader(std::move(reader))
    { }
    bool live(std::size_t bodies)
    {
        for (std::size_t i = 0; i < bodies; ++i) {
            if (m_sender->send(m_load.nextBody()) != perf::SendOutcome::Taken) {
                return refused("a body");
            }
            ++m_sent;
        }
        const std::uint64_t newest = m_sent * perf::OtlpLoad::kSpansPerBody / perf::OtlpLoad::kSpansPerTrace;
        const std::string trace = "/api/v1/traces/" + perf::OtlpLoad::traceId(newest / 2 + newest / 4).toHex();
        for (const std::string& target : {std::string("/api/v1/traces?limit=200"), trace,
                                          std::string("/api/v1/services"), std::string("/api/v1/status")}) {
            const int status =
                m_reader.ask(stress::getRequest(m_collector->address(), target, m_collector->ownerToken())).status;
            const bool gone = status == 404 && target == trace; // retention took it
            if (status != 200 && !gone) {
                return refused(target + " with " + std::to_string(status));
            }
        }
        return true;
    }

private:
    static bool refused(const std::string& what)
    {
        std::fprintf(stderr, "the collector did not take or answer %s\n", what.c_str());
        return false;
    }

    std::unique_ptr<stress::StressCollector> m_collector;
    std::unique_ptr<perf::BodySender> m_sender;
    stress::StressSocket m_reader;
    perf::OtlpLoad m_load{perf::LoadShape::Grouped};
    std::uint64_t m_sent = 0;
};

} // namespace

std::function<bool(unsigned)> collectorRounds(const Scenario& scenario)
{
    auto life = CollectorLife::begin(static_cast<std::uint64_t>(scenario.count("retentionMiB", 8)) << 20U);
    if (!life) {
        std::fprintf(stderr, "%s\n", life.error().what.c_str());
        return [](unsigned) { return false; };
    }
    const std::size_t bodies = scenario.count("bodies", 4);
    const std::chrono::milliseconds pause(scenario.count("pauseMs", 20));
    return [life = life.value(), bodies, pause](unsigned) {
        std::this_thread::sleep_for(pause);
        return life->live(bodies);
    };
}

} // namespace tracedeck
