// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/table_changes.h"

#include "models/cell_values.h"
#include "selectors/row_severity.h"

#include <QStringList>

namespace tracedeck {
namespace {

QString stateBefore(std::uint8_t state)
{
    switch (static_cast<RowSeverity>(state)) {
    case RowSeverity::Ok:
        return QStringLiteral("running");
    case RowSeverity::Warning:
        return QStringLiteral("degraded");
    case RowSeverity::Critical:
        return QStringLiteral("stopped");
    default:
        return QStringLiteral("unknown");
    }
}

QString markText(const RowMarks& marks, StringId id)
{
    QString text;
    assignText(text, marks.texts.view(id));
    return text;
}

} // namespace

QString changeWords(RowChangeSet changes)
{
    QStringList words;
    const auto add = [&](RowChange change, const QString& word) {
        if ((changes & change) != 0) {
            words.append(word);
        }
    };
    add(kRowNew, QStringLiteral("new"));
    add(kRowGone, QStringLiteral("gone"));
    add(kRowRestarted, QStringLiteral("restarted"));
    add(kRowMoved, QStringLiteral("moved"));
    add(kRowImageChanged, QStringLiteral("other image"));
    add(kRowStateChanged, QStringLiteral("other state"));
    return words.join(QStringLiteral(" \u00b7 "));
}

QString changeLines(const TableChanges& changes, std::size_t row)
{
    const RowChangeSet set = changes.of(row);
    const std::uint32_t earlier = row < changes.earlierRow.size() ? changes.earlierRow[row] : RowChanges::kNoRow;
    QStringList lines;
    if ((set & kRowNew) != 0) {
        lines.append(QStringLiteral("New since then"));
    }
    if ((set & kRowGone) != 0) {
        lines.append(QStringLiteral("Gone since then: last values shown"));
    }
    if (changes.before == nullptr || earlier == RowChanges::kNoRow) {
        return lines.join(u'\n');
    }
    const RowMarks& before = *changes.before;
    if ((set & kRowRestarted) != 0) {
        lines.append(QStringLiteral("Restarted since then"));
    }
    if ((set & kRowMoved) != 0) {
        lines.append(QStringLiteral("Moved from %1").arg(markText(before, before.place[earlier])));
    }
    if ((set & kRowImageChanged) != 0) {
        lines.append(QStringLiteral("Before: %1").arg(markText(before, before.image[earlier])));
    }
    if ((set & kRowStateChanged) != 0) {
        lines.append(QStringLiteral("Was %1").arg(stateBefore(before.state[earlier])));
    }
    return lines.join(u'\n');
}

} // namespace tracedeck
