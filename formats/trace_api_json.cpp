// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/trace_api_json.h"

#include "core/error_text.h"
#include "formats/json_document.h"
#include "formats/json_writer.h"
#include "formats/utf8_check.h"

namespace tracedeck {
namespace {

Error notSuchDocument(std::string_view kind, JsonDocument& document)
{
    return makeError(ErrorCode::Malformed, "api", "not a " + std::string(kind) + ": " + document.problem());
}

bool readUnsigned(JsonDocument& document, ondemand::value value, std::uint64_t& out)
{
    return document.time(value, out);
}

/// "not_found" of the log is "notFound" here.
std::string apiCode(ErrorCode code)
{
    std::string name;
    bool raise = false;
    for (const char c : errorCodeKey(code)) {
        if (c == '_') {
            raise = true;
            continue;
        }
        name.push_back(raise ? static_cast<char>(c - 'a' + 'A') : c);
        raise = false;
    }
    return name;
}

bool readService(JsonDocument& document, ondemand::value item, ServiceSummary& service)
{
    return document.fields(item, [&](std::string_view key, ondemand::value value) {
        if (key == "name") {
            std::string_view name;
            const bool good = document.text(value, name);
            service.name = name;
            return good;
        }
        if (key == "spans") {
            return readUnsigned(document, value, service.spans);
        }
        if (key == "errors") {
            return readUnsigned(document, value, service.errors);
        }
        if (key == "lastSeenNs") {
            return document.integer(value, service.lastSeenNs);
        }
        return key != "own" || document.flag(value, service.own);
    });
}

bool readChange(JsonDocument& document, ondemand::value item, TraceChange& change)
{
    const bool good = document.fields(item, [&](std::string_view key, ondemand::value value) {
        if (key == "id") {
            return document.traceId(value, change.traceId);
        }
        if (key == "new") {
            return document.flag(value, change.isNew);
        }
        return key != "own" || document.flag(value, change.own);
    });
    return good && (!change.traceId.isZero() || document.fail(reject::kTraceIdZero));
}

} // namespace

std::string encodeServices(const std::vector<ServiceSummary>& services)
{
    std::string body;
    JsonWriter json(body);
    json.beginObject().key("services").beginArray();
    for (const ServiceSummary& service : services) {
        json.beginObject().member("name", service.name).member("spans", service.spans);
        json.member("errors", service.errors).member("lastSeenNs", service.lastSeenNs);
        json.member("own", service.own).endObject();
    }
    json.endArray().endObject();
    return body;
}

Result<std::vector<ServiceSummary>> decodeServices(std::string_view json)
{
    JsonDocument document(json);
    std::vector<ServiceSummary> services;
    const bool good = document.root([&](std::string_view key, ondemand::value list) {
        return key != "services" || document.items(list, [&](ondemand::value item) {
            return readService(document, item, services.emplace_back());
        });
    });
    return good ? Result<std::vector<ServiceSummary>>(std::move(services))
                : notSuchDocument("list of services", document);
}

std::string encodeTraceChanges(const TraceChangeMessage& message)
{
    std::string body;
    JsonWriter json(body);
    json.beginObject().member("seq", message.sequence).member("type", message.resync ? "resync" : "traces");
    if (!message.resync) {
        json.key("changes").beginArray();
        for (const TraceChange& change : message.changes) {
            json.beginObject().member("id", change.traceId.toHex()).member("new", change.isNew);
            json.member("own", change.own).endObject();
        }
        json.endArray();
    }
    if (message.dropped > 0) {
        json.member("dropped", message.dropped);
    }
    json.endObject();
    return body;
}

Result<TraceChangeMessage> decodeTraceChanges(std::string_view json)
{
    JsonDocument document(json);
    TraceChangeMessage message;
    std::string_view type;
    const bool good = document.root([&](std::string_view key, ondemand::value value) {
        if (key == "seq") {
            return readUnsigned(document, value, message.sequence);
        }
        if (key == "type") {
            return document.text(value, type);
        }
        if (key == "dropped") {
            return readUnsigned(document, value, message.dropped);
        }
        return key != "changes" || document.items(value, [&](ondemand::value item) {
            return readChange(document, item, message.changes.emplace_back());
        });
    });
    if (!good) {
        return notSuchDocument("message about traces", document);
    }
    // A message of a newer kind may say anything, so everything has to be read again.
    message.resync = type != "traces";
    if (message.resync) {
        message.changes.clear();
    }
    return message;
}

std::string encodeApiError(const Error& error)
{
    std::string body;
    JsonWriter json(body);
    json.beginObject().key("error").beginObject().member("code", apiCode(error.code));
    json.member("what", repairedUtf8(error.what)).member("hint", repairedUtf8(error.hint)).endObject().endObject();
    return body;
}

Error decodeApiError(std::string_view json, Error fallback)
{
    JsonDocument document(json);
    std::string_view code;
    std::string_view what;
    std::string_view hint;
    bool found = false;
    const bool good = document.root([&](std::string_view key, ondemand::value value) {
        return key != "error" || document.fields(value, [&](std::string_view name, ondemand::value member) {
            found = true;
            if (name == "code") {
                return document.text(member, code);
            }
            if (name == "what") {
                return document.text(member, what);
            }
            return name != "hint" || document.text(member, hint);
        });
    });
    if (!good || !found) {
        return fallback;
    }
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        if (apiCode(static_cast<ErrorCode>(i)) == code) {
            fallback.code = static_cast<ErrorCode>(i);
        }
    }
    fallback.what = what.empty() ? fallback.what : std::string(what);
    fallback.hint = hint.empty() ? fallback.hint : std::string(hint);
    return fallback;
}

} // namespace tracedeck
