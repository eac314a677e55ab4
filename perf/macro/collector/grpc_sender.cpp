// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/collector/body_sender.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

#include <chrono>

namespace tracedeck::perf {

namespace {

class GrpcSender final : public BodySender {
public:
    explicit GrpcSender(const std::string& address)
        : m_stub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))
    { }

    SendOutcome send(const std::string& body) override
    {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
        const grpc::Slice slice(body.data(), body.size(), grpc::Slice::STATIC_SLICE);
        const grpc::ByteBuffer request(&slice, 1);
        const auto call = m_stub.PrepareUnaryCall(
            &context, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", request, &m_queue);
        call->StartCall();
        grpc::ByteBuffer answer;
        grpc::Status status;
        call->Finish(&answer, &status, nullptr);
        void* tag = nullptr;
        bool good = false;
        if (!m_queue.Next(&tag, &good) || !good)
            return SendOutcome::Failed;
        if (status.error_code() == grpc::StatusCode::UNAVAILABLE)
            return SendOutcome::Busy;
        return status.ok() ? SendOutcome::Taken : SendOutcome::Failed;
    }

private:
    grpc::GenericStub m_stub;
    grpc::CompletionQueue m_queue;
};

} // namespace

std::unique_ptr<BodySender> grpcSender(const std::string& address)
{
    return std::make_unique<GrpcSender>(address);
}

} // namespace tracedeck::perf
