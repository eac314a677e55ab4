// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/pulse_history.h"

#include "refresh/history_fill.h"
#include "sources/pulse_link.h"

#include <QMetaObject>
#include <QUrl>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::uint32_t kFewestPoints = 30; ///< limits of the server's maxPoints
constexpr std::uint32_t kMostPoints = 500;

/// Charts know no six hours.
const char* chartRange(HistoryRange range)
{
    return range == HistoryRange::Week    ? "7d"
        : range == HistoryRange::Day      ? "24h"
        : range == HistoryRange::SixHours ? "8h"
                                          : "1h";
}

const char* historyRange(HistoryRange range)
{
    return range == HistoryRange::SixHours ? "6h" : chartRange(range);
}

std::string encoded(const std::string& text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

/// With a gap where more is missing than a late sample.
std::vector<HistoryPoint> withGaps(const std::vector<HistoryPoint>& points)
{
    const std::int64_t reach = courseReachNs(points);
    std::vector<HistoryPoint> out;
    for (const HistoryPoint& point : points) {
        if (!out.empty() && point.timeNs - out.back().timeNs > reach) {
            out.push_back({out.back().timeNs + reach / 3, kHistoryGap, kHistoryGap});
        }
        out.push_back(point);
    }
    return out;
}

} // namespace

std::int64_t courseReachNs(const std::vector<HistoryPoint>& points)
{
    std::vector<std::int64_t> steps;
    for (std::size_t i = 1; i < points.size(); ++i) {
        steps.push_back(points[i].timeNs - points[i - 1].timeNs);
    }
    if (steps.empty()) {
        return 15 * kSecondNs;
    }
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return std::max(15 * kSecondNs, 3 * *middle);
}

PulseHistory::PulseHistory(const PulseSetup& setup, std::shared_ptr<PulseSource::Shared> shared, PulseLink& link)
    : m_label(setup.label), m_shared(std::move(shared)), m_wait(std::make_shared<Wait>())
{
    m_wait->link = &link;
}

std::string PulseHistory::label() const
{
    return "recorded by " + m_label;
}

void PulseHistory::abandon()
{
    const std::lock_guard lock(m_wait->mutex);
    m_wait->link = nullptr;
    m_wait->wake.notify_all();
}

std::shared_ptr<const std::vector<PulseHistoryRow>> PulseHistory::rows() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->historyRows;
}

Result<std::string> PulseHistory::ask(const std::string& target) const
{
    auto answer = std::make_shared<std::optional<Result<EngineReply>>>();
    std::unique_lock lock(m_wait->mutex);
    if (m_wait->link == nullptr) {
        return makeError(ErrorCode::Cancelled, m_label, "");
    }
    // The link is deleted after abandon() only, and what was posted to it goes with it.
    QMetaObject::invokeMethod(
        m_wait->link,
        [link = m_wait->link, wait = m_wait, answer, target] {
            link->ask(target, [wait, answer](Result<EngineReply> reply) {
                const std::lock_guard arrived(wait->mutex);
                *answer = std::move(reply);
                wait->wake.notify_all();
            });
        },
        Qt::QueuedConnection);
    m_wait->wake.wait_for(lock, kPatience, [&] { return answer->has_value() || m_wait->link == nullptr; });
    if (!answer->has_value()) {
        return makeError(ErrorCode::TimedOut, m_label, "no answer in time", {}, true);
    }
    const Result<EngineReply>& reply = **answer;
    if (!reply.ok()) {
        return reply.error();
    }
    if (reply->head.status != 200) {
        return makeError(ErrorCode::Unsupported, m_label, "answered " + std::to_string(reply->head.status));
    }
    return reply->body;
}

std::vector<PulseCourse> PulseHistory::courses(const std::string& target) const
{
    const Result<std::string> body = ask(target);
    Result<std::vector<PulseCourse>> decoded = body.ok() ? decodePulseCharts(*body) : body.error();
    return decoded.ok() ? std::move(decoded).value() : std::vector<PulseCourse>();
}

std::vector<HistorySeries> PulseHistory::read(RowKey key, HistoryRange range, std::int64_t nowNs) const
{
    std::vector<HistorySeries> all(kMetricCount);
    for (std::size_t i = 0; i < kMetricCount; ++i) {
        all[i].metric = static_cast<MetricId>(i);
    }
    const auto known = rows();
    if (known == nullptr) {
        return all;
    }
    const auto row =
        std::find_if(known->begin(), known->end(), [key](const PulseHistoryRow& one) { return one.key == key; });
    if (row == known->end() || row->type.empty()) {
        return all;
    }
    const Result<std::string> body =
        ask("/api/metrics-store/history?resourceType=" + encoded(row->type) + "&resourceId=" + encoded(row->id)
            + "&range=" + historyRange(range) + "&maxPoints=" + std::to_string(kMostPoints));
    const Result<PulseCourse> course = body.ok() ? decodePulseHistory(*body) : body.error();
    for (std::size_t i = 0; course.ok() && i < kMetricCount; ++i) {
        std::vector<HistoryPoint> points = course->points[i];
        std::erase_if(points, [&](const HistoryPoint& point) {
            return point.timeNs < nowNs - historyRangeNs(range) || point.timeNs > nowNs;
        });
        all[i].points = withGaps(points);
    }
    return all;
}

std::shared_ptr<const HistoryFrame> PulseHistory::frame(std::vector<RowKey> keys, HistoryRange range,
                                                        std::uint32_t buckets, std::int64_t nowNs) const
{
    const auto known = rows();
    std::sort(keys.begin(), keys.end());
    std::vector<RowKey> mine;
    if (known != nullptr) {
        for (const PulseHistoryRow& row : *known) {
            if (std::binary_search(keys.begin(), keys.end(), row.key)) {
                mine.push_back(row.key);
            }
        }
    }
    auto frame = emptyFrame(std::move(mine), range, buckets, nowNs);
    if (frame->rows() == 0) {
        return frame;
    }
    std::unordered_map<std::string, PulseCourse> byId;
    const std::string points = std::to_string(std::clamp(buckets, kFewestPoints, kMostPoints));
    for (const std::string& target :
         {std::string("/api/charts/infrastructure?range=") + chartRange(range),
          std::string("/api/charts/workloads?range=") + chartRange(range) + "&maxPoints=" + points}) {
        for (PulseCourse& course : courses(target)) {
            std::string id = course.id;
            byId.try_emplace(std::move(id), std::move(course));
        }
    }
    for (const PulseHistoryRow& row : *known) {
        const std::size_t place = frame->rowOf(row.key);
        const auto id = std::find_if(row.courses.begin(), row.courses.end(),
                                     [&](const std::string& candidate) { return byId.count(candidate) != 0; });
        for (std::size_t i = 0; place != SIZE_MAX && id != row.courses.end() && i < kMetricCount; ++i) {
            const std::vector<HistoryPoint>& course = byId.at(*id).points[i];
            fillFrameLine(*frame, place, static_cast<MetricId>(i), course, courseReachNs(course));
        }
    }
    return frame;
}

} // namespace tracedeck
