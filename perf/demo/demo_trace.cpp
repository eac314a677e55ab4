// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/demo/demo_trace.h"

#include "perf/otlp_attribute.h"

#include <algorithm>
#include <array>
#include <map>
#include <protozero/pbf_writer.hpp>
#include <span>
#include <vector>

namespace tracedeck::demo {

namespace {

using perf::addNumber;
using perf::addText;
using protozero::pbf_writer;

enum Kind : std::int32_t { Internal = 1, Server = 2, Client = 3, Producer = 4, Consumer = 5 };

/// One span of a recipe; begin and length are thousandths of the whole request.
struct Step {
    const char* service;
    const char* name;
    Kind kind;
    int parent; ///< index of its parent, -1 = root
    int begin;
    int length;
    bool database = false;
};

constexpr std::array<Step, 12> kCheckout{{
    {"gateway", "POST /checkout", Server, -1, 0, 1000},
    {"users", "GET /session", Server, 0, 20, 90},
    {"users", "redis GET session", Client, 1, 35, 40, true},
    {"cart", "GET /cart/{id}", Server, 0, 120, 160},
    {"cart", "SELECT cart_items", Client, 3, 140, 110, true},
    {"checkout", "POST /orders", Server, 0, 300, 640},
    {"checkout", "reserve stock", Internal, 5, 315, 150},
    {"catalog", "POST /reserve", Server, 6, 330, 120},
    {"catalog", "UPDATE stock", Client, 7, 350, 80, true},
    {"payment", "POST /charge", Server, 5, 480, 330},
    {"checkout", "INSERT orders", Client, 5, 830, 70, true},
    {"mail", "publish order.placed", Producer, 5, 905, 25},
}};

constexpr std::array<Step, 6> kSearch{{
    {"gateway", "GET /search", Server, -1, 0, 1000},
    {"search", "GET /query", Server, 0, 40, 900},
    {"search", "parse query", Internal, 1, 50, 60},
    {"search", "index lookup", Client, 1, 130, 500, true},
    {"catalog", "GET /items", Server, 1, 650, 260},
    {"catalog", "SELECT items", Client, 4, 670, 200, true},
}};

constexpr std::array<Step, 4> kLogin{{
    {"gateway", "POST /login", Server, -1, 0, 1000},
    {"users", "POST /verify", Server, 0, 60, 880},
    {"users", "SELECT users", Client, 1, 80, 240, true},
    {"users", "hash password", Internal, 1, 340, 560},
}};

std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

struct Plan {
    std::span<const Step> steps;
    std::int64_t wholeNs = 0;
    int failing = -1; ///< index of the span that fails
};

Plan planOf(std::uint64_t number)
{
    const std::uint64_t noise = mixed(number);
    const std::uint64_t kind = noise % 10;
    Plan plan{kind < 4       ? std::span<const Step>(kCheckout)
                  : kind < 8 ? std::span<const Step>(kSearch)
                             : std::span<const Step>(kLogin)};
    const auto base = static_cast<std::int64_t>(8 + noise / 16 % 240);
    plan.wholeNs = base * 1'000'000 * (noise / 4096 % 20 == 0 ? 9 : 1); // one in twenty is slow
    if (kind < 4 && noise / 65536 % 8 == 0)
        plan.failing = 9; // the payment
    else if (kind >= 8 && noise / 65536 % 12 == 0)
        plan.failing = 1;
    return plan;
}

std::string spanIdBytes(std::uint64_t number, std::size_t index)
{
    const std::uint64_t value = mixed(number * 64 + index) | 1U;
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        bytes[i] = static_cast<char>(value >> (8 * i));
    return bytes;
}

void addException(pbf_writer& span, std::int64_t atNs)
{
    pbf_writer event(span, 11);
    event.add_fixed64(1, static_cast<std::uint64_t>(atNs));
    event.add_string(2, "exception");
    addText(event, 3, "exception.type", "PaymentDeclined");
    addText(event, 3, "exception.message", "the card was declined by its issuer");
}

void addAttributes(pbf_writer& span, const Step& step, std::uint64_t noise, bool failed)
{
    if (step.kind == Server) {
        const std::string_view name = step.name;
        addText(span, 9, "http.request.method", std::string(name.substr(0, name.find(' '))));
        addText(span, 9, "http.route", std::string(name.substr(name.find(' ') + 1)));
        addNumber(span, 9, "http.response.status_code", failed ? 502 : 200);
    }
    if (step.database) {
        addText(span, 9, "db.system", std::string_view(step.name).starts_with("redis") ? "redis" : "postgresql");
        addNumber(span, 9, "db.rows", static_cast<std::int64_t>(noise % 50));
    }
}

bool fails(const Plan& plan, std::size_t index)
{
    // A failure shows on the way up to the root.
    for (int at = plan.failing; at >= 0; at = plan.steps[static_cast<std::size_t>(at)].parent) {
        if (at == static_cast<int>(index))
            return true;
    }
    return false;
}

void addSpan(pbf_writer& scope, const Plan& plan, std::uint64_t number, std::size_t index, std::int64_t startNs)
{
    const Step& step = plan.steps[index];
    const std::int64_t begin = startNs + plan.wholeNs / 1000 * step.begin;
    const std::int64_t end = begin + plan.wholeNs / 1000 * step.length;
    const TraceId trace = demoTraceId(number);
    const bool failed = fails(plan, index);
    pbf_writer span(scope, 2);
    span.add_bytes(1, reinterpret_cast<const char*>(trace.bytes.data()), trace.bytes.size());
    span.add_bytes(2, spanIdBytes(number, index));
    if (step.parent >= 0)
        span.add_bytes(4, spanIdBytes(number, static_cast<std::size_t>(step.parent)));
    span.add_string(5, step.name);
    span.add_enum(6, step.kind);
    span.add_fixed64(7, static_cast<std::uint64_t>(begin));
    span.add_fixed64(8, static_cast<std::uint64_t>(end));
    addAttributes(span, step, mixed(number * 128 + index), failed);
    if (static_cast<int>(index) == plan.failing)
        addException(span, end);
    if (failed) {
        pbf_writer status(span, 15);
        status.add_string(2, "payment refused");
        status.add_enum(3, 2);
    }
}

} // namespace

TraceId demoTraceId(std::uint64_t number)
{
    TraceId id;
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(mixed(number) >> (8 * i));
        id.bytes[8 + i] = static_cast<std::uint8_t>(mixed(~number) >> (8 * i));
    }
    return id;
}

DemoTraceFacts demoTraceFacts(std::uint64_t number)
{
    const Plan plan = planOf(number);
    return {static_cast<std::uint32_t>(plan.steps.size()), plan.failing >= 0};
}

std::string demoTraceBody(std::uint64_t number, std::int64_t startNs, const std::string& host)
{
    const Plan plan = planOf(number);
    std::map<std::string, std::vector<std::size_t>> byService;
    for (std::size_t i = 0; i < plan.steps.size(); ++i)
        byService[plan.steps[i].service].push_back(i);
    std::string out;
    pbf_writer body(out);
    for (const auto& [service, indexes] : byService) {
        pbf_writer group(body, 1);
        {
            pbf_writer resource(group, 1);
            addText(resource, 1, "service.name", service);
            addText(resource, 1, "service.version", "2.3.1");
            addText(resource, 1, "host.name", host);
        }
        pbf_writer scope(group, 2);
        for (const std::size_t index : indexes)
            addSpan(scope, plan, number, index, startNs);
    }
    return out;
}

} // namespace tracedeck::demo
