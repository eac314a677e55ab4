// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstddef>
#include <memory>

namespace tracedeck {

/// How many push connections there may be, for each token and over all. Thread-safe.
class PushSeats {
public:
    /// A seat is free again when the last copy of this goes; it may outlive the PushSeats.
    using Seat = std::shared_ptr<const void>;

    PushSeats(std::size_t perToken, std::size_t total);
    /// `token` is the number AccessPolicy::readerOf() gives. Busy with a sentence for people when the
    /// token, or the server, has no seat left.
    [[nodiscard]] Result<Seat> take(std::size_t token);
    [[nodiscard]] std::size_t taken() const;

private:
    struct Table;
    std::size_t m_perToken;
    std::size_t m_total;
    std::shared_ptr<Table> m_table;
};

} // namespace tracedeck
