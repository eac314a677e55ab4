// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/api_backend.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck::test {

/// A backend whose answers the test decides. Answers come on the calling thread, or later when `hold`.
class FakeBackend final : public ApiBackend {
public:
    void submit(IngestRequest request, IngestPipeline::Done done) override
    {
        std::unique_lock lock(m_mutex);
        requests.push_back(std::move(request));
        m_changed.notify_all();
        if (hold) {
            m_held.push_back(std::move(done));
            return;
        }
        Result<IngestOutcome> answer = outcome;
        lock.unlock();
        done(std::move(answer));
    }

    /// Waits until `count` requests came.
    bool waitForRequests(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return requests.size() >= count; });
    }

    void releaseAll()
    {
        std::vector<IngestPipeline::Done> held;
        {
            const std::lock_guard lock(m_mutex);
            held.swap(m_held);
        }
        for (const auto& done : held)
            done(outcome);
    }

    Result<TraceListPage> listTraces(const TraceListRequest& request) const override
    {
        const std::lock_guard lock(m_mutex);
        listRequests.push_back(request);
        if (listFailure)
            return *listFailure;
        TraceListPage page;
        page.total = 5;
        page.nextCursor = "next";
        return page;
    }

    Result<void> readTrace(const TraceId& /*id*/, const BlobSink& sink) const override { return give(sink); }
    Result<void> readLogs(const TraceId& /*id*/, const BlobSink& sink) const override { return give(sink); }

    Result<std::vector<ServiceSummary>> services(bool includeOwn) const override
    {
        std::vector<ServiceSummary> list{{"shop", 7, 1, 42, false}};
        if (includeOwn)
            list.push_back({"tracedeck", 3, 0, 43, true});
        return list;
    }

    StoreStatus status() const override
    {
        const std::lock_guard lock(m_mutex);
        return state;
    }
    void setGenerations(std::uint64_t other, std::uint64_t own)
    {
        const std::lock_guard lock(m_mutex);
        state.otherGeneration = other;
        state.ownGeneration = own;
    }
    void noteRejected(const std::string& reason) override
    {
        const std::lock_guard lock(m_mutex);
        rejections.push_back(reason);
    }
    void setPinned(const TraceId& id, bool pinned) override { pins.emplace_back(id, pinned); }
    Result<void> clear(bool includePinned) override
    {
        clears.push_back(includePinned);
        return {};
    }

    std::vector<IngestRequest> requests;
    mutable std::vector<TraceListRequest> listRequests;
    Result<IngestOutcome> outcome = IngestOutcome{};
    std::optional<Error> listFailure;
    std::vector<std::string> rejections;
    bool hold = false;
    StoreStatus state;
    std::vector<std::pair<TraceId, bool>> pins;
    std::vector<bool> clears;
    std::string blob; ///< what every stored body is
    std::size_t blobs = 0; ///< how many of them a trace has
    std::optional<Error> readFailure; ///< after the blobs
    mutable std::atomic<std::size_t> blobsGiven{0};

private:
    Result<void> give(const BlobSink& sink) const
    {
        for (std::size_t i = 0; i < blobs; ++i) {
            if (!sink(blob))
                return makeError(ErrorCode::Cancelled, "fake", "stopped");
            ++blobsGiven;
        }
        if (readFailure)
            return *readFailure;
        return {};
    }
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<IngestPipeline::Done> m_held;
};

} // namespace tracedeck::test
