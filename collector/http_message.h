// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck {

/// One header field; names of requests are kept in lower case.
struct HttpField {
    std::string name;
    std::string value;
};

/// The part of a request that arrives before its body.
struct HttpHead {
    std::string method; ///< "GET", upper case as sent
    std::string path; ///< decoded, without the query
    std::vector<std::pair<std::string, std::string>> query; ///< decoded, in order
    std::vector<HttpField> fields;
    std::size_t contentLength = 0; ///< 0 when absent or chunked
    std::string peer; ///< other end of the connection, "127.0.0.1:4711"; empty = not known
    bool badTarget = false; ///< broken percent escape, or a target that is no path

    /// Value of a field by its lower-case name, empty when absent. Repeated fields: the first.
    [[nodiscard]] std::string_view field(std::string_view lowerName) const;
    [[nodiscard]] std::size_t fieldCount(std::string_view lowerName) const;
    /// Value of a query parameter, nullptr when absent.
    [[nodiscard]] const std::string* parameter(std::string_view name) const;
};

struct HttpRequest {
    HttpHead head;
    std::string body; ///< as received, still compressed if it was
};

/// Takes one piece of a body; false = the reader is gone, stop.
using ChunkSink = std::function<bool(std::string&&)>;
/// Writes a body piece by piece on a worker thread. An error before the first piece becomes an error
/// answer, a later one cuts the connection, so that a truncated body cannot pass for a whole one.
using BodyProducer = std::function<Result<void>(const ChunkSink&)>;

struct HttpResponse {
    int status = 200;
    std::vector<HttpField> fields; ///< without length and connection fields, which the server adds
    std::string body;
    BodyProducer stream; ///< when set, `body` is not used
    bool close = false; ///< end the connection after this answer
};

/// Splits a request target into path and query and decodes both ("+" in the query is a space).
void parseTarget(std::string_view target, HttpHead& into);
/// "OK" for 200 …; "Unknown" for codes the server never sends.
[[nodiscard]] std::string_view statusText(int status);
/// How the end of the body is told.
enum class BodyFraming { Length, Chunked, UntilClose };
/// Status line and fields up to the empty line. `nowSeconds` (Unix time) goes into Date.
[[nodiscard]] std::string serializeHead(const HttpResponse& response, BodyFraming framing, bool keepAlive,
                                        std::int64_t nowSeconds);
/// A finished response with a content type and no caching.
[[nodiscard]] HttpResponse makeResponse(int status, std::string_view contentType, std::string body);

} // namespace tracedeck
