// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell_cache.h"

namespace tracedeck {

CellCache::CellCache(std::size_t columns) : m_columns(columns), m_entries(kRows * columns)
{ }

} // namespace tracedeck
