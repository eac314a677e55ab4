// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/telemetry_ring.h"
#include "views/grouped_table_view.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>

namespace tracedeck {

/// Times the first paint of a widget after a refresh reached its model: the last stage of that refresh. Other
/// paints (scrolling, hovering) are nobody's stage. A widget that is not on screen has no such paint.
class PaintWatch : public QObject {
    Q_OBJECT

public:
    /// `widget` is what paints (a viewport). `ring` outlives this object.
    PaintWatch(QWidget* widget, TelemetryRing& ring, QObject* parent = nullptr);

    /// The next paint belongs to this refresh, if it comes within a second.
    void expect(std::uint64_t cycle, std::uint32_t rows);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPointer<QWidget> m_widget;
    TelemetryRing& m_ring;
    std::uint64_t m_cycle = 0;
    std::uint32_t m_rows = 0;
    std::chrono::steady_clock::time_point m_since;
};

/// Records the first paint of a table after every refresh of which `feed` says that it was applied.
template <class Feed> void recordPaints(GroupedTableView* table, Feed* feed, TelemetryRing& ring, QObject* parent)
{
    auto* paints = new PaintWatch(table->viewport(), ring, parent);
    QObject::connect(feed, &Feed::applied, paints, [paints, table](quint64 cycle) {
        const auto [first, last] = table->visibleRows();
        paints->expect(cycle, static_cast<std::uint32_t>(std::max(last - first + 1, 0)));
    });
}

} // namespace tracedeck
