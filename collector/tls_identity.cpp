// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/tls_identity.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

namespace tracedeck {

namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20U;

template <auto Free> struct Freed {
    template <class T> void operator()(T* object) const { Free(object); }
};
using Bio = std::unique_ptr<BIO, Freed<&BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;

Result<std::string> readPem(const std::string& path)
{
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text;
    if (file)
        text.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    if (!file || file.bad()) {
        const int number = errno == 0 ? EIO : errno;
        return makeError(number == ENOENT ? ErrorCode::NotFound : ErrorCode::PermissionDenied, path,
                         "cannot be read: " + std::generic_category().message(number));
    }
    if (text.size() > kLargestFile)
        return makeError(ErrorCode::TooLarge, path, "is too large for a PEM file");
    return text;
}

Bio bioOf(const std::string& text)
{
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Nobody is there to type a passphrase.
int noPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked)
{
    *static_cast<bool*>(asked) = true;
    return 0;
}

Result<Key> keyOf(const std::string& path, const std::string& pem)
{
    const Bio bio = bioOf(pem);
    bool passphraseAsked = false;
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, &noPassphrase, &passphraseAsked));
    ERR_clear_error();
    if (!key)
        return makeError(ErrorCode::Malformed, path,
                         passphraseAsked ? "the key is protected by a passphrase" : "holds no private key in PEM form",
                         "Give --tls-key a PEM file with a private key and no passphrase.");
    return key;
}

int chooseProtocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* chosenSize, const unsigned char* offered,
                   unsigned offeredSize, void* /*unused*/)
{
    static constexpr unsigned char kHttp11[] = "\x08http/1.1";
    unsigned char* match = nullptr;
    if (SSL_select_next_proto(&match, chosenSize, kHttp11, sizeof kHttp11 - 1, offered, offeredSize)
        != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *chosen = match;
    return SSL_TLSEXT_ERR_OK;
}

std::string fingerprintOf(const X509* certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    std::string hex;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1)
        for (unsigned int i = 0; i < size; ++i)
            hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

std::int64_t endOfValidity(const X509* certificate)
{
    std::tm parts{};
    return ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) == 1 ? static_cast<std::int64_t>(timegm(&parts))
                                                                         : 0;
}

/// The certificate at the start of `pem`, with those that follow, into the context.
Result<Certificate> useChain(SSL_CTX* context, const std::string& path, const std::string& pem)
{
    const Bio bio = bioOf(pem);
    bool ignored = false;
    Certificate own(PEM_read_bio_X509_AUX(bio.get(), nullptr, &noPassphrase, &ignored));
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1) {
        ERR_clear_error();
        return makeError(ErrorCode::Malformed, path, "holds no usable certificate in PEM form",
                         "Give --tls-cert a PEM file: the server's certificate first, then its chain.");
    }
    while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, &noPassphrase, &ignored)) {
        if (SSL_CTX_add0_chain_cert(context, next) != 1) // takes the reference when it works
            X509_free(next);
    }
    ERR_clear_error();
    return own;
}

} // namespace

Result<TlsIdentity> loadTlsIdentity(const std::string& certificateFile, const std::string& keyFile)
{
    Result<std::string> certificatePem = readPem(certificateFile);
    if (!certificatePem)
        return certificatePem.error();
    Result<std::string> keyPem = readPem(keyFile);
    if (!keyPem)
        return keyPem.error();
    TlsIdentity identity;
    identity.context = std::shared_ptr<SSL_CTX>(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    SSL_CTX* context = identity.context.get();
    if (context == nullptr)
        return makeError(ErrorCode::Internal, "TLS", "the TLS library does not start");
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_alpn_select_cb(context, &chooseProtocol, nullptr);
    const Result<Certificate> certificate = useChain(context, certificateFile, *certificatePem);
    if (!certificate)
        return certificate.error();
    const Result<Key> key = keyOf(keyFile, *keyPem);
    if (!key)
        return key.error();
    const bool fits =
        X509_check_private_key(certificate->get(), key->get()) == 1 && SSL_CTX_use_PrivateKey(context, key->get()) == 1;
    ERR_clear_error();
    if (!fits)
        return makeError(ErrorCode::InvalidArgument, keyFile, "is not the key of the certificate in " + certificateFile,
                         "Give the two files that were made together.");
    identity.notAfter = endOfValidity(certificate->get());
    identity.fingerprint = fingerprintOf(certificate->get());
    identity.certificatePem = std::move(certificatePem).value();
    identity.keyPem = std::move(keyPem).value();
    return identity;
}

} // namespace tracedeck
