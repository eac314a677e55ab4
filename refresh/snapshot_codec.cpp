// SPDX-License-Identifier: GPL-3.0-or-later
// File: "TDSNAP" 0x00 version(1 byte) | byte order mark u32 | columns u32 | payload length u64 |
// XXH3-64 of the payload u64 | payload: sampledAtNs, warnings, hosts, workloads.
#include "core/table_columns.h"
#include "refresh/snapshot_bytes.h"
#include "refresh/snapshot_cache.h"

#include <algorithm>
#include <array>
#include <xxhash.h>

namespace tracedeck {
namespace {

constexpr std::array<char, 7> kMagic{'T', 'D', 'S', 'N', 'A', 'P', '\0'};
constexpr std::uint8_t kVersion = 1;
constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::size_t kHeaderBytes = kMagic.size() + 1 + 4 + 4 + 8 + 8;

/// How many columns there are, so that a file with other columns is not misread.
std::uint32_t columnCount()
{
    std::uint32_t count = 0;
    const auto add = [&](const auto&) { ++count; };
    const InfrastructureTable hosts;
    const WorkloadTable workloads;
    visitTexts(hosts, add);
    visitNumbers(hosts, add);
    visitPlain(hosts, add);
    count *= 100;
    visitTexts(workloads, add);
    visitNumbers(workloads, add);
    visitPlain(workloads, add);
    return count;
}

template <class Table> void writeTable(SnapshotWriter& out, const Table& table)
{
    out.number(static_cast<std::uint32_t>(table.rows()));
    out.pool(table.strings);
    out.plain(table.keys);
    visitTexts(table, [&](const TextColumn& column) { out.plain(column); });
    visitNumbers(table, [&](const auto& column) { out.optional(column); });
    visitPlain(table, [&](const auto& column) { out.plain(column); });
    visitLists(table, [&](const ListColumn& column) { out.list(column, table.rows()); });
}

bool isInRange(const InfrastructureTable& table)
{
    constexpr auto below = [](const auto& column, auto limit) {
        return std::all_of(column.begin(), column.end(), [limit](auto value) { return value < limit; });
    };
    return below(table.type, InfrastructureType::Count) && below(table.platform, Platform::Count)
        && std::all_of(table.status.begin(), table.status.end(),
                       [](InfrastructureStatus value) { return value <= InfrastructureStatus::Other; })
        && std::all_of(table.firstSource.begin(), table.firstSource.end(),
                       [](Platform value) { return value <= Platform::Count; });
}

bool isInRange(const WorkloadTable& table)
{
    return std::all_of(table.type.begin(), table.type.end(), [](WorkloadType v) { return v < WorkloadType::Count; })
        && std::all_of(table.platform.begin(), table.platform.end(), [](Platform v) { return v < Platform::Count; });
}

template <class Table> std::shared_ptr<const Table> readTable(SnapshotReader& in)
{
    auto table = std::make_shared<Table>();
    const std::uint32_t rows = in.count(sizeof(RowKey));
    in.pool(table->strings);
    table->resize(in.ok() ? rows : 0);
    in.plain(table->keys);
    visitTexts(*table, [&](TextColumn& column) { in.handles(column); });
    visitNumbers(*table, [&](auto& column) { in.optional(column); });
    visitPlain(*table, [&](auto& column) { in.plain(column); });
    visitLists(*table, [&](ListColumn& column) { in.list(column, table->rows()); });
    if (!in.ok() || !isInRange(*table)) {
        in.refuse();
        return std::make_shared<const Table>();
    }
    table->finish();
    return table;
}

Error corrupt(const char* what)
{
    return makeError(ErrorCode::Corrupt, "last snapshot", what);
}

} // namespace

std::string encodeSnapshot(const FleetSnapshot& snapshot)
{
    SnapshotWriter payload;
    payload.number(snapshot.volatileFields.sampledAtNs);
    payload.number(static_cast<std::uint32_t>(snapshot.warnings.size()));
    for (const SourceWarning& warning : snapshot.warnings) {
        payload.text(warning.text);
        payload.number(warning.count);
    }
    writeTable(payload, snapshot.infrastructure ? *snapshot.infrastructure : InfrastructureTable());
    writeTable(payload, snapshot.workloads ? *snapshot.workloads : WorkloadTable());
    const std::string body = payload.take();
    SnapshotWriter file;
    for (const char c : kMagic) {
        file.number(c);
    }
    file.number(kVersion);
    file.number(kByteOrder);
    file.number(columnCount());
    file.number(static_cast<std::uint64_t>(body.size()));
    file.number(static_cast<std::uint64_t>(XXH3_64bits(body.data(), body.size())));
    return file.take() + body;
}

Result<FleetSnapshot> decodeSnapshot(std::string_view bytes)
{
    if (bytes.size() < kHeaderBytes || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) {
        return corrupt("the file does not begin like one");
    }
    SnapshotReader header(bytes.substr(kMagic.size()));
    std::uint8_t version = 0;
    std::uint32_t byteOrder = 0;
    std::uint32_t columns = 0;
    std::uint64_t length = 0;
    std::uint64_t hash = 0;
    header.number(version);
    header.number(byteOrder);
    header.number(columns);
    header.number(length);
    header.number(hash);
    if (version > kVersion) {
        return makeError(ErrorCode::NewerVersion, "last snapshot", "");
    }
    if (version != kVersion || byteOrder != kByteOrder || columns != columnCount()) {
        return corrupt("it was written by another build");
    }
    const std::string_view body = bytes.substr(kHeaderBytes);
    if (length != body.size() || hash != XXH3_64bits(body.data(), body.size())) {
        return corrupt("it is cut or changed");
    }
    SnapshotReader in(body);
    FleetSnapshot snapshot;
    in.number(snapshot.volatileFields.sampledAtNs);
    for (std::uint32_t left = in.count(sizeof(std::uint32_t) + sizeof(std::uint64_t)); left > 0; --left) {
        SourceWarning warning;
        warning.text = in.text();
        in.number(warning.count);
        snapshot.warnings.push_back(std::move(warning));
    }
    snapshot.infrastructure = readTable<InfrastructureTable>(in);
    snapshot.workloads = readTable<WorkloadTable>(in);
    if (!in.atEnd()) {
        return corrupt("its content does not fit together");
    }
    return snapshot;
}

} // namespace tracedeck
