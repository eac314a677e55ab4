// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collector.h"
#include "collector/owned_directory.h"
#include "collector/tls_identity.h"
#include "raw_client.h"
#include "tls_fixture.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

namespace tracedeck::test {
namespace {

class TlsCollector : public testing::Test {
protected:
    CollectorOptions options() const
    {
        CollectorOptions made;
        made.dataDir = m_directory.file("data");
        made.httpPort = 0;
        made.grpcPort = 0;
        made.tlsCertificate = files.certificate();
        made.tlsKey = files.key();
        return made;
    }

    void start(const CollectorOptions& wanted)
    {
        auto started = Collector::start(wanted);
        ASSERT_TRUE(started.ok()) << started.error().what;
        collector = std::move(started).value();
        info = collector->info();
    }

    /// Status line and body of one request on a connection of its own.
    std::string ask(const std::string& request) const
    {
        TlsClient client(info.httpAddress, files.content().certificatePem);
        EXPECT_TRUE(client.connected());
        EXPECT_TRUE(client.send(request));
        const std::string head = client.readUntil("\r\n\r\n");
        const std::size_t at = head.find("Content-Length: ");
        return head.substr(0, 12) + "|"
            + (at == std::string::npos ? std::string() : client.read(std::stoul(head.substr(at + 16))));
    }

    grpc::StatusCode exportOver(const std::shared_ptr<grpc::ChannelCredentials>& credentials, const std::string& token)
    {
        const std::string port = info.grpcAddress.substr(info.grpcAddress.rfind(':'));
        grpc::GenericStub stub(grpc::CreateChannel("localhost" + port, credentials));
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
        if (!token.empty())
            context.AddMetadata("authorization", "Bearer " + token);
        const grpc::Slice slice("");
        const grpc::ByteBuffer request(&slice, 1);
        grpc::CompletionQueue queue;
        const auto call = stub.PrepareUnaryCall(&context, "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                                                request, &queue);
        call->StartCall();
        grpc::Status status;
        grpc::ByteBuffer answer;
        call->Finish(&answer, &status, nullptr);
        void* tag = nullptr;
        bool ok = false;
        queue.Next(&tag, &ok);
        return status.error_code();
    }

    const TlsFiles files;
    std::unique_ptr<Collector> collector;
    CollectorInfo info;

private:
    TemporaryDirectory m_directory;
};

TEST_F(TlsCollector, ServesHttpAndPushOverTls)
{
    start(options());
    EXPECT_TRUE(info.tls);
    EXPECT_TRUE(info.notices.empty());
    EXPECT_TRUE(readOwner(options().dataDir).tls);
    EXPECT_EQ(ask(getRequest("/healthz", {})), "HTTP/1.1 200|ok\n");
    EXPECT_EQ(ask(getRequest("/api/v1/status", {})).substr(0, 12), "HTTP/1.1 401");
    EXPECT_EQ(ask(getRequest("/api/v1/status", info.token)).substr(0, 12), "HTTP/1.1 200");
    EXPECT_EQ(ask(postRequest("/v1/traces", "application/json", "{}")), "HTTP/1.1 200|{}");
    TlsClient push(info.httpAddress, files.content().certificatePem);
    ASSERT_TRUE(push.send(upgradeRequest("/api/v1/ws", info.token)));
    EXPECT_TRUE(push.readUntil("\r\n\r\n").starts_with("HTTP/1.1 101"));
    EXPECT_EQ(push.readUntil("}").substr(2), R"({"seq":0,"type":"resync"})");
    collector->stop();
    EXPECT_TRUE(push.endsProperly());
}

TEST_F(TlsCollector, PlainClientsGetNothingIn)
{
    start(options());
    RawClient plain(info.httpAddress);
    const RawResponse answer = plain.ask(getRequest("/api/v1/status", info.token));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("https://"), std::string::npos);
    EXPECT_EQ(exportOver(grpc::InsecureChannelCredentials(), {}), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsCollector, ServesGrpcOverTls)
{
    start(options());
    grpc::SslCredentialsOptions trust;
    trust.pem_root_certs = files.content().certificatePem;
    EXPECT_EQ(exportOver(grpc::SslCredentials(trust), {}), grpc::StatusCode::OK);
}

TEST_F(TlsCollector, OffLoopbackSendingNeedsTheTokenToo)
{
    CollectorOptions open = options();
    open.host = "0.0.0.0";
    open.grpcHost = "0.0.0.0";
    start(open);
    EXPECT_EQ(ask(postRequest("/v1/traces", "application/json", "{}")).substr(0, 12), "HTTP/1.1 401");
    EXPECT_EQ(ask(postRequest("/v1/traces", "application/json", "{}", "Authorization: Bearer " + info.token + "\r\n")),
              "HTTP/1.1 200|{}");
    grpc::SslCredentialsOptions trust;
    trust.pem_root_certs = files.content().certificatePem;
    EXPECT_EQ(exportOver(grpc::SslCredentials(trust), {}), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(exportOver(grpc::SslCredentials(trust), info.token), grpc::StatusCode::OK);
}

TEST_F(TlsCollector, BadFilesStopTheStartWithoutTouchingData)
{
    CollectorOptions broken = options();
    broken.tlsKey = files.with("other.pem", makeTestCertificate().keyPem);
    const auto refused = Collector::start(broken);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
    EXPECT_FALSE(readToken(broken.dataDir).ok()); // nothing was made
}

TEST_F(TlsCollector, AnExpiredCertificateServesWithANotice)
{
    const TlsFiles old(makeTestCertificate(-3600));
    CollectorOptions wanted = options();
    wanted.tlsCertificate = old.certificate();
    wanted.tlsKey = old.key();
    start(wanted);
    ASSERT_EQ(info.notices.size(), 1U);
    EXPECT_NE(info.notices[0].find("no longer valid"), std::string::npos);
}

TEST(TlsIdentity, SaysWhatIsWrongWithTheFiles)
{
    const TlsFiles files;
    const std::string certificate = files.certificate();
    const std::string key = files.key();
    const auto codeOf = [](const std::string& first, const std::string& second) {
        const auto loaded = loadTlsIdentity(first, second);
        EXPECT_FALSE(loaded.ok());
        EXPECT_EQ(loaded.error().what.find("PRIVATE KEY-----"), std::string::npos);
        return loaded.error().code;
    };
    EXPECT_EQ(codeOf(certificate + ".none", key), ErrorCode::NotFound);
    EXPECT_EQ(codeOf(certificate, key + ".none"), ErrorCode::NotFound);
    EXPECT_EQ(codeOf(certificate, files.with("folder-is-none", "")), ErrorCode::Malformed);
    EXPECT_EQ(codeOf(files.with("empty", ""), key), ErrorCode::Malformed);
    EXPECT_EQ(codeOf(files.with("cut", files.content().certificatePem.substr(0, 200)), key), ErrorCode::Malformed);
    EXPECT_EQ(codeOf(key, certificate), ErrorCode::Malformed); // the two exchanged
    EXPECT_EQ(codeOf(files.with("large", std::string(std::size_t{2} << 20U, 'x')), key), ErrorCode::TooLarge);
    EXPECT_EQ(codeOf(certificate, files.with("another", makeTestCertificate().keyPem)), ErrorCode::InvalidArgument);
    const auto locked = loadTlsIdentity(certificate, files.with("locked", files.content().lockedKeyPem));
    ASSERT_FALSE(locked.ok());
    EXPECT_NE(locked.error().what.find("passphrase"), std::string::npos);
    const auto good = loadTlsIdentity(certificate, key);
    ASSERT_TRUE(good.ok());
    EXPECT_GT(good->notAfter, 0);
}

} // namespace
} // namespace tracedeck::test
