// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/selected_rows.h"

#include "models/grouped_table_model.h"
#include "models/plural_text.h"
#include "views/grouped_table_view.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>

namespace tracedeck {

namespace {

QString copyWord(const char* text)
{
    return QCoreApplication::translate("CopyRows", text);
}

QString formName(RowCopyForm form)
{
    return form == RowCopyForm::Tsv ? copyWord("tab-separated text")
        : form == RowCopyForm::Json ? copyWord("JSON")
                                    : copyWord("Markdown");
}

RowCopyCell copiedCell(const CellContent& cell)
{
    RowCopyCell out;
    out.missing = cell.state == CellState::Missing || cell.state == CellState::Pending;
    out.text = cell.joinedText();
    out.text.replace(kTagSeparator, QStringLiteral(", "));
    out.hasValue = cell.hasValue;
    out.value = cell.value;
    return out;
}

} // namespace

RowCopy selectedRows(const GroupedTableView& table)
{
    RowCopy copy;
    const GroupedTableModel* model = table.tableModel();
    const QHeaderView* header = table.horizontalHeader();
    std::vector<int> shown;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!table.isColumnHidden(column)) {
            const TableColumn& source = model->columns()[static_cast<std::size_t>(column)];
            shown.push_back(column);
            copy.columns.push_back({source.id, model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                    source.align == ColumnAlign::Right});
        }
    }
    std::vector<RowKey> keys = table.selectedKeys();
    if (keys.empty() && table.currentKey() != 0) {
        keys.push_back(table.currentKey());
    }
    for (const RowKey key : keys) {
        const int row = model->rowOfKey(key);
        if (row < 0 || model->isGroup(row)) {
            continue;
        }
        std::vector<RowCopyCell> cells;
        for (const int column : shown) {
            const CellContent* cell = model->cell(row, column);
            cells.push_back(cell == nullptr ? RowCopyCell{{}, true, false, 0} : copiedCell(*cell));
        }
        copy.rows.push_back(std::move(cells));
    }
    return copy;
}

QString copySelectedRows(const GroupedTableView& table, RowCopyForm form)
{
    const RowCopy copy = selectedRows(table);
    if (copy.rows.empty()) {
        return copyWord("Select a row first");
    }
    QGuiApplication::clipboard()->setText(encodeRows(copy, form));
    return copyWord("%1 copied as %2")
        .arg(pluralText(copy.rows.size(), copyWord("row"), copyWord("rows")), formName(form));
}

void openCopyMenu(GroupedTableView* table, const std::function<void(QString)>& copied)
{
    auto* menu = new QMenu(table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, RowCopyForm form) {
        QObject::connect(menu->addAction(text), &QAction::triggered, table,
                         [table, form, copied] { copied(copySelectedRows(*table, form)); });
    };
    add(copyWord("Copy as &tab-separated text"), RowCopyForm::Tsv);
    add(copyWord("Copy as &JSON"), RowCopyForm::Json);
    add(copyWord("Copy as &Markdown table"), RowCopyForm::Markdown);
    menu->setActiveAction(menu->actions().front());
    const QRect row = table->rowRect(table->currentIndex().row());
    menu->popup(table->viewport()->mapToGlobal(row.isEmpty() ? QPoint(24, 24) : QPoint(24, row.bottom())));
}

bool runCopyCommand(GroupedTableView* table, const QString& commandId, const std::function<void(QString)>& copied)
{
    if (commandId == QStringLiteral("copy.as")) {
        openCopyMenu(table, copied);
    } else if (commandId == QStringLiteral("copy.json")) {
        copied(copySelectedRows(*table, RowCopyForm::Json));
    } else if (commandId == QStringLiteral("copy.markdown")) {
        copied(copySelectedRows(*table, RowCopyForm::Markdown));
    } else if (commandId == QStringLiteral("copy") || commandId == QStringLiteral("copy.tsv")) {
        copied(copySelectedRows(*table, RowCopyForm::Tsv));
    } else {
        return false;
    }
    return true;
}

} // namespace tracedeck
