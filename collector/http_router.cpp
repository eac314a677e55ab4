// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/http_router.h"

#include "collector/otlp_http_handler.h"

#include <utility>

namespace tracedeck {

HttpRouter::HttpRouter(HttpHandler& ingest, HttpHandler& api, const AccessPolicy& policy)
    : m_ingest(ingest), m_api(api), m_policy(policy)
{ }

HeadVerdict HttpRouter::checkHead(const HttpHead& head) const
{
    Error problem;
    if (!m_policy.hostAllowed(head))
        problem = makeError(ErrorCode::PermissionDenied, "request", "this Host is not served here",
                            "Use the address the collector listens on.");
    else if (!m_policy.originAllowed(head))
        problem = makeError(ErrorCode::PermissionDenied, "request", "requests from web pages are refused");
    else if (head.badTarget)
        problem = makeError(ErrorCode::InvalidArgument, "request", "the request target is not well-formed");
    else
        return handlerOf(head).checkHead(head);
    HeadVerdict verdict;
    verdict.kind = HeadVerdict::Kind::Refuse;
    verdict.refusal = failure(head, problem);
    verdict.refusal.close = true;
    return verdict;
}

void HttpRouter::handle(HttpRequest request, Respond respond)
{
    HttpHandler& handler = handlerOf(request.head);
    handler.handle(std::move(request), std::move(respond));
}

HttpResponse HttpRouter::failure(const HttpHead& head, const Error& error) const
{
    return handlerOf(head).failure(head, error);
}

HttpHandler& HttpRouter::handlerOf(const HttpHead& head) const
{
    return otlpSignalOf(head.path) ? m_ingest : m_api;
}

} // namespace tracedeck
