// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_document.h"
#include "formats/json_writer.h"
#include "formats/trace_api_json.h"

#include <array>
#include <optional>

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

void writeResources(JsonWriter& json, const TraceListTable& traces, std::size_t row)
{
    if (traces.resourcesKnown[row] == ResourceKnowledge::Unknown) {
        return;
    }
    json.key("resources").beginObject();
    for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
        const ListColumn& column = traces.resources[key];
        if (row >= column.size() || column.row(row).empty()) {
            continue;
        }
        json.key(resourceKeyName(static_cast<ResourceKey>(key))).beginArray();
        for (const StringId value : column.row(row)) {
            json.value(traces.strings.view(value));
        }
        json.endArray();
    }
    json.endObject();
    if (traces.resourcesKnown[row] == ResourceKnowledge::Part) {
        json.member("resourcesCut", true);
    }
}

/// Fills one row after the other; a row counts only once all of it was read.
class TraceListReader {
public:
    TraceListReader(JsonDocument& document, TraceListTable& traces) : m_document(document), m_traces(traces) { }

    bool operator()(ondemand::value item)
    {
        m_cut = 0;
        const std::size_t row = m_traces.rows();
        m_traces.resize(row + 1);
        const bool good = m_document.fields(item, [&](std::string_view key, ondemand::value value) {
            return scalar(key, value, row) && lists(key, value, row);
        });
        if (!good) {
            return false;
        }
        if (m_cut != 0 && m_traces.resourcesKnown[row] == ResourceKnowledge::Whole) {
            m_traces.resourcesKnown[row] = ResourceKnowledge::Part;
        }
        m_traces.services.endRow();
        for (ListColumn& column : m_traces.resources) {
            column.endRow();
        }
        return !m_traces.traceId[row].isZero() || m_document.fail(reject::kTraceIdZero);
    }

private:
    using ResourceKeySet = std::array<bool, kResourceKeyCount>;

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
        if (key == "resources") {
            return resources(value, row);
        }
        if (key == "resourcesCut") {
            return flag(value, m_cut);
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

    bool resources(ondemand::value value, std::size_t row)
    {
        if (m_traces.resourcesKnown[row] != ResourceKnowledge::Unknown) {
            return m_document.fail(reject::kTwice);
        }
        m_traces.resourcesKnown[row] = ResourceKnowledge::Whole;
        ResourceKeySet seen{};
        return m_document.fields(value, [&](std::string_view name, ondemand::value list) {
            const std::optional<ResourceKey> key = resourceKeyFromName(name);
            if (!key) {
                return true;
            }
            const auto number = static_cast<std::size_t>(*key);
            if (seen[number]) {
                return m_document.fail(reject::kTwice);
            }
            seen[number] = true;
            return m_document.items(list, [&](ondemand::value item) {
                StringId id = 0;
                const bool good = text(item, id);
                m_traces.resources[number].add(id);
                return good;
            });
        });
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
    std::uint8_t m_cut = 0; ///< of the row under way
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
        writeResources(json, traces, row);
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
