// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_encode.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>
#include <QUrl>
#include <numeric>
#include <string>
#include <vector>

namespace tracedeck::tests {

/// Sends spans to a collector as a program would, and waits for the answer. The HTTP status, 0 without one.
inline int postSpans(const QString& endpoint, const SpanTable& spans)
{
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    const std::string body = encodeOtlpTraces(spans, rows, OtlpEncoding::Protobuf);
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(endpoint + QStringLiteral("/v1/traces"))};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-protobuf"));
    QNetworkReply* reply = network.post(request, QByteArray(body.data(), static_cast<qsizetype>(body.size())));
    return QTest::qWaitFor([reply] { return reply->isFinished(); })
        ? reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()
        : 0;
}

} // namespace tracedeck::tests
