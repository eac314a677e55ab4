// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <optional>

namespace tracedeck {

/// Keeps the last fleet snapshot on disk, so that the next start paints rows (shown as stale) before any
/// source has answered. Writes on a thread of its own, at most once a minute, and once more at the end.
class SnapshotKeeper : public QObject {
    Q_OBJECT

public:
    /// An empty path keeps nothing.
    explicit SnapshotKeeper(QString path, QObject* parent = nullptr);
    ~SnapshotKeeper() override;

    /// What the run before kept; nothing when there is none or it does not check out. A damaged file is put aside as
    /// "<name>.corrupt".
    [[nodiscard]] std::optional<FleetSnapshot> read();
    /// Where read() put a damaged file; empty = there was none.
    [[nodiscard]] const QString& asidePath() const { return m_aside; }
    void keep(const FleetSnapshot& snapshot);

private:
    void write();

    QString m_path;
    QString m_aside;
    std::optional<FleetSnapshot> m_pending;
    QElapsedTimer m_sinceWrite;
    QThreadPool m_writer;
};

} // namespace tracedeck
