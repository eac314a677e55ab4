// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/access_policy.h"
#include "collector/http_handler.h"

namespace tracedeck {

/// Sends OTLP paths to ingest and everything else to the read API, after the checks that hold for all:
/// Host, Origin and a well-formed target.
class HttpRouter final : public HttpHandler {
public:
    HttpRouter(HttpHandler& ingest, HttpHandler& api, const AccessPolicy& policy);

    [[nodiscard]] HeadVerdict checkHead(const HttpHead& head) const override;
    void handle(HttpRequest request, Respond respond) override;
    [[nodiscard]] HttpResponse failure(const HttpHead& head, const Error& error) const override;

private:
    [[nodiscard]] HttpHandler& handlerOf(const HttpHead& head) const;
    HttpHandler& m_ingest;
    HttpHandler& m_api;
    const AccessPolicy& m_policy;
};

} // namespace tracedeck
