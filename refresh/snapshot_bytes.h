// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tracedeck {

/// Writes table columns as bytes. Numbers stand in the machine's byte order; the file says which.
class SnapshotWriter {
public:
    static constexpr bool kReads = false;

    template <class T> void number(const T& value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void text(std::string_view text)
    {
        number(static_cast<std::uint32_t>(text.size()));
        m_bytes.append(text);
    }
    void pool(const StringPool& pool)
    {
        number(static_cast<std::uint32_t>(pool.size()));
        for (StringId id = 1; id < pool.size(); ++id) {
            text(pool.view(id));
        }
    }
    template <class T> void plain(const std::vector<T>& column)
    {
        m_bytes.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(T));
    }
    template <class T> void optional(const OptionalColumn<T>& column)
    {
        for (std::size_t row = 0; row < column.size(); ++row) {
            number(static_cast<std::uint8_t>(column.has(row) ? 1 : 0));
        }
        for (const T value : column.values()) {
            number(value);
        }
    }
    void list(const ListColumn& column, std::size_t rows)
    {
        for (std::size_t row = 0; row < rows; ++row) {
            const auto items = row < column.size() ? column.row(row) : std::span<const StringId>();
            number(static_cast<std::uint32_t>(items.size()));
            for (const StringId item : items) {
                number(item);
            }
        }
    }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

/// Reads them back. Nothing is trusted: a count beyond the bytes that are left, or a handle outside the
/// pool, makes ok() false, after which everything read is empty.
class SnapshotReader {
public:
    explicit SnapshotReader(std::string_view bytes) : m_rest(bytes) { }

    [[nodiscard]] bool ok() const noexcept { return m_ok; }
    [[nodiscard]] bool atEnd() const noexcept { return m_ok && m_rest.empty(); }
    void refuse() noexcept
    {
        m_ok = false;
        m_rest = {};
    }

    template <class T> void number(T& value)
    {
        if (m_rest.size() < sizeof value) {
            refuse();
            value = T{};
            return;
        }
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
    }
    std::string_view text()
    {
        std::uint32_t length = 0;
        number(length);
        if (m_rest.size() < length) {
            refuse();
            return {};
        }
        const std::string_view result = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return result;
    }
    /// A count of things that take at least `bytesEach`.
    std::uint32_t count(std::size_t bytesEach)
    {
        std::uint32_t value = 0;
        number(value);
        if (value > m_rest.size() / bytesEach) {
            refuse();
            return 0;
        }
        return value;
    }
    void pool(StringPool& pool)
    {
        std::uint32_t size = 0;
        number(size);
        for (StringId id = 1; id < size && m_ok; ++id) {
            if (pool.intern(text()) != id) {
                refuse(); // a text twice: not written by us
            }
        }
        m_poolSize = static_cast<StringId>(pool.size());
    }
    void handles(TextColumn& column)
    {
        plain(column);
        for (const StringId id : column) {
            if (id >= m_poolSize) {
                refuse();
            }
        }
    }
    template <class T> void plain(std::vector<T>& column)
    {
        const std::size_t bytes = column.size() * sizeof(T);
        if (m_rest.size() < bytes) {
            refuse();
            return;
        }
        if (bytes > 0) {
            std::memcpy(column.data(), m_rest.data(), bytes);
        }
        m_rest.remove_prefix(bytes);
    }
    template <class T> void optional(OptionalColumn<T>& column)
    {
        std::vector<std::uint8_t> present(column.size());
        plain(present);
        for (std::size_t row = 0; row < column.size() && m_ok; ++row) {
            T value{};
            number(value);
            if (present[row] != 0) {
                column.set(row, value);
            }
        }
    }
    void list(ListColumn& column, std::size_t rows)
    {
        for (std::size_t row = 0; row < rows && m_ok; ++row) {
            for (std::uint32_t left = count(sizeof(StringId)); left > 0; --left) {
                StringId id = 0;
                number(id);
                if (id >= m_poolSize) {
                    refuse();
                    return;
                }
                column.add(id);
            }
            column.endRow();
        }
    }

private:
    std::string_view m_rest;
    bool m_ok = true;
    StringId m_poolSize = 1;
};

} // namespace tracedeck
