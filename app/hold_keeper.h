// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/order_hold.h"

#include <QObject>
#include <QTimer>

namespace tracedeck {

class FleetPage;
class TableFeed;

/// Holds the order of a table sorted by a live metric while somebody works in it, and says so in the
/// filter line. A sort by name or another settled text is never held: it does not move rows.
class HoldKeeper : public QObject {
    Q_OBJECT

public:
    HoldKeeper(FleetPage& page, TableFeed& feed, bool enabled, QObject* parent = nullptr);

private:
    void look();
    [[nodiscard]] static std::int64_t steadyNs();

    FleetPage& m_page;
    TableFeed& m_feed;
    OrderHold m_hold;
    QTimer m_timer; ///< runs only while the order is held
};

/// Sort keys whose values change from sample to sample.
[[nodiscard]] bool isLiveSortKey(const QString& sortKey);

/// "order held 14 s · 3 new"; empty while nothing is held for a whole second and nothing waits.
[[nodiscard]] QString heldOrderText(std::int64_t seconds, std::uint32_t waiting);

} // namespace tracedeck
