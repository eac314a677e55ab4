// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workload_columns.h"

#include "core/workload_table.h"
#include "models/cell_values.h"
#include "models/change_column.h"
#include "models/column_presets.h"

namespace tracedeck {
namespace {

using Table = WorkloadTable;
template <auto Fill> constexpr CellFill kFill = &fillFrom<Table, Fill>;
template <auto Tip> constexpr CellTip kTip = &tipFrom<Table, Tip>;

/// A text column of the table, by member.
template <TextColumn Table::*Column> void fillText(const Table& table, const CellRequest& request, CellContent& out)
{
    setText(out, table.strings, (table.*Column)[request.row]);
}

/// A count column of the table, by member.
template <OptionalColumn<std::int64_t> Table::*Column>
void fillCount(const Table& table, const CellRequest& request, CellContent& out)
{
    setCount(out, (table.*Column).get(request.row));
}

constexpr int kNameMinWidth = 130;
constexpr std::size_t kShownAtFirst = 10; ///< up to and with node

bool pending(const Table& table, std::uint32_t row)
{
    return (table.flags[row] & kRatesPending) != 0;
}

void fillName(const Table& table, const CellRequest& request, CellContent& out)
{
    const std::uint32_t row = request.row;
    setText(out, table.strings, table.name[row] != 0 ? table.name[row] : table.id[row]);
    out.kind = CellKind::Name;
    if (table.displayId[row] != table.name[row]) {
        assignText(out.secondary, table.strings.view(table.displayId[row]));
    }
}

void fillStatus(const Table& table, const CellRequest& request, CellContent& out)
{
    const StatusBucket bucket = table.bucket[request.row];
    out.kind = CellKind::Status;
    if (bucket == StatusBucket::Running) {
        out.severity = Severity::Ok;
        out.text.append(QStringLiteral("Running"));
    } else if (bucket == StatusBucket::Degraded) {
        out.severity = Severity::Warning;
        out.text.append(QStringLiteral("Degraded"));
    } else {
        out.severity = Severity::Critical;
        out.text.append(QStringLiteral("Stopped"));
    }
    const std::string_view detail = table.strings.view(table.statusDetail[request.row]);
    const std::string_view state = table.strings.view(table.status[request.row]);
    if (!detail.empty()) {
        assignText(out.secondary, detail);
    } else if (out.text.compare(QLatin1String(state.data(), static_cast<qsizetype>(state.size())), Qt::CaseInsensitive)
               != 0) {
        assignText(out.secondary, state); // the source's own word says more than the bucket
    }
}

void fillType(const Table& table, const CellRequest& request, CellContent& out)
{
    out.kind = CellKind::Badge;
    assignText(out.text, workloadTypeBadge(table.type[request.row]));
}

void fillCpu(const Table& table, const CellRequest& request, CellContent& out)
{
    setPercent(out, table.cpuPercent.get(request.row), ThresholdMetric::Cpu, request, pending(table, request.row));
    setSecondaryCpus(out, table.cpuCount.get(request.row));
}

void fillMemory(const Table& table, const CellRequest& request, CellContent& out)
{
    setPercent(out, table.memoryPercent.get(request.row), ThresholdMetric::Memory, request, false);
    setSecondarySize(out, table.memoryUsedBytes.get(request.row));
}

void fillDisk(const Table& table, const CellRequest& request, CellContent& out)
{
    setPercent(out, table.diskPercent.get(request.row), ThresholdMetric::Disk, request, false);
}

void fillNetIo(const Table& table, const CellRequest& request, CellContent& out)
{
    setRate(out, table.rxBytesPerSec.get(request.row), table.txBytesPerSec.get(request.row),
            pending(table, request.row), request.context.io.network);
}

void fillDiskIo(const Table& table, const CellRequest& request, CellContent& out)
{
    setRate(out, table.readBytesPerSec.get(request.row), table.writeBytesPerSec.get(request.row),
            pending(table, request.row), request.context.io.diskIo);
}

void fillUptime(const Table& table, const CellRequest& request, CellContent& out)
{
    setAge(out, table.startedAtNs.get(request.row), request);
}

void fillVmid(const Table& table, const CellRequest& request, CellContent& out)
{
    const auto vmid = table.vmid.get(request.row);
    if (!vmid) {
        setMissing(out, CellKind::Number);
        return;
    }
    out.kind = CellKind::Number;
    out.hasValue = true;
    out.value = static_cast<double>(*vmid);
    out.text.setNum(*vmid); // an identifier: no thousands separators
}

void fillIp(const Table& table, const CellRequest& request, CellContent& out)
{
    setList(out, CellKind::Text, table.strings, table.ipAddresses.row(request.row));
}

void fillTags(const Table& table, const CellRequest& request, CellContent& out)
{
    setList(out, CellKind::Tags, table.strings, table.tags.row(request.row));
}

/// What the row says besides about a threshold of its own.
QString ownTip(const QString& said, const Table& table, const CellRequest& request, ThresholdMetric metric)
{
    return tipLines(
        said, ownThresholdText(request, table.keys[request.row], table.strings.view(table.name[request.row]), metric));
}

QString cpuTip(const Table& table, const CellRequest& request)
{
    return ownTip(withBasis(table.cpuPercent.get(request.row), table.strings.view(table.cpuBasis[request.row])), table,
                  request, ThresholdMetric::Cpu);
}

QString memoryTip(const Table& table, const CellRequest& request)
{
    const std::string_view basis = table.strings.view(table.memoryBasis[request.row]);
    const auto percent = table.memoryPercent.get(request.row);
    const QString said = basis.empty()
        ? withBasis(percent, sizeBasis(table.memoryUsedBytes.get(request.row), table.memoryTotalBytes.get(request.row)))
        : withBasis(percent, basis);
    return ownTip(said, table, request, ThresholdMetric::Memory);
}

QString diskTip(const Table& table, const CellRequest& request)
{
    const auto used = table.diskUsedBytes.get(request.row);
    const auto total = table.diskTotalBytes.get(request.row);
    return ownTip(withBasis(table.diskPercent.get(request.row), sizeBasis(used, total)), table, request,
                  ThresholdMetric::Disk);
}

QString netTip(const Table& table, const CellRequest& request)
{
    const auto rx = table.rxBytesPerSec.get(request.row);
    const auto tx = table.txBytesPerSec.get(request.row);
    return tipLines(ratePair("in", rx, "out", tx), outlierReason(rx, tx, request.context.io.network));
}

QString diskIoTip(const Table& table, const CellRequest& request)
{
    const auto read = table.readBytesPerSec.get(request.row);
    const auto written = table.writeBytesPerSec.get(request.row);
    return tipLines(ratePair("read", read, "write", written), outlierReason(read, written, request.context.io.diskIo));
}

} // namespace

TableColumns workloadColumns()
{
    TableColumns columns{
        textColumn({u"name", QT_TRANSLATE_NOOP("TableColumn", "Name"), 172, 0}, kFill<fillName>, true, 3),
        textColumn({u"status", QT_TRANSLATE_NOOP("TableColumn", "Status"), 150, 5}, kFill<fillStatus>, true, 2),
        textColumn({u"type", QT_TRANSLATE_NOOP("TableColumn", "Type"), 76, 60}, kFill<fillType>),
        percentColumn({u"cpu", QT_TRANSLATE_NOOP("TableColumn", "CPU"), 140, 0}, u"64 cpu", kFill<fillCpu>,
                      kTip<cpuTip>),
        percentColumn({u"memory", QT_TRANSLATE_NOOP("TableColumn", "Memory"), 156, 0}, u"88.8 GiB", kFill<fillMemory>,
                      kTip<memoryTip>),
        percentColumn({u"disk", QT_TRANSLATE_NOOP("TableColumn", "Disk"), 98, 10}, u"", kFill<fillDisk>, kTip<diskTip>),
        rateColumn({u"netIo", QT_TRANSLATE_NOOP("TableColumn", "Net I/O"), 96, 20}, kFill<fillNetIo>, kTip<netTip>),
        rateColumn({u"diskIo", QT_TRANSLATE_NOOP("TableColumn", "Disk I/O"), 96, 80}, kFill<fillDiskIo>,
                   kTip<diskIoTip>),
        ageColumn({u"uptime", QT_TRANSLATE_NOOP("TableColumn", "Uptime"), 92, 70}, kFill<fillUptime>),
        textColumn({u"node", QT_TRANSLATE_NOOP("TableColumn", "Node"), 120, 85}, kFill<fillText<&Table::node>>, true,
                   1),
        textColumn({u"image", QT_TRANSLATE_NOOP("TableColumn", "Image"), 180, 90}, kFill<fillText<&Table::image>>, true,
                   1),
        textColumn({u"namespace", QT_TRANSLATE_NOOP("TableColumn", "Namespace"), 120, 90},
                   kFill<fillText<&Table::nameSpace>>),
        textColumn({u"context", QT_TRANSLATE_NOOP("TableColumn", "Context"), 120, 90},
                   kFill<fillText<&Table::contextLabel>>, false),
        textColumn({u"ip", QT_TRANSLATE_NOOP("TableColumn", "IP address"), 130, 90}, kFill<fillIp>, false),
        textColumn({u"tags", QT_TRANSLATE_NOOP("TableColumn", "Tags"), 130, 90}, kFill<fillTags>, false),
        textColumn({u"os", QT_TRANSLATE_NOOP("TableColumn", "OS"), 140, 90}, kFill<fillText<&Table::osName>>, false),
        numberColumn({u"restarts", QT_TRANSLATE_NOOP("TableColumn", "Restarts"), 76, 90},
                     kFill<fillCount<&Table::restartCount>>, false),
        numberColumn({u"procs", QT_TRANSLATE_NOOP("TableColumn", "Processes"), 84, 90},
                     kFill<fillCount<&Table::processCount>>, false),
        numberColumn({u"vmid", QT_TRANSLATE_NOOP("TableColumn", "ID"), 72, 90}, kFill<fillVmid>, true),
        textColumn({u"runtime", QT_TRANSLATE_NOOP("TableColumn", "Runtime"), 96, 90},
                   kFill<fillText<&Table::containerRuntime>>, false),
    };
    columns.front().minWidth = kNameMinWidth;
    explainColumns(columns,
                   {{u"cpu",
                     QT_TRANSLATE_NOOP("TableColumn",
                                       "CPU in use, percent of what the workload may use; each value says of what")},
                    {u"memory",
                     QT_TRANSLATE_NOOP("TableColumn",
                                       "Memory in use, percent of the limit of the workload, or of its host when it "
                                       "has none; each value says of what")},
                    {u"disk", QT_TRANSLATE_NOOP("TableColumn", "Disk space in use, percent of the size of its disks")},
                    {u"netIo", QT_TRANSLATE_NOOP("TableColumn", "Network, received and sent together, per second")},
                    {u"diskIo", QT_TRANSLATE_NOOP("TableColumn", "Disk, read and written together, per second")}});
    for (std::size_t i = kShownAtFirst; i < columns.size(); ++i) {
        columns[i].hiddenByDefault = true;
    }
    columns.push_back(changeColumn());
    return columns;
}

} // namespace tracedeck
