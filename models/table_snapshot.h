// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <utility>

namespace tracedeck {

/// A published table of any kind behind one type, so that one model shows them all. Which kind it is
/// must match the columns of the model; table<T>() checks that in debug builds. Copying shares.
class TableSnapshot {
public:
    TableSnapshot() = default;
    template <class Table>
    explicit TableSnapshot(std::shared_ptr<const Table> table) : m_data(std::move(table)), m_tag(&tagOf<Table>)
    { }

    [[nodiscard]] const void* data() const noexcept { return m_data.get(); }
    /// Null when empty or when it holds a table of another kind.
    template <class Table> [[nodiscard]] const Table* table() const noexcept
    {
        return m_tag == &tagOf<Table> ? static_cast<const Table*>(m_data.get()) : nullptr;
    }

private:
    template <class Table> static constexpr char tagOf = 0;

    std::shared_ptr<const void> m_data;
    const char* m_tag = nullptr;
};

} // namespace tracedeck
