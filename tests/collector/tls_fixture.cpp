// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>

namespace tracedeck::test {

namespace {

std::string textOf(BIO* bio)
{
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string text(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

} // namespace

TestCertificate makeTestCertificate(std::int64_t validSeconds)
{
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate), static_cast<long>(validSeconds));
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate, key, EVP_sha256());
    TestCertificate made;
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, certificate);
    made.certificatePem = textOf(bio);
    bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    made.keyPem = textOf(bio);
    bio = BIO_new(BIO_s_mem());
    std::string passphrase = "secret";
    PEM_write_bio_PrivateKey(bio, key, EVP_aes_128_cbc(), reinterpret_cast<unsigned char*>(passphrase.data()),
                             static_cast<int>(passphrase.size()), nullptr, nullptr);
    made.lockedKeyPem = textOf(bio);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return made;
}

TlsFiles::TlsFiles(const TestCertificate& certificate) : m_content(certificate)
{
    std::ofstream(this->certificate()) << certificate.certificatePem;
    std::ofstream(key()) << certificate.keyPem;
}

std::string TlsFiles::with(const std::string& name, std::string_view content) const
{
    std::ofstream(m_directory.file(name), std::ios::binary) << content;
    return m_directory.file(name);
}

int connectPlain(const std::string& address)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{20, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
        return socket;
    ::close(socket);
    return -1;
}

TlsClient::TlsClient(const std::string& address, const std::string& trustedPem)
    : m_socket(connectPlain(address)),
      m_context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free),
      m_tls(nullptr, &SSL_free)
{
    std::signal(SIGPIPE, SIG_IGN); // writing to a server that is gone is an error here
    BIO* bio = BIO_new_mem_buf(trustedPem.data(), static_cast<int>(trustedPem.size()));
    X509* trusted = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), trusted);
    X509_free(trusted);
    BIO_free(bio);
    SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER, nullptr);
    m_tls.reset(SSL_new(m_context.get()));
    SSL_set_fd(m_tls.get(), m_socket);
    SSL_set1_host(m_tls.get(), "localhost");
    m_connected = SSL_connect(m_tls.get()) == 1;
}

TlsClient::~TlsClient()
{
    m_tls.reset();
    if (m_socket >= 0)
        ::close(m_socket);
}

std::string TlsClient::version() const
{
    return SSL_get_version(m_tls.get());
}

bool TlsClient::send(std::string_view bytes)
{
    return SSL_write(m_tls.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
}

bool TlsClient::fill()
{
    std::array<char, 65536> piece{};
    const int got = SSL_read(m_tls.get(), piece.data(), static_cast<int>(piece.size()));
    if (got <= 0) {
        m_lastError = SSL_get_error(m_tls.get(), got);
        return false;
    }
    m_buffer.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

std::string TlsClient::read(std::size_t bytes)
{
    while (m_buffer.size() < bytes && fill()) { }
    std::string taken = m_buffer.substr(0, bytes);
    m_buffer.erase(0, bytes);
    return taken;
}

std::string TlsClient::readUntil(std::string_view end)
{
    std::size_t at = 0;
    while ((at = m_buffer.find(end)) == std::string::npos && fill()) { }
    return read(at == std::string::npos ? m_buffer.size() : at + end.size());
}

bool TlsClient::endsProperly()
{
    while (fill()) { }
    return m_lastError == SSL_ERROR_ZERO_RETURN;
}

void TlsClient::finishSending()
{
    SSL_shutdown(m_tls.get());
}

} // namespace tracedeck::test
