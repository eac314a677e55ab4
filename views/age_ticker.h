// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/grouped_table_view.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <cstdint>
#include <functional>

namespace tracedeck {

/// One tick a second that moves the time of a table on and repaints its age cells only, while the table
/// is visible. Hidden, it does not run. Counts apart, so that "unchanged data repaints nothing" stays
/// checkable. The clock is a parameter: ns since the Unix epoch.
class AgeTicker : public QObject {
    Q_OBJECT

public:
    AgeTicker(GroupedTableView* view, std::function<std::int64_t()> clock, QObject* parent = nullptr);

    /// What the timer does; for tests and for --now.
    void tick();
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
    [[nodiscard]] std::uint64_t ticks() const noexcept { return m_ticks; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(bool visible);

    QPointer<GroupedTableView> m_view;
    const QObject* m_watched; ///< the view, to compare with: while it is destroyed it is no table any more
    std::function<std::int64_t()> m_clock;
    QTimer m_timer;
    std::uint64_t m_ticks = 0;
};

} // namespace tracedeck
