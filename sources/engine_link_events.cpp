// SPDX-License-Identifier: GPL-3.0-or-later
// Following what an engine says happened, so that changes show before the next poll.
#include "sources/engine_link.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxEventBytes = 1U << 20U;

/// Health checks flood the stream with exec_create, exec_start and exec_die; these change nothing shown.
bool changesRow(std::string_view action)
{
    constexpr std::array<std::string_view, 15> kActions{"create", "start",  "die",     "stop",    "kill",
                                                        "oom",    "pause",  "unpause", "rename",  "destroy",
                                                        "update", "remove", "restart", "cleanup", "died"};
    return std::find(kActions.begin(), kActions.end(), action) != kActions.end()
        || action.substr(0, 13) == "health_status";
}

} // namespace

void EngineLink::followEvents()
{
    if (m_eventStream != 0) {
        return;
    }
    std::string target = path("/events?filters=%7B%22type%22%3A%5B%22container%22%5D%7D");
    if (m_lastEventNs > 0) {
        constexpr std::int64_t kNsPerSec = 1'000'000'000;
        target += "&since=" + std::to_string(m_lastEventNs / kNsPerSec);
    }
    m_eventBytes.clear();
    EngineRequestEvents events;
    events.head = [this](const HttpResponseHead& head) { m_shared->pushing = head.status == 200; };
    events.body = [this](std::string_view bytes) { takeEventBytes(bytes); };
    events.end = [this](const Result<void>&) {
        // The next successful poll opens it again, at the poll's pace and with its back-off.
        m_eventStream = 0;
        m_shared->pushing = false;
    };
    m_eventStream = m_client->stream(target, std::move(events));
}

void EngineLink::takeEventBytes(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        m_eventBytes.append(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (end != std::string_view::npos) {
            takeEvent(m_eventBytes);
            m_eventBytes.clear();
        } else if (m_eventBytes.size() > kMaxEventBytes) {
            m_eventBytes.clear();
        }
    }
}

void EngineLink::takeEvent(std::string_view line)
{
    const Result<EngineEvent> event = decodeEngineEvent(line);
    if (!event.ok() || event->type != "container") {
        return;
    }
    m_lastEventNs = std::max(m_lastEventNs, event->timeNs);
    if (!changesRow(event->action)) {
        return;
    }
    m_changed.insert(event->id);
    std::function<void()> news;
    {
        const std::lock_guard lock(m_shared->mutex);
        news = m_shared->news;
    }
    if (news) {
        news();
    }
}

} // namespace tracedeck
