// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrlQuery>
#include <optional>
#include <vector>

namespace tracedeck {

/// A place in the application as a value and as text: "tracedeck://workloads?q=cpu%3E20&view=pod".
struct Route {
    QString page; ///< page id
    QString item; ///< what is open there (a trace id); may be empty
    QUrlQuery state;

    [[nodiscard]] QString toText() const;
    /// Nothing for texts that are not tracedeck:// links with a page. "tracedeck://trace/ID" is the short form
    /// of "tracedeck://traces/ID".
    [[nodiscard]] static std::optional<Route> fromText(const QString& text);
    /// What is open on the page: a trace id or the key of the row in the drawer; empty = neither.
    [[nodiscard]] QString openItem() const;
    bool operator==(const Route& other) const { return toText() == other.toText(); }
};

/// Back and Forward: a list of places and where we stand in it.
class Navigation {
public:
    /// Goes to a new place: what lay ahead is forgotten, the same place twice counts once.
    void visit(const Route& route);
    /// The present place looks different now (a filter was typed): replaces it without a new entry. When it looks
    /// like the one before, the two are one.
    void replace(const Route& route);
    /// The page at hand moved by itself. What it opened is a new place; closing that, or moving inside it, is none:
    /// whoever closes a trace is back in the list, and Back does not open it again.
    void follow(const Route& route);
    [[nodiscard]] std::optional<Route> back();
    [[nodiscard]] std::optional<Route> forward();
    [[nodiscard]] bool canGoBack() const { return m_position > 0; }
    [[nodiscard]] bool canGoForward() const { return m_position + 1 < m_places.size(); }

private:
    std::vector<Route> m_places;
    std::size_t m_position = 0;
};

} // namespace tracedeck
