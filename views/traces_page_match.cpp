// SPDX-License-Identifier: GPL-3.0-or-later
// Notes above the trace list: whose traces these are, and that they are Tracedeck's own.
#include "views/note_strip.h"
#include "views/traces_page.h"

#include <algorithm>

namespace tracedeck {

void TracesPage::connectNotes()
{
    connect(m_matchNote, &NoteStrip::dismissed, this, [this] {
        TraceChoice next = m_choice;
        next.query.clear();
        takeWish({});
        takeChoice(std::move(next));
        Q_EMIT pageChanged();
        Q_EMIT routeChanged();
    });
    connect(m_ownNote, &NoteStrip::actionRequested, this, [this] {
        if (m_list.ownOnly) {
            m_showLines = !m_showLines;
            refreshList();
        } else {
            runCommand(QStringLiteral("traces.own"));
        }
    });
}

void TracesPage::takeWish(TraceMatchWish wish)
{
    if (wish == m_wish && m_matchedWay >= 0) {
        return; // known already; Back and Forward come by here
    }
    m_wish = std::move(wish);
    m_matchedWay = kAsking;
    refreshList();
    if (!m_wish.isEmpty()) {
        Q_EMIT matchWanted();
    }
}

void TracesPage::showMatch(int way)
{
    if (m_wish.isEmpty() || way >= static_cast<int>(m_wish.ways.size())) {
        return;
    }
    m_matchedWay = std::max(way, kNoWay);
    TraceChoice next = m_choice;
    next.query = m_wish.ways[static_cast<std::size_t>(std::max(way, 0))].query;
    takeChoice(std::move(next));
    refreshList();
    Q_EMIT pageChanged();
}

QString TracesPage::noMatchText() const
{
    QStringList tried;
    for (const TraceMatchWish::Way& way : m_wish.ways) {
        // A container id is recognised by its beginning.
        const QString value = way.value.size() > 40 ? way.value.left(12) + QStringLiteral("\u2026") : way.value;
        tried.push_back(way.key + u' ' + value);
    }
    return tr("No match for %1, because no stored trace carries %2.").arg(m_wish.subject, tried.join(tr(", or ")));
}

void TracesPage::refreshNotes()
{
    // A query typed by hand is not the row's any more.
    const bool byRow = !m_wish.isEmpty()
        && std::any_of(m_wish.ways.begin(), m_wish.ways.end(),
                       [this](const TraceMatchWish::Way& way) { return way.query == m_choice.query; });
    if (!byRow) {
        m_wish = {};
        m_matchedWay = kAsking;
    }
    if (byRow && m_matchedWay >= 0) {
        const TraceMatchWish::Way& way = m_wish.ways[static_cast<std::size_t>(m_matchedWay)];
        m_matchNote->say(tr("Traces of %1").arg(m_wish.subject), tr("matched by %1 = %2").arg(way.key, way.value), {},
                         true);
    } else if (byRow) {
        m_matchNote->say(tr("Traces of %1").arg(m_wish.subject),
                         m_matchedWay == kAsking ? tr("looking for them") : tr("none found"), {}, true);
    }
    m_matchNote->setVisible(byRow);
    if (m_list.ownOnly) {
        m_ownNote->say(m_showLines ? tr("How to send traces here") : tr("Tracedeck's own traces"),
                       m_showLines ? QString() : tr("hidden as soon as another program sends some"),
                       m_showLines ? tr("Show own traces") : tr("How to send yours"), false);
    } else if (m_choice.showOwn) {
        m_ownNote->say(tr("Tracedeck's own traces are shown too"), {}, tr("Hide them"), false);
    }
    m_ownNote->setVisible(m_list.ownOnly || m_choice.showOwn);
}

} // namespace tracedeck
