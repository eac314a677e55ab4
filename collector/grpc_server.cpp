// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/grpc_server.h"

#include "collector/otlp_http_handler.h"
#include "collector/tcp_listener.h"
#include "core/log.h"
#include "formats/inflate.h"
#include "formats/otlp_encode.h"

#include <grpc/support/log.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>
#include <vector>

namespace tracedeck {

namespace {

/// gRPC would inflate a message as far as it goes before looking at its size, so messages are taken as
/// they were sent. No OTLP message starts with these bytes: they spell a wire type that does not exist.
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::size_t kMaxInflateRatio = 200;
constexpr std::size_t kAlwaysAllowedBytes = std::size_t{4} << 20U;

/// gRPC reports to stderr on its own; here it goes where everything else goes.
void logGrpc(gpr_log_func_args* args)
{
    if (args->severity >= GPR_LOG_SEVERITY_ERROR)
        Log::write(LogLevel::Warning, "grpc", args->message);
}

struct GrpcService {
    ApiBackend& backend;
    const AccessPolicy& policy;
    ServerCounters& counters;
    std::size_t messageBytes;
    BodyBudget budget;
};

grpc::Status statusOf(const Error& error)
{
    const std::string text = error.hint.empty() ? error.what : error.what + ". " + error.hint;
    switch (error.code) {
    case ErrorCode::Malformed:
    case ErrorCode::InvalidArgument:
    case ErrorCode::Unsupported:
    case ErrorCode::TooLarge:
        return {grpc::StatusCode::INVALID_ARGUMENT, text};
    case ErrorCode::Unauthorized:
        return {grpc::StatusCode::UNAUTHENTICATED, text};
    case ErrorCode::Busy:
    case ErrorCode::StorageFull:
    case ErrorCode::ReadOnly:
    case ErrorCode::Cancelled:
        return {grpc::StatusCode::UNAVAILABLE, text}; // the one code exporters retry without further details
    default:
        return {error.retryable ? grpc::StatusCode::UNAVAILABLE : grpc::StatusCode::INTERNAL, text};
    }
}

/// One Export call; deletes itself when gRPC is done with it.
class ExportCall final : public grpc::ServerGenericBidiReactor {
public:
    ExportCall(grpc::GenericCallbackServerContext& context, GrpcService& service)
        : m_service(service), m_signal(grpcSignalOf(context.method())), m_sender(context.peer())
    {
        m_service.counters.grpcRequests++;
        const auto sent = context.client_metadata().find("authorization");
        const std::string_view authorization = sent == context.client_metadata().end()
            ? std::string_view()
            : std::string_view(sent->second.data(), sent->second.size());
        if (!m_signal)
            Finish({grpc::StatusCode::UNIMPLEMENTED, "only the Export calls of OTLP are served here"});
        else if (m_service.policy.ingestNeedsToken() && !m_service.policy.tokenAccepted(authorization))
            refuse(makeError(ErrorCode::Unauthorized, "grpc", "this collector needs a token",
                             "Send the metadata authorization: Bearer with the content of its token file."));
        else
            StartRead(&m_message);
    }

    void OnReadDone(bool ok) override
    {
        if (!ok)
            return Finish({grpc::StatusCode::INVALID_ARGUMENT, "the call carries no message"});
        const std::size_t bytes = m_message.Length();
        if (bytes > m_service.messageBytes)
            return refuse(makeError(ErrorCode::TooLarge, "grpc", "the message is over the limit"));
        if (!m_service.budget.take(bytes))
            return refuse(makeError(ErrorCode::Busy, "grpc", "too many large messages are arriving"));
        m_budgeted = bytes;
        IngestRequest request;
        request.signal = *m_signal;
        request.encoding = OtlpEncoding::Protobuf;
        request.sender = m_sender;
        std::vector<grpc::Slice> slices;
        if (!m_message.Dump(&slices).ok())
            return Finish({grpc::StatusCode::INTERNAL, "the message cannot be read"});
        request.body.reserve(bytes);
        for (const grpc::Slice& slice : slices)
            request.body.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
        m_message.Clear();
        if (request.body.starts_with(kGzipMagic)) {
            const std::size_t limit =
                std::min(m_service.messageBytes, std::max(kAlwaysAllowedBytes, bytes * kMaxInflateRatio));
            Result<std::string> inflated = inflateGzip(request.body, limit);
            if (!inflated)
                return refuse(inflated.error());
            if (!m_service.budget.take(inflated->size()))
                return refuse(makeError(ErrorCode::Busy, "grpc", "too many large messages are arriving"));
            m_budgeted += inflated->size();
            request.body = std::move(inflated).value();
        }
        m_service.backend.submit(std::move(request), [this](Result<IngestOutcome> outcome) { answer(outcome); });
    }

    void OnDone() override
    {
        m_service.budget.give(m_budgeted);
        delete this; // the only owner of a reactor is gRPC, which has just let go
    }

private:
    ~ExportCall() override = default;

    void refuse(const Error& error)
    {
        m_service.backend.noteRejected(error.what);
        Finish(statusOf(error));
    }

    void answer(const Result<IngestOutcome>& outcome)
    {
        if (!outcome)
            return Finish(statusOf(outcome.error()));
        const std::string body = encodeExportResponse(OtlpEncoding::Protobuf, rejectedFieldOf(*m_signal),
                                                      outcome->rejected, outcome->rejectReason);
        const grpc::Slice slice(body);
        m_message = grpc::ByteBuffer(&slice, 1);
        StartWriteAndFinish(&m_message, grpc::WriteOptions(), grpc::Status::OK);
    }

    GrpcService& m_service;
    std::optional<OtlpSignal> m_signal;
    std::string m_sender;
    grpc::ByteBuffer m_message;
    std::size_t m_budgeted = 0;
};

class ExportService final : public grpc::CallbackGenericService {
public:
    explicit ExportService(GrpcService& service) : m_service(service) { }

    grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override
    {
        return new ExportCall(*context, m_service); // deletes itself in OnDone
    }

private:
    GrpcService& m_service;
};

std::shared_ptr<grpc::ServerCredentials> credentialsOf(const GrpcOptions& options)
{
    if (options.tlsCertificate.empty())
        return grpc::InsecureServerCredentials();
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({options.tlsKey, options.tlsCertificate});
    return grpc::SslServerCredentials(tls);
}

} // namespace

std::optional<OtlpSignal> grpcSignalOf(std::string_view method)
{
    static constexpr std::array<std::pair<std::string_view, OtlpSignal>, 3> kMethods{
        {{"/opentelemetry.proto.collector.trace.v1.TraceService/Export", OtlpSignal::Traces},
         {"/opentelemetry.proto.collector.logs.v1.LogsService/Export", OtlpSignal::Logs},
         {"/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", OtlpSignal::Metrics}}};
    for (const auto& [name, signal] : kMethods) {
        if (name == method)
            return signal;
    }
    return std::nullopt;
}

struct GrpcServer::State {
    GrpcService shared;
    ExportService service;
    std::unique_ptr<grpc::Server> server;

    State(ApiBackend& backend, const AccessPolicy& policy, ServerCounters& counters, const GrpcOptions& options)
        : shared{backend, policy, counters, options.messageBytes, BodyBudget(options.allMessagesBytes)}, service(shared)
    { }
};

GrpcServer::GrpcServer(std::unique_ptr<State> state, std::string address)
    : m_state(std::move(state)), m_address(std::move(address))
{ }

GrpcServer::~GrpcServer()
{
    stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<GrpcServer>> GrpcServer::start(ApiBackend& backend, const AccessPolicy& policy,
                                                      ServerCounters& counters, const GrpcOptions& options)
{
    static std::once_flag logging;
    std::call_once(logging, [] { gpr_set_log_function(logGrpc); });
    auto state = std::make_unique<State>(backend, policy, counters, options);
    const std::string address = joinHostPort(options.host, options.port);
    const auto taken = [&] {
        return makeError(ErrorCode::Conflict, address, address + " is taken by another program",
                         "Stop that program, or choose another port.");
    };
    // gRPC does not say why it could not bind, and would log it: ask the kernel first.
    if (options.port != 0 && !portIsFree(options.host, options.port))
        return taken();
    grpc::ResourceQuota quota("otlp");
    quota.Resize(options.allMessagesBytes * 2);
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, credentialsOf(options), &port);
    builder.RegisterCallbackGenericService(&state->service);
    builder.SetMaxReceiveMessageSize(static_cast<int>(options.messageBytes));
    builder.SetResourceQuota(quota);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0); // else two programs share a port unnoticed
    builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
    builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false); // OTLP knows gzip only
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 64);
    builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, options.handshakeMs);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 16 << 10);
    state->server = builder.BuildAndStart();
    if (!state->server || port == 0)
        return taken();
    return std::unique_ptr<GrpcServer>(
        new GrpcServer(std::move(state), joinHostPort(options.host, static_cast<std::uint16_t>(port))));
}

void GrpcServer::stop(std::chrono::milliseconds grace)
{
    if (!m_state->server)
        return;
    m_state->server->Shutdown(std::chrono::system_clock::now() + grace);
    m_state->server->Wait();
    m_state->server.reset();
}

} // namespace tracedeck
