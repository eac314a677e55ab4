// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/change_column.h"

#include "models/cell_values.h"
#include "models/column_presets.h"
#include "models/table_changes.h"

namespace tracedeck {
namespace {

void fillChange(const CellRequest& request, CellContent& out)
{
    const TableChanges* const changes = request.snapshot.changes().get();
    out.kind = CellKind::Text;
    out.text = changes == nullptr ? QString() : changeWords(changes->of(request.row));
    if (out.text.isEmpty()) {
        setMissing(out, CellKind::Text);
    }
}

QString changeTip(const CellRequest& request)
{
    const TableChanges* const changes = request.snapshot.changes().get();
    return changes == nullptr ? QString() : changeLines(*changes, request.row);
}

} // namespace

TableColumn changeColumn()
{
    TableColumn column = textColumn({u"change", QT_TRANSLATE_NOOP("TableColumn", "Change"), 170, 0}, fillChange, false);
    column.explain =
        QT_TRANSLATE_NOOP("TableColumn", "What became of the row since the moment the table is compared with");
    column.tip = changeTip;
    column.hiddenByDefault = true;
    return column;
}

} // namespace tracedeck
