// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <functional>

namespace tracedeck {

/// Command id to what it does. Commands nobody registered are offered to the page shown.
class CommandRegistry {
public:
    using Handler = std::function<void()>;

    void add(const QString& id, const Handler& handler) { m_handlers.insert(id, handler); }
    /// False when no handler is registered.
    bool run(const QString& id) const
    {
        const auto found = m_handlers.constFind(id);
        if (found == m_handlers.constEnd()) {
            return false;
        }
        (*found)();
        return true;
    }
    [[nodiscard]] bool contains(const QString& id) const { return m_handlers.contains(id); }

private:
    QHash<QString, Handler> m_handlers;
};

} // namespace tracedeck
