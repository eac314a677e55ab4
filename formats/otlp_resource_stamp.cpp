// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_resource_stamp.h"

#include "formats/otlp_protobuf_messages.h"

#include <algorithm>
#include <protozero/pbf_writer.hpp>

namespace tracedeck {
namespace {

using protozero::pbf_writer;

// Field numbers of ExportTraceServiceRequest, ResourceSpans and Resource.
constexpr std::uint32_t kResourceSpans = 1;
constexpr std::uint32_t kResourceOfSpans = 1;
constexpr std::uint32_t kAttributes = 1;

void addStamp(pbf_writer& resource, std::string_view key, std::string_view text)
{
    if (text.empty()) {
        return;
    }
    pbf_writer attribute(resource, kAttributes);
    attribute.add_string(1, key.data(), key.size());
    pbf_writer value(attribute, 2);
    value.add_string(1, text.data(), text.size());
}

std::string stampOf(const PeerPlace& peer)
{
    std::string out;
    pbf_writer resource(out);
    addStamp(resource, resourceKeyName(ResourceKey::PeerAddress), peer.address);
    addStamp(resource, resourceKeyName(ResourceKey::PeerContainer), peer.container);
    addStamp(resource, resourceKeyName(ResourceKey::PeerUnit), peer.unit);
    addStamp(resource, resourceKeyName(ResourceKey::PeerProcess), peer.process);
    addStamp(resource, kPeerNoteAttribute, peer.note);
    return out;
}

bool namesWorkload(std::string_view resource)
{
    pbf_reader fields(resource);
    while (fields.next()) {
        if (fields.tag_and_type() != bytesField(kAttributes)) {
            fields.skip();
            continue;
        }
        const std::string_view name = readKeyValue(fields.get_view()).key;
        const std::optional<ResourceKey> key = resourceKeyFromName(name);
        constexpr std::array kNaming{ResourceKey::ContainerId, ResourceKey::ContainerName, ResourceKey::PodName,
                                     ResourceKey::PodUid,      ResourceKey::PeerAddress,   ResourceKey::PeerContainer,
                                     ResourceKey::PeerUnit,    ResourceKey::PeerProcess};
        if (name == kPeerNoteAttribute || (key && std::find(kNaming.begin(), kNaming.end(), *key) != kNaming.end())) {
            return true;
        }
    }
    return false;
}

/// Bytes of the field the reader stands on, tag included.
class FieldCopy {
public:
    explicit FieldCopy(std::string_view message) : m_rest(message) { }
    std::string_view upTo(const pbf_reader& reader)
    {
        const std::size_t size = m_rest.size() - reader.data().size();
        const std::string_view field = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return field;
    }

private:
    std::string_view m_rest;
};

/// A ResourceSpans with the stamp in its resource, or as it was.
std::string stampedGroup(std::string_view group, std::string_view stamp, bool& changed)
{
    std::string out;
    pbf_writer writer(out);
    bool seen = false;
    pbf_reader fields(group);
    FieldCopy copy(group);
    while (fields.next()) {
        if (fields.tag_and_type() != bytesField(kResourceOfSpans)) {
            fields.skip();
            out.append(copy.upTo(fields));
            continue;
        }
        const std::string_view resource = fields.get_view();
        const std::string_view asSent = copy.upTo(fields);
        seen = true;
        if (namesWorkload(resource)) {
            out.append(asSent);
            continue;
        }
        changed = true;
        std::string stamped(resource);
        stamped.append(stamp);
        writer.add_message(kResourceOfSpans, stamped);
    }
    if (!seen) {
        changed = true;
        std::string first;
        pbf_writer(first).add_message(kResourceOfSpans, stamp.data(), stamp.size());
        out.insert(0, first);
    }
    return out;
}

} // namespace

std::string stampResources(std::string_view protobufBody, const PeerPlace& peer)
{
    const std::string stamp = stampOf(peer);
    if (stamp.empty()) {
        return {};
    }
    std::string out;
    out.reserve(protobufBody.size() + protobufBody.size() / 64 + 2 * stamp.size());
    bool changed = false;
    try {
        pbf_writer writer(out);
        pbf_reader fields(protobufBody);
        FieldCopy copy(protobufBody);
        while (fields.next()) {
            if (fields.tag_and_type() == bytesField(kResourceSpans)) {
                writer.add_message(kResourceSpans, stampedGroup(fields.get_view(), stamp, changed));
                (void)copy.upTo(fields);
            } else {
                fields.skip();
                out.append(copy.upTo(fields));
            }
        }
    } catch (const protozero::exception&) {
        return {}; // whoever decodes it says what is wrong
    }
    return changed ? out : std::string();
}

} // namespace tracedeck
