// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"
#include "selectors/collation_rank.h"

#include <QLocale>

namespace tracedeck {

/// Sort order of all texts of a snapshot as people expect it in `locale`: numbers by value ("web-2" before
/// "web-10"), letters case-insensitively, equal ones by their bytes. Runs on the worker, once per pool.
/// Cost: one sort key per text and one sort.
[[nodiscard]] CollationRanks collationRanks(const StringPool& pool, const QLocale& locale);

} // namespace tracedeck
