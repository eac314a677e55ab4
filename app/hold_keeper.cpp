// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hold_keeper.h"

#include "app/table_feed.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <chrono>

namespace tracedeck {

bool isLiveSortKey(const QString& sortKey)
{
    static const QStringList live{QStringLiteral("cpu"),   QStringLiteral("memory"), QStringLiteral("disk"),
                                  QStringLiteral("netIo"), QStringLiteral("diskIo"), QStringLiteral("load"),
                                  QStringLiteral("temp"),  QStringLiteral("procs")};
    return live.contains(sortKey);
}

HoldKeeper::HoldKeeper(FleetPage& page, TableFeed& feed, bool enabled, QObject* parent)
    : QObject(parent), m_page(page), m_feed(feed)
{
    m_hold.setEnabled(enabled);
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &HoldKeeper::look);
    connect(page.table(), &GroupedTableView::pointerMoved, this, [this] {
        m_hold.pointerMoved(steadyNs());
        look();
    });
    connect(page.table(), &GroupedTableView::keyUsed, this, [this] {
        m_hold.keyPressed(steadyNs());
        look();
    });
    connect(&page, &FleetPage::drawerToggled, this, [this](bool open) {
        m_hold.setDrawerOpen(open, steadyNs());
        look();
    });
    const auto resorted = [this] {
        m_hold.resorted(steadyNs());
        look();
    };
    connect(&feed, &TableFeed::waitingChanged, this, &HoldKeeper::look);
    connect(&page, &FleetPage::resortRequested, this, resorted);
    connect(&page, &FleetPage::choiceChanged, this, resorted);
}

QString heldOrderText(std::int64_t seconds, std::uint32_t waiting)
{
    QStringList parts;
    if (seconds > 0) {
        parts += HoldKeeper::tr("order held %1 s").arg(seconds);
    }
    if (waiting > 0) {
        parts += HoldKeeper::tr("%1 new").arg(waiting);
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

std::int64_t HoldKeeper::steadyNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void HoldKeeper::look()
{
    const std::int64_t now = steadyNs();
    const TableChoice& choice = m_page.choice();
    const bool live = isLiveSortKey(choice.sortKey) || isLiveSortKey(choice.thenSortKey);
    const bool held = live && m_hold.holds(now);
    m_feed.setHeld(held);
    const std::int64_t seconds = m_hold.heldSeconds(now);
    m_page.setHeldText(heldOrderText(held ? seconds : 0, held ? m_feed.waitingCount() : 0));
    if (held != m_timer.isActive()) {
        held ? m_timer.start() : m_timer.stop();
    }
}

} // namespace tracedeck
