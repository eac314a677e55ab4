// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collector_arguments.h"

#include "collector/access_policy.h"

#include <charconv>
#include <cstdint>
#include <utility>

namespace tracedeck {

namespace {

Error wrong(const std::string& what)
{
    return makeError(ErrorCode::InvalidArgument, "command line", what, "See --help.");
}

Result<void> readAddress(const std::string& name, const std::string& text, std::string& host, std::uint16_t& port)
{
    auto [givenHost, givenPort] = splitHostPort(text);
    std::uint16_t number = 0;
    const auto [end, failure] = std::from_chars(givenPort.data(), givenPort.data() + givenPort.size(), number);
    if (givenHost.empty() || givenPort.empty() || failure != std::errc() || end != givenPort.data() + givenPort.size())
        return wrong(name + " wants HOST:PORT, got “" + text + "”");
    host = std::move(givenHost);
    port = number;
    return {};
}

Result<void> readGrpcAddress(const std::string& text, CollectorOptions& options)
{
    if (text == "off") {
        options.enableGrpc = false;
        return {};
    }
    return readAddress("--grpc-listen", text, options.grpcHost, options.grpcPort);
}

Result<void> readCount(const std::string& name, const std::string& text, std::size_t& count)
{
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number < 1 || number > 10'000)
        return wrong(name + " wants a number from 1 to 10000, got “" + text + "”");
    count = number;
    return {};
}

Result<void> readSync(const std::string& text, CollectorOptions& options)
{
    if (text != "full" && text != "normal")
        return wrong("--sync wants normal or full, got “" + text + "”");
    options.fullSync = text == "full";
    return {};
}

/// Arguments that take a value.
Result<void> readValue(const std::string& name, const std::string& value, CollectorOptions& options)
{
    if (name == "--listen")
        return readAddress(name, value, options.host, options.httpPort);
    if (name == "--grpc-listen")
        return readGrpcAddress(value, options);
    if (name == "--sync")
        return readSync(value, options);
    if (name == "--push-per-token")
        return readCount(name, value, options.pushPerToken);
    if (name == "--data-dir")
        options.dataDir = value;
    else if (name == "--tls-cert")
        options.tlsCertificate = value;
    else if (name == "--tls-key")
        options.tlsKey = value;
    else
        return wrong("unknown argument “" + name + "”");
    return {};
}

} // namespace

std::string_view collectorUsage()
{
    return "Usage: tracedeck-collector [options]\n"
           "Takes OpenTelemetry traces and logs, keeps them, and serves them over HTTP.\n\n"
           "  --listen HOST:PORT       HTTP: OTLP/HTTP and the read API (127.0.0.1:4318)\n"
           "  --grpc-listen HOST:PORT  OTLP/gRPC (127.0.0.1:4317); off = none\n"
           "  --data-dir DIR           where the data and the token are kept\n"
           "  --sync full              survive a power loss too, at the cost of speed\n"
           "  --require-token          sending needs the token as well\n"
           "  --push-per-token N       push connections of one token (12)\n"
           "  --tls-cert FILE          serve TLS with this certificate (PEM, its chain behind it)\n"
           "  --tls-key FILE           and its key (PEM, no passphrase)\n"
           "  --insecure-plaintext     allow other machines to connect, without TLS\n"
           "  --version                print the version\n"
           "  --help                   print this\n\n"
           "Port 0 takes any free port. Reads need: Authorization: Bearer $(cat DIR/token)\n";
}

Result<CollectorArguments> parseCollectorArguments(const std::vector<std::string>& arguments,
                                                   const std::string& defaultDataDir)
{
    CollectorArguments parsed;
    parsed.options.dataDir = defaultDataDir;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            parsed.help = true;
        } else if (name == "--version") {
            parsed.version = true;
        } else if (name == "--require-token") {
            parsed.options.requireToken = true;
        } else if (name == "--insecure-plaintext") {
            parsed.options.insecurePlaintext = true;
        } else {
            const std::size_t equals = name.find('=');
            std::string value;
            if (equals != std::string::npos) {
                value = name.substr(equals + 1);
                name.resize(equals);
            } else if (name.starts_with("--") && i + 1 < arguments.size()) {
                value = arguments[++i];
            }
            if (value.empty())
                return wrong(name.starts_with("--") ? name + " wants a value, or is unknown"
                                                    : "unexpected argument “" + name + "”");
            const Result<void> read = readValue(name, value, parsed.options);
            if (!read)
                return read.error();
        }
    }
    return parsed;
}

} // namespace tracedeck
