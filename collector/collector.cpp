// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collector.h"

#include "collector/access_policy.h"
#include "collector/api_routes.h"
#include "collector/exposure_check.h"
#include "collector/grpc_server.h"
#include "collector/http_router.h"
#include "collector/http_server.h"
#include "collector/ingest_pipeline.h"
#include "collector/otlp_http_handler.h"
#include "collector/owned_directory.h"
#include "collector/peer_book.h"
#include "collector/port_notice.h"
#include "collector/push_seats.h"
#include "collector/read_tokens.h"
#include "collector/store_backend.h"
#include "collector/tcp_listener.h"
#include "collector/tls_front.h"
#include "collector/tls_identity.h"
#include "collector/trace_store.h"
#include "collector/websocket_session.h"
#include "collector/worker_pool.h"
#include "core/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <utility>

namespace tracedeck {

namespace {

constexpr std::size_t kBodyLimit = std::size_t{64} << 20U;

std::string machineName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

/// A word of this run, so that an ETag of an earlier run never matches.
std::string runWord()
{
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

// A stop takes 2 s at the most: calls and queue end side by side, then HTTP, then what cuts TLS connections off.
constexpr std::chrono::milliseconds kGrpcGrace{1000};
constexpr std::chrono::milliseconds kHttpGrace{300};
constexpr std::chrono::milliseconds kHttpCut{200}; ///< HttpServer::stop() waits so long for cut connections
constexpr std::chrono::milliseconds kTlsGrace{300};
static_assert(std::max(kGrpcGrace, IngestPipeline::kDrainTime) + kHttpGrace + kHttpCut + kTlsGrace
              <= std::chrono::milliseconds(2000));

StoreOptions storeOptions(const CollectorOptions& options)
{
    StoreOptions store;
    store.dataDir = options.dataDir;
    store.fullSync = options.fullSync;
    static_cast<RetentionLimits&>(store) = options.retention;
    return store;
}

} // namespace

/// Members are built from the top and destroyed from the bottom: servers go before what they serve.
struct Collector::State {
    CollectorOptions options;
    std::unique_ptr<OwnedDirectory> directory;
    std::unique_ptr<TraceStore> store;
    IngestPipeline pipeline;
    PeerBook peers;
    StoreBackend backend;
    ServerCounters counters;
    AccessPolicy policy;
    PushSeats seats;
    WorkerPool inflaters{2, 64};
    WorkerPool queries{2, 64};
    WorkerPool streams{4, 16};
    OtlpHttpHandler ingest;
    ApiRoutes api;
    HttpRouter router;
    PushServer push;
    HttpServer http;
    std::string tlsCertificatePem; ///< for gRPC, which ends TLS itself
    std::string tlsKeyPem;
    std::unique_ptr<TlsFront> tls; ///< in front of http; none = plain
    TcpListener listener;
    std::vector<std::unique_ptr<GrpcServer>> grpc; ///< the retry thread may add one

    mutable std::mutex mutex;
    std::condition_variable wake;
    CollectorInfo info; ///< under mutex
    std::string wantedHttp; ///< addresses still taken by others
    std::string wantedGrpc;
    bool stopping = false; ///< under mutex
    std::thread retry;

    State(CollectorOptions given, std::unique_ptr<OwnedDirectory> owned, std::unique_ptr<TraceStore> opened,
          std::vector<std::string> readTokens);
    void useTls(TlsIdentity identity);
    [[nodiscard]] Result<void> startHttp();
    [[nodiscard]] Result<void> startGrpc();
    [[nodiscard]] Result<std::unique_ptr<GrpcServer>> makeGrpc(std::uint16_t port);
    void announce();
    void retryPorts();
    void regain(std::string& wanted, const std::string& address);
    void stop();
};

Collector::State::State(CollectorOptions given, std::unique_ptr<OwnedDirectory> owned,
                        std::unique_ptr<TraceStore> opened, std::vector<std::string> readTokens)
    : options(std::move(given)),
      directory(std::move(owned)),
      store(std::move(opened)),
      pipeline(*store, IngestLimits{}),
      peers([lookup = std::make_shared<PeerLookup>("/proc", ::getpid())](const SocketAddress& peer) {
          return lookup->find(peer);
      }),
      backend(*store, pipeline, peers),
      policy(directory->token(), options.requireToken, options.host, machineName(), std::move(readTokens)),
      seats(options.pushPerToken, options.pushTotal),
      ingest(backend, policy, inflaters, kBodyLimit),
      api(backend, policy, queries, counters, seats, runWord(), options.version),
      router(ingest, api, policy),
      push(counters, PushLimits{}),
      http(router, streams, counters, HttpLimits{},
           [this](UpgradedConnection connection) { push.adopt(std::move(connection)); }),
      listener([this](int socket) { tls ? tls->adopt(socket) : http.adopt(socket); })
{
    info.token = directory->token();
    store->setChangeListener([this](const std::vector<TraceChange>& changes) { push.publish(changes); });
}

/// Before anything listens.
void Collector::State::useTls(TlsIdentity identity)
{
    if (identity.notAfter < std::time(nullptr))
        info.notices.push_back("The TLS certificate in " + options.tlsCertificate
                               + " is no longer valid: clients will refuse it.");
    info.tls = true;
    info.tlsFingerprint = identity.fingerprint;
    tlsCertificatePem = identity.certificatePem;
    tlsKeyPem = identity.keyPem;
    tls = std::make_unique<TlsFront>(std::move(identity), counters, TlsLimits{},
                                     [this](int socket, std::string peer) { http.adopt(socket, std::move(peer)); });
}

Result<void> Collector::State::startHttp()
{
    Result<std::string> address = listener.listen(options.host, options.httpPort);
    if (!address && address.error().code == ErrorCode::Conflict && options.fallBackToFreePort) {
        wantedHttp = joinHostPort(options.host, options.httpPort);
        address = listener.listen(options.host, 0);
    }
    if (!address)
        return address.error();
    info.httpAddress = *address;
    if (!wantedHttp.empty())
        info.notices.push_back(httpPortNotice(wantedHttp, *address));
    return {};
}

Result<std::unique_ptr<GrpcServer>> Collector::State::makeGrpc(std::uint16_t port)
{
    GrpcOptions wanted;
    wanted.host = options.grpcHost;
    wanted.port = port;
    wanted.messageBytes = kBodyLimit;
    wanted.tlsCertificate = tlsCertificatePem;
    wanted.tlsKey = tlsKeyPem;
    return GrpcServer::start(backend, policy, counters, wanted);
}

Result<void> Collector::State::startGrpc()
{
    if (!options.enableGrpc)
        return {};
    Result<std::unique_ptr<GrpcServer>> server = makeGrpc(options.grpcPort);
    if (!server && server.error().code == ErrorCode::Conflict && options.fallBackToFreePort) {
        wantedGrpc = joinHostPort(options.grpcHost, options.grpcPort);
        server = makeGrpc(0);
    }
    if (!server)
        return server.error();
    grpc.push_back(std::move(server).value());
    info.grpcAddress = grpc.back()->address();
    if (!wantedGrpc.empty())
        info.notices.push_back(grpcPortNotice(wantedGrpc, info.grpcAddress));
    return {};
}

/// Tells the world where we are, and starts watching the ports others hold.
void Collector::State::announce()
{
    OwnerRecord record;
    record.httpAddress = info.httpAddress;
    record.grpcAddress = info.grpcAddress;
    record.tls = info.tls;
    record.tlsFingerprint = info.tlsFingerprint;
    if (const Result<void> written = directory->writeOwner(record); !written)
        info.notices.push_back(written.error().what);
    for (const std::string& notice : info.notices)
        Log::write(LogLevel::Warning, "collector", notice);
    Log::write(LogLevel::Info, "collector",
               fmt::format("HTTP on {}, gRPC on {}", info.httpAddress,
                           info.grpcAddress.empty() ? std::string("no port") : info.grpcAddress));
    if (!wantedHttp.empty() || !wantedGrpc.empty())
        retry = std::thread([this] { retryPorts(); });
}

void Collector::State::retryPorts()
{
    while (!wantedHttp.empty() || !wantedGrpc.empty()) {
        {
            std::unique_lock lock(mutex);
            if (wake.wait_for(lock, options.portRetry, [this] { return stopping; }))
                return;
        }
        if (!wantedHttp.empty() && listener.listen(options.host, options.httpPort).ok())
            regain(wantedHttp, wantedHttp);
        if (wantedGrpc.empty() || !portIsFree(options.grpcHost, options.grpcPort))
            continue;
        if (Result<std::unique_ptr<GrpcServer>> server = makeGrpc(options.grpcPort); server.ok()) {
            grpc.push_back(std::move(server).value());
            regain(wantedGrpc, wantedGrpc);
        }
    }
}

void Collector::State::regain(std::string& wanted, const std::string& address)
{
    const std::string notice = portRegainedNotice(address);
    Log::write(LogLevel::Info, "collector", notice);
    const std::lock_guard lock(mutex);
    std::erase_if(info.notices, [&](const std::string& old) { return old.starts_with(address + " is taken"); });
    info.notices.push_back(notice);
    wanted.clear();
}

void Collector::State::stop()
{
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(stopping, true))
            return;
    }
    wake.notify_all();
    if (retry.joinable())
        retry.join();
    listener.stop();
    http.drain();
    // Calls under way wait for the pipeline, so both are stopped at the same time.
    std::thread calls([this] {
        for (const auto& server : grpc)
            server->stop(kGrpcGrace);
    });
    peers.stop(); // what waits for it goes on to the pipeline
    pipeline.stop();
    calls.join();
    http.stop(kHttpGrace);
    inflaters.stop();
    queries.stop();
    streams.stop();
    store->setChangeListener(nullptr);
    push.stop();
    if (tls)
        tls->stop(kTlsGrace);
    grpc.clear();
}

Collector::Collector(std::unique_ptr<State> state) : m_state(std::move(state))
{ }

Collector::~Collector()
{
    stop();
}

Result<std::unique_ptr<Collector>> Collector::start(CollectorOptions options)
{
    if (const Result<void> exposed = checkExposure(options); !exposed)
        return exposed.error();
    std::optional<TlsIdentity> identity;
    if (!options.tlsCertificate.empty()) {
        Result<TlsIdentity> loaded = loadTlsIdentity(options.tlsCertificate, options.tlsKey);
        if (!loaded)
            return loaded.error();
        identity = std::move(loaded).value();
        options.requireToken = options.requireToken || reachableByOthers(options);
    }
    Result<std::unique_ptr<OwnedDirectory>> directory = OwnedDirectory::open(options.dataDir);
    if (!directory)
        return directory.error();
    Result<std::vector<std::string>> readTokens =
        readTokensIn(options.dataDir + "/tokens.d", directory.value()->token());
    if (!readTokens)
        return readTokens.error();
    Result<std::unique_ptr<TraceStore>> store = TraceStore::open(storeOptions(options));
    if (!store)
        return store.error();
    auto state = std::make_unique<State>(std::move(options), std::move(directory).value(), std::move(store).value(),
                                         std::move(readTokens).value());
    std::unique_ptr<Collector> collector(new Collector(std::move(state)));
    if (identity)
        collector->m_state->useTls(std::move(*identity));
    if (const Result<void> started = collector->m_state->startHttp(); !started)
        return started.error();
    if (const Result<void> started = collector->m_state->startGrpc(); !started)
        return started.error();
    collector->m_state->announce();
    return collector;
}

CollectorInfo Collector::info() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->info;
}

void Collector::setRetention(const RetentionLimits& limits)
{
    m_state->store->setRetention(limits);
}

void Collector::stop()
{
    m_state->stop();
}

} // namespace tracedeck
