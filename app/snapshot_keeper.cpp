// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/snapshot_keeper.h"

#include "core/error_text.h"
#include "core/log.h"
#include "refresh/snapshot_cache.h"

#include <QFile>
#include <utility>

namespace tracedeck {
namespace {

constexpr qint64 kIntervalMs = 60'000;

} // namespace

SnapshotKeeper::SnapshotKeeper(QString path, QObject* parent) : QObject(parent), m_path(std::move(path))
{
    m_writer.setMaxThreadCount(1);
}

SnapshotKeeper::~SnapshotKeeper()
{
    write();
    m_writer.waitForDone();
}

std::optional<FleetSnapshot> SnapshotKeeper::read()
{
    if (m_path.isEmpty()) {
        return std::nullopt;
    }
    Result<FleetSnapshot> kept = readSnapshotCache(m_path.toStdString());
    if (!kept.ok()) {
        if (kept.error().code != ErrorCode::NotFound) {
            Log::write(LogLevel::Info, "start", errorText(kept.error()));
        }
        const QString aside = m_path + QStringLiteral(".corrupt");
        if (kept.error().code == ErrorCode::Corrupt) {
            QFile::remove(aside);
            m_aside = QFile::rename(m_path, aside) ? aside : QString();
        }
        return std::nullopt;
    }
    return std::move(kept).value();
}

void SnapshotKeeper::keep(const FleetSnapshot& snapshot)
{
    if (m_path.isEmpty()) {
        return;
    }
    m_pending = snapshot;
    if (!m_sinceWrite.isValid() || m_sinceWrite.elapsed() >= kIntervalMs) {
        write();
    }
}

void SnapshotKeeper::write()
{
    if (!m_pending) {
        return;
    }
    m_sinceWrite.start();
    FleetSnapshot pending = std::move(*m_pending);
    m_pending.reset();
    m_writer.start([path = m_path.toStdString(), snapshot = std::move(pending)] {
        if (const Result<void> written = writeSnapshotCache(path, snapshot); !written.ok()) {
            Log::write(LogLevel::Warning, "snapshot", errorText(written.error()));
        }
    });
}

} // namespace tracedeck
