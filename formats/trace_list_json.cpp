// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_document.h"
#include "formats/json_writer.h"
#include "formats/trace_api_json.h"

namespace tracedeck {
namespace {

void writeServices(JsonWriter& json, const TraceListTable& traces, std::size_t row, std::size_t& position)
{
    json.key("services").beginArray();
    for (const StringId service : traces.services.row(row)) {
        json.beginObject().member("name", traces.strings.view(service));
        if (position < traces.serviceSpans.size()) {
            json.member("spans", traces.serviceSpans[position]);
        }
        ++position;
        json.endObject();
    }
    json.endArray();
}

/// Fills one row after the other; a row counts only once all of it was read.
class TraceListReader {
public:
    TraceListReader(JsonDocument& document, TraceListTable& traces) : m_document(document), m_traces(traces) { }

    bool operator()(ondemand::value item)
    {
        const std::size_t row = m_traces.rows();
        m_traces.resize(row + 1);
        const bool good = m_document.fields(item, [&](std::string_view key, ondemand::value value) {
            return scalar(key, value, row) && lists(key, value, row);
        });
        if (!good) {
            return false;
        }
        m_traces.services.endRow();
        return !m_traces.traceId[row].isZero() || m_document.fail(reject::kTraceIdZero);
    }

private:
    bool scalar(std::string_view key, ondemand::value value, std::size_t row)
    {
        if (key == "traceId") {
            return m_document.traceId(value, m_traces.traceId[row]);
        }
        if (key == "startNs") {
            return m_document.integer(value, m_traces.startNs[row]);
        }
        if (key == "durationNs") {
            return m_document.integer(value, m_traces.durationNs[row]);
        }
        if (key == "spans") {
            return m_document.count(value, m_traces.spanCount[row]);
        }
        return key != "errors" || m_document.count(value, m_traces.errorCount[row]);
    }

    bool lists(std::string_view key, ondemand::value value, std::size_t row)
    {
        if (key == "rootService") {
            return text(value, m_traces.rootService[row]);
        }
        if (key == "rootName") {
            return text(value, m_traces.rootName[row]);
        }
        if (key == "own") {
            return flag(value, m_traces.own[row]);
        }
        if (key == "exact") {
            return flag(value, m_traces.exact[row]);
        }
        if (key != "services") {
            return true;
        }
        if (m_lastListed == row + 1) {
            return m_document.fail(reject::kTwice);
        }
        m_lastListed = row + 1;
        return m_document.items(value, [&](ondemand::value item) { return service(item); });
    }

    bool service(ondemand::value item)
    {
        StringId name = 0;
        std::uint32_t spans = 0;
        const bool good = m_document.fields(item, [&](std::string_view key, ondemand::value value) {
            if (key == "name") {
                return text(value, name);
            }
            return key != "spans" || m_document.count(value, spans);
        });
        m_traces.services.add(name);
        m_traces.serviceSpans.push_back(spans);
        return good;
    }

    bool text(ondemand::value value, StringId& out)
    {
        std::string_view read;
        const bool good = m_document.text(value, read);
        out = m_traces.strings.intern(read);
        return good;
    }

    bool flag(ondemand::value value, std::uint8_t& out)
    {
        bool set = false;
        const bool good = m_document.flag(value, set);
        out = set ? 1 : 0;
        return good;
    }

    JsonDocument& m_document;
    TraceListTable& m_traces;
    std::size_t m_lastListed = 0; ///< row + 1 of the row whose services were read last
};

} // namespace

std::string encodeTraceListPage(const TraceListPage& page)
{
    const TraceListTable& traces = page.traces;
    std::string body;
    body.reserve(traces.rows() * 256 + 128);
    JsonWriter json(body);
    json.beginObject().key("traces").beginArray();
    std::size_t service = 0;
    for (std::size_t row = 0; row < traces.rows(); ++row) {
        json.beginObject().member("traceId", traces.traceId[row].toHex());
        json.member("startNs", traces.startNs[row]).member("durationNs", traces.durationNs[row]);
        json.member("rootService", traces.strings.view(traces.rootService[row]));
        json.member("rootName", traces.strings.view(traces.rootName[row]));
        json.member("spans", traces.spanCount[row]).member("errors", traces.errorCount[row]);
        json.member("own", traces.own[row] != 0).member("exact", traces.exact[row] != 0);
        if (row < traces.services.size()) {
            writeServices(json, traces, row, service);
        }
        json.endObject();
    }
    json.endArray().member("nextCursor", page.nextCursor).member("matching", page.matching);
    json.member("matchingKnown", page.matchingKnown).member("total", page.total).endObject();
    return body;
}

Result<TraceListPage> decodeTraceListPage(std::string_view json)
{
    JsonDocument document(json);
    TraceListPage page;
    TraceListReader reader(document, page.traces);
    const bool good = document.root([&](std::string_view key, ondemand::value value) {
        if (key == "traces") {
            return document.items(value, reader);
        }
        if (key == "nextCursor") {
            std::string_view cursor;
            const bool read = document.text(value, cursor);
            page.nextCursor = cursor;
            return read;
        }
        if (key == "matching") {
            return document.time(value, page.matching);
        }
        if (key == "matchingKnown") {
            return document.flag(value, page.matchingKnown);
        }
        return key != "total" || document.time(value, page.total);
    });
    if (!good) {
        return makeError(ErrorCode::Malformed, "api", "not a page of traces: " + document.problem());
    }
    page.traces.finish();
    return page;
}

} // namespace tracedeck
