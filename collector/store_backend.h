// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/api_backend.h"
#include "collector/peer_book.h"
#include "collector/trace_store.h"

namespace tracedeck {

/// The real backend: a store and its pipeline, both owned by the collector and outliving this object.
class StoreBackend final : public ApiBackend {
public:
    StoreBackend(TraceStore& store, IngestPipeline& pipeline, PeerBook& peers)
        : m_store(store), m_pipeline(pipeline), m_peers(peers)
    { }

    /// Spans wait for who sent them to be known, once per connection.
    void submit(IngestRequest request, IngestPipeline::Done done) override
    {
        if (request.signal != OtlpSignal::Traces || request.sender.empty()) {
            return m_pipeline.submit(std::move(request), std::move(done));
        }
        const std::string sender = request.sender;
        // std::function must be copyable, a 64 MiB body should not be copied.
        auto waiting = std::make_shared<IngestRequest>(std::move(request));
        m_peers.ask(sender, [this, waiting, done = std::move(done)](std::shared_ptr<const PeerPlace> peer) {
            waiting->peer = std::move(peer);
            m_pipeline.submit(std::move(*waiting), done);
        });
    }
    [[nodiscard]] Result<TraceListPage> listTraces(const TraceListRequest& request) const override
    {
        return m_store.listTraces(request);
    }
    [[nodiscard]] Result<void> readTrace(const TraceId& id, const BlobSink& sink) const override
    {
        return m_store.readTrace(id, sink);
    }
    [[nodiscard]] Result<void> readLogs(const TraceId& id, const BlobSink& sink) const override
    {
        return m_store.readLogs(id, sink);
    }
    [[nodiscard]] Result<std::vector<ServiceSummary>> services(bool includeOwn) const override
    {
        return m_store.services(includeOwn);
    }
    [[nodiscard]] StoreStatus status() const override { return m_store.status(); }
    void noteRejected(const std::string& reason) override { m_store.noteRejected(reason); }
    void setPinned(const TraceId& id, bool pinned) override { m_store.setPinned(id, pinned); }
    [[nodiscard]] Result<void> clear(bool includePinned) override { return m_store.clear(includePinned); }

private:
    TraceStore& m_store;
    IngestPipeline& m_pipeline;
    PeerBook& m_peers;
};

} // namespace tracedeck
