// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/collector_request.h"

#include "core/span_table.h"
#include "formats/otlp_decode.h"
#include "formats/otlp_trace_stream.h"
#include "formats/trace_api_json.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace tracedeck {

namespace {

constexpr std::size_t kMaxTraceBytes = std::size_t{2} << 30U;
constexpr std::string_view kProtobuf = "application/x-protobuf";

/// A decoder of one table as the decoder of a request.
template <class T> std::function<CollectorResult(std::string_view)> decoderOf(Result<T> (*decode)(std::string_view))
{
    return [decode](std::string_view body) -> CollectorResult {
        Result<T> decoded = decode(body);
        if (!decoded)
            return decoded.error();
        return CollectorValue(std::make_shared<const T>(std::move(decoded).value()));
    };
}

/// A trace goes into columns while it arrives: one of a million spans is a body of hundreds of megabytes.
class TraceReader : public AnswerReader {
public:
    explicit TraceReader(const TraceId& id) : m_stream(id) { }
    bool add(std::string_view piece) override
    {
        m_state = m_stream.add(piece);
        return m_state.ok();
    }
    CollectorResult finish() override
    {
        if (m_state.ok())
            m_state = m_stream.finish();
        if (!m_state)
            return m_state.error();
        OtlpTraces traces = m_stream.take();
        if (traces.spans.rows() == 0)
            return makeError(ErrorCode::NotFound, "collector", "the answer holds no span of this trace");
        return CollectorValue(std::make_shared<const SpanTable>(std::move(traces.spans)));
    }

private:
    OtlpTraceStream m_stream;
    Result<void> m_state;
};

CollectorResult decodeTrace(std::string_view body, const TraceId& id)
{
    TraceReader reader(id);
    (void)reader.add(body); // finish() says what was wrong
    return reader.finish();
}

CollectorResult decodeLogs(std::string_view body)
{
    Result<OtlpLogs> decoded = decodeOtlpLogs(body, OtlpEncoding::Protobuf);
    if (!decoded)
        return decoded.error();
    return CollectorValue(std::make_shared<const LogTable>(std::move(decoded).value().logs));
}

CollectorResult decodeDone(std::string_view /*body*/)
{
    return CollectorValue(std::make_shared<const bool>(true));
}

/// Builds "path?name=value&…"; empty values are left out.
class TargetBuilder {
public:
    explicit TargetBuilder(std::string path) : m_text(std::move(path)) { }
    TargetBuilder& add(std::string_view name, const std::string& value)
    {
        if (value.empty())
            return *this;
        m_text += m_first ? '?' : '&';
        m_first = false;
        m_text += name;
        m_text += '=';
        m_text += QByteArray::fromRawData(value.data(), static_cast<qsizetype>(value.size()))
                      .toPercentEncoding()
                      .toStdString();
        return *this;
    }
    TargetBuilder& flag(std::string_view name, bool on) { return add(name, on ? "1" : ""); }
    [[nodiscard]] std::string text() const { return m_text; }

private:
    std::string m_text;
    bool m_first = true;
};

CollectorRequest make(const TargetBuilder& target, const FetchRequest& fetch,
                      std::function<CollectorResult(std::string_view)> decode)
{
    CollectorRequest request;
    request.target = target.text();
    request.bypassCaches = fetch.bypassCaches;
    request.newest = fetch.newest;
    request.decode = std::move(decode);
    return request;
}

std::string timeText(std::int64_t ns)
{
    return ns == 0 ? std::string() : std::to_string(ns);
}

} // namespace

CollectorRequest listRequest(const TraceListRequest& request, const FetchRequest& fetch)
{
    TargetBuilder target("/api/v1/traces");
    target.add("q", request.query).add("from", timeText(request.fromNs)).add("to", timeText(request.toNs));
    target.flag("errors", request.errorsOnly).flag("own", request.includeOwn);
    target.add("order", std::string(traceOrderKey(request.order))).add("limit", std::to_string(request.limit));
    target.add("cursor", request.cursor);
    CollectorRequest made = make(target, fetch, decoderOf<TraceListPage>(decodeTraceListPage));
    made.keepValue = request.fromNs == 0; // a window that moves with the time is never asked for again
    return made;
}

CollectorRequest traceRequest(const TraceId& id, const FetchRequest& fetch)
{
    CollectorRequest request = make(TargetBuilder("/api/v1/traces/" + id.toHex()), fetch,
                                    [id](std::string_view body) { return decodeTrace(body, id); });
    request.reader = [id] { return std::make_unique<TraceReader>(id); };
    request.accept = kProtobuf;
    request.maxBytes = kMaxTraceBytes;
    return request;
}

CollectorRequest logsRequest(const TraceId& id, const FetchRequest& fetch)
{
    CollectorRequest request = make(TargetBuilder("/api/v1/traces/" + id.toHex() + "/logs"), fetch, decodeLogs);
    request.accept = kProtobuf;
    request.maxBytes = kMaxTraceBytes;
    request.missingIsEmpty = true;
    return request;
}

CollectorRequest servicesRequest(bool includeOwn, const FetchRequest& fetch)
{
    CollectorRequest request = make(TargetBuilder("/api/v1/services").flag("own", includeOwn), fetch,
                                    decoderOf<std::vector<ServiceSummary>>(decodeServices));
    request.keepValue = true;
    return request;
}

CollectorRequest statusRequest(const FetchRequest& fetch)
{
    CollectorRequest request = make(TargetBuilder("/api/v1/status"), fetch, decoderOf<StoreStatus>(decodeStoreStatus));
    request.keepValue = true;
    return request;
}

CollectorRequest pinRequest(const TraceId& id, bool pinned)
{
    CollectorRequest request =
        make(TargetBuilder("/api/v1/traces/" + id.toHex() + "/pin").add("pinned", pinned ? "1" : "0"), {}, decodeDone);
    request.post = true;
    return request;
}

CollectorRequest clearRequest(bool includePinned)
{
    CollectorRequest request = make(TargetBuilder("/api/v1/clear").flag("pinned", includePinned), {}, decodeDone);
    request.post = true;
    return request;
}

} // namespace tracedeck
