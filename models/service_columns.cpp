// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/service_columns.h"

#include "core/infrastructure_table.h"
#include "core/service_details.h"
#include "models/cell_values.h"
#include "models/change_column.h"
#include "models/column_presets.h"
#include "models/infrastructure_columns.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace tracedeck {
namespace {

using Table = InfrastructureTable;
template <auto Fill> constexpr CellFill kFill = &fillFrom<Table, Fill>;

std::string_view detailOf(const Table& table, std::uint32_t row, std::string_view name)
{
    if (row >= table.detailNames.size() || row >= table.detailValues.size()) {
        return {};
    }
    const auto names = table.detailNames.row(row);
    const auto values = table.detailValues.row(row);
    for (std::size_t i = 0; i < names.size() && i < values.size(); ++i) {
        if (table.strings.view(names[i]) == name) {
            return table.strings.view(values[i]);
        }
    }
    return {};
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

/// A counted detail of one kind of service; empty for the other kind, which has no such thing.
template <InfrastructureType Kind, const std::string_view& Name>
void fillDetail(const Table& table, const CellRequest& request, CellContent& out)
{
    out.kind = CellKind::Number;
    if (table.type[request.row] != Kind) {
        return;
    }
    const std::string_view text = detailOf(table, request.row, Name);
    const auto number = wholeNumber(text);
    if (number || text.empty()) {
        setCount(out, number);
    } else {
        assignText(out.text, text); // the source's own words, as they are
    }
}

void fillKind(const Table& table, const CellRequest& request, CellContent& out)
{
    out.kind = CellKind::Badge;
    assignText(out.text, table.type[request.row] == InfrastructureType::ProxmoxMail ? "mail" : "backup");
}

void fillVersion(const Table& table, const CellRequest& request, CellContent& out)
{
    const std::string_view version = detailOf(table, request.row, kVersionDetail);
    if (version.empty()) {
        setText(out, table.strings, table.osName[request.row]);
    } else {
        assignText(out.text, version);
    }
}

TableColumn countColumn(const ColumnHead& head, CellFill fill)
{
    return numberColumn(head, fill, false);
}

constexpr auto kBackup = InfrastructureType::ProxmoxBackup;
constexpr auto kMail = InfrastructureType::ProxmoxMail;

} // namespace

TableColumns serviceColumns()
{
    TableColumns columns;
    // What services share with hosts is shown by the very same columns.
    TableColumns shared = infrastructureColumns();
    const auto take = [&](QStringView id) {
        for (TableColumn& column : shared) {
            if (column.id == id) {
                columns.push_back(column);
            }
        }
    };
    take(u"name");
    columns.push_back(textColumn({u"kind", QT_TRANSLATE_NOOP("TableColumn", "Kind"), 84, 60}, kFill<fillKind>, false));
    columns.back().sortKey = QStringLiteral("type");
    take(u"status");
    columns.push_back(countColumn({u"datastores", QT_TRANSLATE_NOOP("TableColumn", "Datastores"), 96, 0},
                                  kFill<fillDetail<kBackup, kDatastoresDetail>>));
    columns.push_back(countColumn({u"jobs", QT_TRANSLATE_NOOP("TableColumn", "Jobs"), 64, 20},
                                  kFill<fillDetail<kBackup, kJobsDetail>>));
    columns.push_back(countColumn({u"queue", QT_TRANSLATE_NOOP("TableColumn", "Queue"), 72, 0},
                                  kFill<fillDetail<kMail, kQueueDetail>>));
    columns.push_back(countColumn({u"deferred", QT_TRANSLATE_NOOP("TableColumn", "Deferred"), 84, 20},
                                  kFill<fillDetail<kMail, kDeferredDetail>>));
    columns.push_back(countColumn({u"hold", QT_TRANSLATE_NOOP("TableColumn", "On hold"), 76, 30},
                                  kFill<fillDetail<kMail, kHoldDetail>>));
    columns.push_back(countColumn({u"nodes", QT_TRANSLATE_NOOP("TableColumn", "Nodes"), 68, 40},
                                  kFill<fillDetail<kMail, kMailNodesDetail>>));
    for (const char16_t* id : {u"cpu", u"memory", u"disk", u"uptime"}) {
        take(id);
    }
    columns.push_back(
        textColumn({u"version", QT_TRANSLATE_NOOP("TableColumn", "Version"), 150, 90}, kFill<fillVersion>, false, 1));
    columns.push_back(changeColumn());
    return columns;
}

} // namespace tracedeck
