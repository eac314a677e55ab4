// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace tracedeck {

/// Turns bursts of "something changed" into few refetches: a fetch comes 800 ms after the last notice of
/// a burst, never sooner than 2,500 ms after the previous fetch, and never later than 2,500 ms after the
/// burst's first notice (a stream that never pauses is still shown). Pure: time is given.
class RefetchPacer {
public:
    RefetchPacer() = default;
    RefetchPacer(std::chrono::nanoseconds debounce, std::chrono::nanoseconds spacing)
        : m_debounceNs(debounce.count()), m_spacingNs(spacing.count())
    { }

    /// A notice at `nowNs`; answers when the fetch is due.
    std::int64_t notice(std::int64_t nowNs);
    /// When a fetch is due; none = no notice waits.
    [[nodiscard]] std::optional<std::int64_t> due() const noexcept { return m_dueNs; }
    /// A fetch began, for whatever reason; notices before it are answered by it.
    void fetched(std::int64_t nowNs);

private:
    std::int64_t m_debounceNs = 800'000'000;
    std::int64_t m_spacingNs = 2'500'000'000;
    std::optional<std::int64_t> m_lastFetchNs;
    std::optional<std::int64_t> m_firstNoticeNs;
    std::optional<std::int64_t> m_dueNs;
};

} // namespace tracedeck
