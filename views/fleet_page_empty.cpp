// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/number_format.h"
#include "models/grouped_table_model.h"
#include "views/empty_state.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QTimer>

namespace tracedeck {

EmptyState& FleetPage::emptyState()
{
    if (m_empty == nullptr) {
        m_empty = new EmptyState(m_table);
        connect(m_empty, &EmptyState::actionRequested, this, [this] {
            if (m_emptyOffersSource) {
                Q_EMIT commandRequested(QStringLiteral("source.add"));
            } else {
                runCommand(QStringLiteral("table.clear"));
            }
        });
        connect(m_empty, &EmptyState::offerTaken, this,
                [this] { Q_EMIT commandRequested(QStringLiteral("table.why")); });
        placeEmptyState();
    }
    return *m_empty;
}

void FleetPage::placeEmptyState()
{
    if (m_empty != nullptr) {
        m_empty->setGeometry(0, m_table->height() / 8, m_table->width(), m_table->height() * 3 / 4);
    }
}

void FleetPage::refreshEmptyState()
{
    if (m_model->rowCount() != 0) {
        m_patience->stop();
        if (m_empty != nullptr) {
            m_empty->hide();
        }
        return;
    }
    if (!m_hasSummary && m_sourceProblem.isEmpty() && !m_waitedLong) {
        if (!m_patience->isActive()) {
            m_patience->start();
        }
        return; // rows are most likely on their way: words that flash by help nobody
    }
    EmptyState& state = emptyState();
    state.show();
    m_emptyOffersSource = m_hasSummary && !(m_choice.hasFilter() && m_summary.total > 0);
    if (!m_hasSummary) {
        state.say(m_sourceProblem.isEmpty() ? m_setup.waitingText : tr("No data yet"), m_sourceProblem, {});
    } else if (m_choice.hasFilter() && m_summary.total > 0) {
        state.say(m_choice.changedMinutes == 0 ? tr("No row matches") : tr("No row that changed matches"),
                  m_summary.total == 1 ? tr("1 row is hidden by the filter. Esc takes the filter away.")
                                       : tr("%1 rows are hidden by the filter. Esc takes the filter away.")
                                             .arg(QString::fromStdString(formatCount(m_summary.total))),
                  tr("Clear all filters"));
        state.offer(tr("Why is a row not shown?"));
    } else {
        state.say(m_setup.nothingText, m_sourceProblem, tr("Add source"));
    }
}

} // namespace tracedeck
