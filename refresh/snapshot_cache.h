// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "core/result.h"

#include <string>
#include <string_view>

namespace tracedeck {

/// The last snapshot on disk, from which the next start paints before any source answered. The file is
/// small and may vanish at any time. Layout: magic, version, payload length, XXH3-64 of the payload,
/// payload (docs in snapshot_cache.cpp). Row keys, texts and values only; digests and the search arena
/// are built anew when read.

/// Writes `snapshot` to `path` by way of a temporary file and a rename, mode 0600. The old file stays on
/// any failure. For workers: it writes and syncs.
[[nodiscard]] Result<void> writeSnapshotCache(const std::string& path, const FleetSnapshot& snapshot);

/// NotFound when there is none, NewerVersion (left untouched) when a newer release wrote it, Corrupt for
/// anything that does not check out, TooLarge beyond 256 MiB.
[[nodiscard]] Result<FleetSnapshot> readSnapshotCache(const std::string& path);

/// The bytes of the file and back; for tests and fuzzing.
[[nodiscard]] std::string encodeSnapshot(const FleetSnapshot& snapshot);
[[nodiscard]] Result<FleetSnapshot> decodeSnapshot(std::string_view bytes);

} // namespace tracedeck
