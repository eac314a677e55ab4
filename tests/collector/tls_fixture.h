// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store_fixture.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace tracedeck::test {

/// A self-signed certificate for localhost and 127.0.0.1, made on the spot.
struct TestCertificate {
    std::string certificatePem;
    std::string keyPem;
    std::string lockedKeyPem; ///< the same key under a passphrase
};
/// `validSeconds` from now; negative = no longer valid.
[[nodiscard]] TestCertificate makeTestCertificate(std::int64_t validSeconds = 3600);

/// The two files of a certificate in a directory of their own.
class TlsFiles {
public:
    explicit TlsFiles(const TestCertificate& certificate = makeTestCertificate());
    [[nodiscard]] std::string certificate() const { return m_directory.file("cert.pem"); }
    [[nodiscard]] std::string key() const { return m_directory.file("key.pem"); }
    /// Writes a further file and returns its path.
    [[nodiscard]] std::string with(const std::string& name, std::string_view content) const;
    [[nodiscard]] const TestCertificate& content() const { return m_content; }

private:
    TemporaryDirectory m_directory;
    TestCertificate m_content;
};

/// A blocking TLS client that trusts one certificate; every wait ends after 20 s.
class TlsClient {
public:
    TlsClient(const std::string& address, const std::string& trustedPem);
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    /// Whether the handshake was done and the certificate was the trusted one.
    [[nodiscard]] bool connected() const { return m_connected; }
    [[nodiscard]] std::string version() const;
    bool send(std::string_view bytes);
    /// Reads until `bytes` were read or the connection ended.
    [[nodiscard]] std::string read(std::size_t bytes);
    /// Reads up to the end of the text `end`, or of the connection.
    [[nodiscard]] std::string readUntil(std::string_view end);
    /// Reads on until the server says goodbye; false when it cut the connection instead.
    [[nodiscard]] bool endsProperly();
    /// Says that nothing more comes, and goes on reading.
    void finishSending();

private:
    bool fill();
    int m_socket = -1;
    bool m_connected = false;
    std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> m_context;
    std::unique_ptr<ssl_st, void (*)(ssl_st*)> m_tls;
    std::string m_buffer;
    int m_lastError = 0;
};

/// A connected TCP socket, for clients that speak no TLS.
[[nodiscard]] int connectPlain(const std::string& address);

} // namespace tracedeck::test
