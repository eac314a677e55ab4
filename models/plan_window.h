// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/plan_diff.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tracedeck {

/// Which of two plans a model row shows while the model goes from one to the other, as at most a
/// handful of stretches. Lets every step between begin/end signals answer for exactly the rows it
/// announced, without copying a plan. Cost of place(): a walk over the stretches, one in rest.
class PlanWindow {
public:
    enum class Side : std::uint8_t { Old, New };
    struct Place {
        Side side = Side::Old;
        std::uint32_t row = 0;
    };

    /// One stretch: rows [0, rows) of `side`.
    void showAll(Side side, std::uint32_t rows);
    /// All `rows` of `side` but those in `hidden` (ascending, at most four ranges).
    void showExcept(Side side, std::uint32_t rows, std::span<const RowRange> hidden);
    /// Rows [0, head) of `headSide`, below them [head, rows) of the other side.
    void showHeadAndTail(Side headSide, std::uint32_t head, std::uint32_t rows);

    [[nodiscard]] std::uint32_t rows() const noexcept { return m_rows; }
    /// Precondition: row < rows().
    [[nodiscard]] Place place(std::uint32_t row) const noexcept;

private:
    struct Stretch {
        Side side = Side::Old;
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
    };
    void add(Side side, std::uint32_t begin, std::uint32_t end);

    std::array<Stretch, 6> m_stretches{};
    std::size_t m_used = 0;
    std::uint32_t m_rows = 0;
};

} // namespace tracedeck
