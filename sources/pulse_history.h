// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/pulse_charts_json.h"
#include "refresh/history_source.h"
#include "sources/engine_http_client.h"
#include "sources/pulse_source.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tracedeck {

/// What a Pulse server kept of its rows: one question for the drawer, two for the courses of all rows. Calls
/// block until the server answered, at most kPatience; what fails is unknown, never an error on the way of the
/// fleet. Thread-safe.
class PulseHistory final : public HistorySource {
public:
    static constexpr std::chrono::seconds kPatience{10};

    /// `link` lives until abandon().
    PulseHistory(const PulseSetup& setup, std::shared_ptr<PulseSource::Shared> shared, PulseLink& link);

    [[nodiscard]] std::string label() const override;
    [[nodiscard]] std::vector<HistorySeries> read(RowKey key, HistoryRange range, std::int64_t nowNs) const override;
    [[nodiscard]] std::shared_ptr<const HistoryFrame> frame(std::vector<RowKey> keys, HistoryRange range,
                                                            std::uint32_t buckets, std::int64_t nowNs) const override;
    void abandon() override;

private:
    struct Wait {
        std::mutex mutex;
        std::condition_variable wake;
        PulseLink* link = nullptr; ///< null = abandoned
    };
    [[nodiscard]] Result<std::string> ask(const std::string& target) const;
    [[nodiscard]] std::vector<PulseCourse> courses(const std::string& target) const;
    [[nodiscard]] std::shared_ptr<const std::vector<PulseHistoryRow>> rows() const;

    std::string m_label;
    std::shared_ptr<PulseSource::Shared> m_shared;
    std::shared_ptr<Wait> m_wait;
};

/// How far apart two points may be to belong together: three times the usual step of the course.
[[nodiscard]] std::int64_t courseReachNs(const std::vector<HistoryPoint>& points);

} // namespace tracedeck
