// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/view_export.h"

#include "models/csv_rows.h"
#include "models/grouped_table_model.h"
#include "models/plural_text.h"
#include "views/group_header_painter.h"
#include "views/grouped_table_view.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QSaveFile>
#include <algorithm>

namespace tracedeck {
namespace {

QString exportWord(const char* text)
{
    return QCoreApplication::translate("ExportRows", text);
}

RowCopyCell exportedCell(const CellContent& cell)
{
    const bool missing = cell.state == CellState::Missing || cell.state == CellState::Pending;
    QString text = cell.joinedText();
    text.replace(kTagSeparator, QStringLiteral(", "));
    return {text, missing, cell.hasValue, cell.value};
}

} // namespace

RowCopy rowsInView(const GroupedTableView& table)
{
    RowCopy copy;
    const GroupedTableModel& model = *table.tableModel();
    const bool grouped = !model.plan()->groups.empty();
    const bool nested = std::any_of(model.plan()->groups.begin(), model.plan()->groups.end(),
                                    [](const PlanGroup& group) { return group.depth > 0; });
    if (grouped) {
        copy.columns.push_back({QStringLiteral("group"), exportWord("Group"), false});
    }
    if (nested) {
        copy.columns.push_back({QStringLiteral("subgroup"), exportWord("Group inside"), false});
    }
    std::vector<int> shown;
    for (int visual = 0; visual < table.horizontalHeader()->count(); ++visual) {
        const int column = table.horizontalHeader()->logicalIndex(visual);
        if (!table.isColumnHidden(column)) {
            const TableColumn& source = model.columns()[static_cast<std::size_t>(column)];
            shown.push_back(column);
            copy.columns.push_back({source.id, QString::fromUtf8(source.title), source.align == ColumnAlign::Right});
        }
    }
    RowCopyCell group{{}, !grouped, false, 0};
    RowCopyCell inner = group;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (const PlanGroup* header = model.group(row)) {
            (header->depth == 0 ? group : inner).text = groupHeaderLabel(*header);
            continue;
        }
        std::vector<RowCopyCell> cells;
        cells.reserve(copy.columns.size());
        if (grouped) {
            cells.push_back(group);
        }
        if (nested) {
            cells.push_back(inner);
        }
        for (const int column : shown) {
            cells.push_back(exportedCell(*model.cell(row, column)));
        }
        copy.rows.push_back(std::move(cells));
    }
    return copy;
}

QString writeRows(const RowCopy& rows, const QString& path)
{
    const bool json = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    QSaveFile file(path);
    const QByteArray bytes = (json ? encodeRows(rows, RowCopyForm::Json) : encodeCsv(rows)).toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return exportWord("Not written: %1").arg(file.errorString());
    }
    return exportWord("%1 written to %2")
        .arg(pluralText(rows.rows.size(), exportWord("row"), exportWord("rows")), path);
}

void exportView(GroupedTableView* table, bool json, const std::function<void(QString)>& said)
{
    auto* dialog = new QFileDialog(table->window(), exportWord("Export the rows in view"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters{exportWord("CSV (*.csv)"), exportWord("JSON (*.json)")};
    dialog->setNameFilters(filters);
    dialog->selectNameFilter(filters.at(json ? 1 : 0));
    const auto nameAs = [dialog](const QString& base, bool asJson) {
        const QString suffix = asJson ? QStringLiteral("json") : QStringLiteral("csv");
        dialog->setDefaultSuffix(suffix);
        dialog->selectFile(base + u'.' + suffix);
    };
    const QString what = table->accessibleName().toLower().replace(u' ', u'-');
    nameAs(what.isEmpty() ? QStringLiteral("rows") : what, json);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters, nameAs](const QString& filter) {
        nameAs(QFileInfo(dialog->selectedFiles().value(0)).completeBaseName(), filter == filters.at(1));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, table,
                     [table, said](const QString& path) { said(writeRows(rowsInView(*table), path)); });
    dialog->open();
}

} // namespace tracedeck
