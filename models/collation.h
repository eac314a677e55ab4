// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"
#include "selectors/collation_rank.h"

#include <QLocale>

namespace tracedeck {

/// Texts that have their ranks already.
struct RankedTexts {
    const StringPool& pool;
    const CollationRanks& ranks;
};

/// Sort order of all texts of a snapshot as people expect it in `locale`: numbers by value ("web-2" before
/// "web-10"), letters case-insensitively, equal ones by their bytes. Runs on the worker, once per pool.
/// `before`, ranked in the same locale, changes only the cost: texts that were ranked then keep their order, which is
/// nearly all of them from one poll to the next.
/// Cost: one sort key per text and one sort (3 µs a text); with `before` one look-up per text, nothing for an equal
/// pool.
[[nodiscard]] CollationRanks collationRanks(const StringPool& pool, const QLocale& locale,
                                            const RankedTexts* before = nullptr);

} // namespace tracedeck
