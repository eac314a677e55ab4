// SPDX-License-Identifier: GPL-3.0-or-later
// End to end with a sender that is not ours: the stock OpenTelemetry JavaScript SDK exports to a running
// collector, and the read API has to answer exactly what the SDK says it sent.
#include "collector/collector.h"
#include "formats/otlp_decode.h"
#include "formats/trace_api_json.h"
#include "raw_client.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sys/wait.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

using Json = nlohmann::json;

const std::string kEmitter = std::string(TRACEDECK_SOURCE_DIR) + "/tests/e2e/js";

struct ProgramOutput {
    int status = -1;
    std::string text;
};

ProgramOutput run(const std::string& command)
{
    ProgramOutput output;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return output;
    }
    std::array<char, 4096> block{};
    for (std::size_t size = 0; (size = fread(block.data(), 1, block.size(), pipe)) > 0;) {
        output.text.append(block.data(), size);
    }
    const int status = pclose(pipe);
    output.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return output;
}

/// Why the emitter cannot run here; empty when it can.
std::string missing()
{
    if (run("node --version 2>/dev/null").status != 0) {
        return "not run: node is not installed";
    }
    if (!std::filesystem::exists(kEmitter + "/node_modules/@opentelemetry/api")) {
        return "not run: tests/e2e/js/node_modules is missing (npm ci)";
    }
    return {};
}

template <class Table> std::map<std::string, std::string> attributesOf(const Table& t, IndexRange range)
{
    static constexpr std::array<const char*, 8> kTypes = {"empty",  "string", "bool",   "int",
                                                          "double", "array",  "kvlist", "bytes"};
    std::map<std::string, std::string> out;
    for (std::uint32_t row = range.begin; row < range.end; ++row) {
        const AttributeType type = t.attributeRows.type[row];
        const std::uint64_t payload = t.attributeRows.payload[row];
        std::string value = kTypes.at(static_cast<std::size_t>(type)) + std::string(":");
        if (type == AttributeType::Double) {
            value += Json(std::bit_cast<double>(payload)).dump();
        } else if (type == AttributeType::Int || type == AttributeType::Bool || type == AttributeType::Empty) {
            value += std::to_string(static_cast<std::int64_t>(payload));
        } else {
            value += t.strings.view(static_cast<StringId>(payload));
        }
        EXPECT_TRUE(out.emplace(t.strings.view(t.attributeRows.key[row]), value).second);
    }
    return out;
}

std::map<std::string, std::string> attributesOf(const Json& owner)
{
    return owner.get<std::map<std::string, std::string>>();
}

class OtelSdk : public testing::Test {
protected:
    void SetUp() override
    {
        if (const std::string reason = missing(); !reason.empty()) {
            GTEST_SKIP() << reason;
        }
        std::string folder = std::filesystem::temp_directory_path() / "tracedeck-sdk-XXXXXX";
        ASSERT_NE(mkdtemp(folder.data()), nullptr);
        m_folder = folder;
        CollectorOptions options;
        options.dataDir = m_folder + "/data";
        options.httpPort = 0;
        options.grpcPort = 0;
        auto started = Collector::start(options);
        ASSERT_TRUE(started.ok()) << started.error().what;
        m_collector = std::move(started).value();
    }

    void TearDown() override
    {
        if (m_collector) {
            m_collector->stop();
        }
        if (!m_folder.empty()) {
            std::filesystem::remove_all(m_folder);
        }
    }

    /// What the SDK sent; every export was acknowledged, or the emitter had failed.
    Json emit(const std::string& encodings)
    {
        const CollectorInfo info = m_collector->info();
        const std::string complaints = m_folder + "/emitter-stderr";
        const ProgramOutput output = run("node " + kEmitter + "/emit.mjs --http http://" + info.httpAddress + " --grpc "
                                         + info.grpcAddress + " --encodings " + encodings + " 2>" + complaints);
        EXPECT_EQ(output.status, 0) << std::ifstream(complaints).rdbuf();
        return output.status == 0 ? Json::parse(output.text) : Json{{"spans", Json::array()}, {"logs", Json::array()}};
    }

    std::string get(const std::string& target, const std::string& accept)
    {
        const CollectorInfo info = m_collector->info();
        RawClient client(info.httpAddress);
        const RawResponse answer = client.ask(getRequest(target, info.token, "Accept: " + accept + "\r\n"));
        EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
        EXPECT_TRUE(answer.complete);
        return answer.body;
    }

    SpanTable trace(const std::string& id, OtlpEncoding encoding)
    {
        OtlpTraces traces;
        const bool json = encoding == OtlpEncoding::Json;
        const std::string body = get("/api/v1/traces/" + id, json ? "application/json" : "application/x-protobuf");
        const Result<void> decoded = decodeOtlpTraces(body, encoding, traces);
        EXPECT_TRUE(decoded.ok()) << (decoded.ok() ? "" : decoded.error().what);
        return std::move(traces.spans);
    }

    std::unique_ptr<Collector> m_collector;
    std::string m_folder;
};

void expectEvents(const SpanTable& t, std::size_t row, const Json& events)
{
    ASSERT_EQ(t.events[row].size(), events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::size_t at = t.events[row].begin + i;
        EXPECT_EQ(t.strings.view(t.eventRows.name[at]), events[i]["name"]);
        EXPECT_EQ(std::to_string(t.eventRows.timeNs[at]), events[i]["timeNs"]);
        EXPECT_EQ(attributesOf(t, t.eventRows.attributes[at]), attributesOf(events[i]["attributes"]));
    }
}

void expectSpan(const SpanTable& t, std::size_t row, const Json& sent)
{
    SCOPED_TRACE(sent["name"].get<std::string>() + " of " + sent["resource"]["service.name"].get<std::string>());
    EXPECT_EQ(t.traceId[row].toHex(), sent["traceId"]);
    EXPECT_EQ(t.parentSpanId[row].isZero() ? "" : t.parentSpanId[row].toHex(), sent["parentSpanId"]);
    EXPECT_EQ(t.strings.view(t.name[row]), sent["name"]);
    EXPECT_EQ(static_cast<int>(t.kind[row]), sent["kind"]);
    EXPECT_EQ(std::to_string(t.startNs[row]), sent["startNs"]);
    EXPECT_EQ(std::to_string(t.startNs[row] + t.durationNs[row]), sent["endNs"]);
    EXPECT_EQ(static_cast<int>(t.status[row]), sent["status"]);
    EXPECT_EQ(t.strings.view(t.statusMessage[row]), sent["statusMessage"]);
    EXPECT_EQ(t.strings.view(t.traceState[row]), sent["traceState"]);
    EXPECT_EQ(attributesOf(t, t.attributes[row]), attributesOf(sent["attributes"]));
    EXPECT_EQ(attributesOf(t, t.resources.attributes[t.resource[row]]), attributesOf(sent["resource"]));
    EXPECT_EQ("string:" + std::string(t.service(row)), sent["resource"]["service.name"]);
    EXPECT_EQ(t.strings.view(t.scopes.name[t.scope[row]]), sent["scope"]["name"]);
    EXPECT_EQ(t.strings.view(t.scopes.version[t.scope[row]]), sent["scope"]["version"]);
    expectEvents(t, row, sent["events"]);
    const Json& links = sent["links"];
    ASSERT_EQ(t.links[row].size(), links.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
        const std::size_t at = t.links[row].begin + i;
        EXPECT_EQ(t.linkRows.traceId[at].toHex(), links[i]["traceId"]);
        EXPECT_EQ(t.linkRows.spanId[at].toHex(), links[i]["spanId"]);
        EXPECT_EQ(attributesOf(t, t.linkRows.attributes[at]), attributesOf(links[i]["attributes"]));
    }
}

void expectLog(const LogTable& t, std::size_t row, const Json& sent)
{
    EXPECT_EQ(t.spanId[row].toHex(), sent["spanId"]);
    EXPECT_EQ(std::to_string(t.timeNs[row]), sent["timeNs"]);
    EXPECT_EQ(t.severity[row], sent["severity"]);
    EXPECT_EQ(t.strings.view(t.severityText[row]), sent["severityText"]);
    EXPECT_EQ(t.strings.view(t.body[row]), sent["body"]);
    EXPECT_EQ(attributesOf(t, t.attributes[row]), attributesOf(sent["attributes"]));
    EXPECT_EQ(attributesOf(t, t.resources.attributes[t.resource[row]]), attributesOf(sent["resource"]));
}

std::map<std::string, std::vector<Json>> byTrace(const Json& records)
{
    std::map<std::string, std::vector<Json>> traces;
    for (const Json& record : records) {
        if (const std::string id = record["traceId"]; !id.empty()) {
            traces[id].push_back(record);
        }
    }
    return traces;
}

} // namespace

TEST_F(OtelSdk, everySpanComesBackWithEveryAttributeInBothEncodings)
{
    const Json sent = emit("json,protobuf,grpc");
    const auto traces = byTrace(sent["spans"]);
    ASSERT_EQ(traces.size(), 9U) << "three requests in each of three encodings";
    for (const auto& [id, spans] : traces) {
        for (const OtlpEncoding encoding : {OtlpEncoding::Protobuf, OtlpEncoding::Json}) {
            const SpanTable table = trace(id, encoding);
            ASSERT_EQ(table.rows(), spans.size());
            std::map<std::string, std::size_t> rowOf;
            for (std::size_t row = 0; row < table.rows(); ++row) {
                rowOf[table.spanId[row].toHex()] = row;
            }
            for (const Json& span : spans) {
                const auto row = rowOf.find(span["spanId"]);
                ASSERT_NE(row, rowOf.end()) << span["name"];
                expectSpan(table, row->second, span);
            }
        }
    }
}

TEST_F(OtelSdk, theListShowsEachTraceWithItsRootErrorsAndServices)
{
    const Json sent = emit("json,protobuf,grpc");
    const auto traces = byTrace(sent["spans"]);
    const Result<TraceListPage> page = decodeTraceListPage(get("/api/v1/traces?limit=100", "application/json"));
    ASSERT_TRUE(page.ok()) << page.error().what;
    const TraceListTable& t = page->traces;
    ASSERT_EQ(t.rows(), traces.size());
    for (std::size_t row = 0; row < t.rows(); ++row) {
        const auto found = traces.find(t.traceId[row].toHex());
        ASSERT_NE(found, traces.end());
        std::uint32_t errors = 0;
        std::set<std::string> services;
        for (const Json& span : found->second) {
            errors += span["status"] == 2 ? 1 : 0;
            services.insert(span["resource"]["service.name"].get<std::string>().substr(7));
            if (span["parentSpanId"] == "") {
                EXPECT_EQ(t.strings.view(t.rootName[row]), span["name"]);
                EXPECT_EQ(std::to_string(t.startNs[row]), span["startNs"]);
            }
        }
        EXPECT_EQ(t.spanCount[row], found->second.size());
        EXPECT_EQ(t.errorCount[row], errors);
        std::set<std::string> listed;
        for (const StringId service : t.services.row(row)) {
            listed.emplace(t.strings.view(service));
        }
        EXPECT_EQ(listed, services);
    }
}

TEST_F(OtelSdk, logsComeBackWithTheirTrace)
{
    const Json sent = emit("json,protobuf,grpc");
    const auto traces = byTrace(sent["logs"]);
    ASSERT_EQ(traces.size(), 9U);
    for (const auto& [id, records] : traces) {
        const Result<OtlpLogs> logs =
            decodeOtlpLogs(get("/api/v1/traces/" + id + "/logs", "application/x-protobuf"), OtlpEncoding::Protobuf);
        ASSERT_TRUE(logs.ok());
        ASSERT_EQ(logs->logs.rows(), records.size());
        for (std::size_t row = 0; row < records.size(); ++row) {
            expectLog(logs->logs, row, records[row]);
        }
    }
    const StoreStatus status = decodeStoreStatus(get("/api/v1/status", "application/json")).value();
    EXPECT_EQ(status.spans, sent["spans"].size());
    EXPECT_EQ(status.logs, sent["logs"].size());
    EXPECT_EQ(status.rejected, 0U);
}
