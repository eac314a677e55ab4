// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/row_digest.h"

#include <xxhash.h>

namespace tracedeck {

void RowDigest::add(std::string_view text)
{
    add(XXH3_64bits(text.data(), text.size()));
}

void RowDigest::add(const StringPool& pool, const ListColumn& column, std::size_t row)
{
    const auto items = column.row(row);
    add(static_cast<std::uint64_t>(items.size()));
    for (const StringId item : items) {
        add(pool.view(item));
    }
}

} // namespace tracedeck
