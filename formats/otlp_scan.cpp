// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_protobuf_decode.h"
#include "formats/otlp_protobuf_walk.h"
#include "formats/otlp_resource_scan.h"
#include "formats/utf8_check.h"

#include <array>
#include <charconv>

namespace tracedeck {
namespace {

/// Takes the place of OtlpSpanRows: applies the same rules, keeps nothing, and reports each span.
class OtlpScanRows {
public:
    struct Mark {
        std::size_t records = 0;
    };

    using Visit = std::function<void(const SpanBrief&, const ResourceIdentity&)>;

    explicit OtlpScanRows(const Visit& visit) : m_visit(visit) { }

    void setGroup(const std::size_t* offset) { m_groupOffset = offset; }
    [[nodiscard]] static bool text(std::string_view value, StringId& id)
    {
        id = 0;
        return isValidUtf8(value);
    }
    [[nodiscard]] static std::uint32_t attributeCount() { return 0; }
    [[nodiscard]] static std::uint32_t eventCount() { return 0; }
    [[nodiscard]] static std::uint32_t linkCount() { return 0; }
    static void addAttribute(StringId /*key*/, AttributeType /*type*/, std::uint64_t /*payload*/) { }
    void openResource()
    {
        m_resource = {};
        m_identity = {};
    }
    void noteIdentity(const ProtobufAttribute& attribute)
    {
        const std::optional<ResourceKey> key = resourceKeyFromName(attribute.key);
        if (!key) {
            return;
        }
        std::string_view& value = m_identity[static_cast<std::size_t>(*key)];
        if (attribute.value.type == AttributeType::String) {
            value = attribute.value.text;
        } else if (attribute.value.type == AttributeType::Int && *key == ResourceKey::ProcessId) {
            char* const begin = m_processId.data();
            const auto end =
                std::to_chars(begin, begin + m_processId.size(), static_cast<std::int64_t>(attribute.value.number));
            value = {begin, static_cast<std::size_t>(end.ptr - begin)};
        }
    }
    static void openScope() { }
    [[nodiscard]] bool fillResource(const ResourceFields& fields)
    {
        m_resource = fields;
        return isValidUtf8(fields.service) && isValidUtf8(fields.schemaUrl);
    }
    [[nodiscard]] static bool fillScope(const ScopeFields& fields)
    {
        return isValidUtf8(fields.name) && isValidUtf8(fields.version) && isValidUtf8(fields.schemaUrl);
    }
    [[nodiscard]] Mark mark() const { return {m_accepted}; }
    static void rollback(const Mark& /*mark*/) { }
    static void expect(const Mark& /*start*/, double /*times*/) { }
    [[nodiscard]] std::size_t records() const { return m_accepted; }
    [[nodiscard]] static bool addEvent(const EventFields& fields) { return isValidUtf8(fields.name); }
    [[nodiscard]] static bool addLink(const LinkFields& fields) { return isValidUtf8(fields.traceState); }
    [[nodiscard]] bool addSpan(const SpanFields& fields)
    {
        if (!isValidUtf8(fields.name) || !isValidUtf8(fields.statusMessage) || !isValidUtf8(fields.traceState)) {
            return false;
        }
        SpanBrief brief;
        brief.traceId = fields.traceId;
        brief.spanId = fields.spanId;
        brief.parentSpanId = fields.parentSpanId;
        brief.startNs = static_cast<std::int64_t>(fields.startNs);
        brief.endNs = static_cast<std::int64_t>(fields.endNs);
        brief.error = fields.status == static_cast<std::uint32_t>(SpanStatus::Error);
        brief.own = m_resource.own;
        brief.service = m_resource.service.empty() ? "unknown_service" : m_resource.service;
        brief.name = fields.name;
        brief.resourceOffset = static_cast<std::uint32_t>(*m_groupOffset);
        m_visit(brief, m_identity);
        ++m_accepted;
        return true;
    }

private:
    const Visit& m_visit;
    const std::size_t* m_groupOffset = nullptr;
    ResourceFields m_resource;
    ResourceIdentity m_identity{};
    std::array<char, 24> m_processId{};
    std::size_t m_accepted = 0;
};

} // namespace

Result<OtlpScan> scanOtlpTraces(std::string_view protobufBody, const std::function<void(const SpanBrief&)>& visit)
{
    return scanOtlpTracesAndResources(protobufBody,
                                      [&visit](const SpanBrief& span, const ResourceIdentity&) { visit(span); });
}

Result<OtlpScan> scanOtlpTracesAndResources(std::string_view protobufBody,
                                            const std::function<void(const SpanBrief&, const ResourceIdentity&)>& visit)
{
    OtlpScanRows rows(visit);
    Rejections rejections;
    OtlpProtobufWalk<OtlpScanRows> walk(rows, rejections);
    rows.setGroup(&walk.groupOffset());
    try {
        walk.traces(protobufBody);
    } catch (const protozero::exception& failure) {
        return protobufError(failure.what(), protobufBody, walk.recordStart());
    }
    return OtlpScan{rows.records(), rejections.count, rejections.reason};
}

} // namespace tracedeck
