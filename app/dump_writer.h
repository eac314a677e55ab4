// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "views/page.h"
#include "views/source_badge.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace tracedeck {

/// What a page shows, as the JSON of --dump:
/// {page, columns[], rows:[{kind: group|row, key, cells:{id:{text,value,unit}}}], shown, total, sources[]}.
/// `value` is null when unknown; keys are 16 hex digits.
[[nodiscard]] QByteArray dumpJson(const QString& page, const PageDump& dump, const std::vector<SourceBadge>& sources,
                                  const QStringList& missing);

/// Writes a file whole or not at all.
[[nodiscard]] Result<void> writeFileWhole(const QString& path, const QByteArray& content);

} // namespace tracedeck
