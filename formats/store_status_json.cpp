// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_document.h"
#include "formats/json_writer.h"
#include "formats/trace_api_json.h"
#include "formats/utf8_check.h"

#include <array>

namespace tracedeck {
namespace {

/// One list for both directions, so a field cannot be written and forgotten in reading.
struct CountField {
    std::string_view key;
    std::uint64_t StoreStatus::*member;
};
constexpr std::array<CountField, 12> kCounts{{
    {"traces", &StoreStatus::traces},
    {"ownTraces", &StoreStatus::ownTraces},
    {"spans", &StoreStatus::spans},
    {"logs", &StoreStatus::logs},
    {"metricPoints", &StoreStatus::metricPoints},
    {"requests", &StoreStatus::requests},
    {"duplicateRequests", &StoreStatus::duplicateRequests},
    {"rejected", &StoreStatus::rejected},
    {"databaseBytes", &StoreStatus::databaseBytes},
    {"otherGeneration", &StoreStatus::otherGeneration},
    {"ownGeneration", &StoreStatus::ownGeneration},
    {"retentionBytes", &StoreStatus::retentionBytes},
}};

struct TimeField {
    std::string_view key;
    std::int64_t StoreStatus::*member;
};
constexpr std::array<TimeField, 2> kTimes{{
    {"lastRejectNs", &StoreStatus::lastRejectNs},
    {"retentionNs", &StoreStatus::retentionNs},
}};

struct TextField {
    std::string_view key;
    std::string StoreStatus::*member;
};
constexpr std::array<TextField, 2> kTexts{{
    {"lastRejectReason", &StoreStatus::lastRejectReason},
    {"problem", &StoreStatus::problem},
}};

bool readMember(JsonDocument& document, std::string_view key, ondemand::value value, StoreStatus& status)
{
    for (const CountField& field : kCounts) {
        if (key == field.key) {
            return document.time(value, status.*field.member);
        }
    }
    for (const TimeField& field : kTimes) {
        if (key == field.key) {
            return document.integer(value, status.*field.member);
        }
    }
    for (const TextField& field : kTexts) {
        if (key == field.key) {
            std::string_view text;
            const bool good = document.text(value, text);
            status.*field.member = text;
            return good;
        }
    }
    return key != "readOnly" || document.flag(value, status.readOnly);
}

} // namespace

std::string encodeStoreStatus(const StoreStatus& status, std::string_view version)
{
    std::string body;
    JsonWriter json(body);
    json.beginObject().member("version", repairedUtf8(version));
    for (const CountField& field : kCounts) {
        json.member(field.key, status.*field.member);
    }
    for (const TimeField& field : kTimes) {
        json.member(field.key, status.*field.member);
    }
    for (const TextField& field : kTexts) {
        json.member(field.key, repairedUtf8(status.*field.member));
    }
    json.member("readOnly", status.readOnly).endObject();
    return body;
}

Result<StoreStatus> decodeStoreStatus(std::string_view json)
{
    JsonDocument document(json);
    StoreStatus status;
    const bool good = document.root(
        [&](std::string_view key, ondemand::value value) { return readMember(document, key, value, status); });
    if (!good) {
        return makeError(ErrorCode::Malformed, "api", "not a status: " + document.problem());
    }
    return status;
}

} // namespace tracedeck
