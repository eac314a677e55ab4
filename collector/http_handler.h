// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_message.h"
#include "core/result.h"

#include <cstddef>
#include <functional>
#include <memory>

namespace tracedeck {

/// What to do with a request of which only the head is known.
struct HeadVerdict {
    enum class Kind { ReadBody, Refuse, WebSocket };
    Kind kind = Kind::ReadBody;
    std::size_t bodyLimit = 0; ///< for ReadBody
    HttpResponse refusal; ///< for Refuse; the body is never read then
    std::shared_ptr<const void> seat; ///< for WebSocket: kept as long as the connection
};

/// What stands behind an HTTP server. All functions are called on the server's I/O thread and must not
/// block it.
class HttpHandler {
public:
    using Respond = std::function<void(HttpResponse)>;

    HttpHandler() = default;
    HttpHandler(const HttpHandler&) = delete;
    HttpHandler& operator=(const HttpHandler&) = delete;
    virtual ~HttpHandler() = default;

    [[nodiscard]] virtual HeadVerdict checkHead(const HttpHead& head) const = 0;
    /// `respond` is called exactly once, on any thread.
    virtual void handle(HttpRequest request, Respond respond) = 0;
    /// The answer to a request that failed while its body arrived, in the request's own encoding.
    [[nodiscard]] virtual HttpResponse failure(const HttpHead& head, const Error& error) const = 0;
};

} // namespace tracedeck
