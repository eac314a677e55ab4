// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/infrastructure_columns.h"

#include "core/infrastructure_table.h"
#include "models/cell_values.h"
#include "models/change_column.h"
#include "models/column_presets.h"
#include "selectors/row_severity.h"

namespace tracedeck {
namespace {

using Table = InfrastructureTable;
template <auto Fill> constexpr CellFill kFill = &fillFrom<Table, Fill>;
template <auto Tip> constexpr CellTip kTip = &tipFrom<Table, Tip>;

constexpr int kNameMinWidth = 130;
constexpr std::size_t kHiddenAtFirst = 4; ///< type, os, ip, tags

bool pending(const Table& table, std::uint32_t row)
{
    return (table.flags[row] & kRatesPending) != 0;
}

void fillName(const Table& table, const CellRequest& request, CellContent& out)
{
    const std::uint32_t row = request.row;
    setText(out, table.strings, table.name[row] != 0 ? table.name[row] : table.id[row]);
    out.kind = CellKind::Name;
    if (table.hostname[row] != table.name[row]) {
        assignText(out.secondary, table.strings.view(table.hostname[row]));
    }
}

void fillStatus(const Table& table, const CellRequest& request, CellContent& out)
{
    const InfrastructureStatus status = table.status[request.row];
    out.kind = CellKind::Status;
    out.severity = static_cast<Severity>(severityOf(status));
    const bool ownWord = status == InfrastructureStatus::Other && table.statusText[request.row] != 0;
    const InfrastructureStatus named = status == InfrastructureStatus::Other ? InfrastructureStatus::Unknown : status;
    assignText(out.text, ownWord ? table.strings.view(table.statusText[request.row]) : infrastructureStatusKey(named));
    out.text[0] = out.text.at(0).toUpper();
    assignText(out.secondary, table.strings.view(table.statusDetail[request.row]));
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
    setSecondarySize(out, table.diskUsedBytes.get(request.row));
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

void fillSource(const Table& table, const CellRequest& request, CellContent& out)
{
    const PlatformSet sources = table.sources[request.row];
    const auto add = [&out](Platform platform) {
        const std::string_view label = platformLabel(platform);
        if (!out.text.isEmpty()) {
            out.text.append(QStringLiteral(", "));
        }
        out.text.append(QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size())));
    };
    const Platform first = table.firstSource[request.row];
    if (first != Platform::Count) {
        add(first);
    }
    for (unsigned i = 0; i < static_cast<unsigned>(Platform::Count); ++i) {
        const auto platform = static_cast<Platform>(i);
        if (platform != first && (sources & platformBit(platform)) != 0) {
            add(platform);
        }
    }
    if (out.text.isEmpty()) {
        setMissing(out, CellKind::Text);
    }
}

void fillUptime(const Table& table, const CellRequest& request, CellContent& out)
{
    setAge(out, table.startedAtNs.get(request.row), request);
}

void fillTemperature(const Table& table, const CellRequest& request, CellContent& out)
{
    const auto celsius = table.temperatureCelsius.get(request.row);
    if (!celsius) {
        setMissing(out, CellKind::Number);
        return;
    }
    out.kind = CellKind::Number;
    out.hasValue = true;
    out.value = *celsius;
    out.text.setNum(*celsius, 'f', 0);
    out.unit.append(QStringLiteral("°C"));
    out.severity = severityOf(*celsius, ThresholdMetric::Temperature, request);
}

void fillLoad(const Table& table, const CellRequest& request, CellContent& out)
{
    const auto load = table.loadAverage1.get(request.row);
    if (!load) {
        setMissing(out, CellKind::Number);
        return;
    }
    out.kind = CellKind::Number;
    out.hasValue = true;
    out.value = *load;
    out.text.setNum(*load, 'f', 2);
}

void fillType(const Table& table, const CellRequest& request, CellContent& out)
{
    assignText(out.text, infrastructureTypeLabel(table.type[request.row]));
}

void fillOs(const Table& table, const CellRequest& request, CellContent& out)
{
    setText(out, table.strings, table.osName[request.row]);
    assignText(out.secondary, table.strings.view(table.kernelVersion[request.row]));
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
    return ownTip(withBasis(table.memoryPercent.get(request.row), table.strings.view(table.memoryBasis[request.row])),
                  table, request, ThresholdMetric::Memory);
}

QString diskTip(const Table& table, const CellRequest& request)
{
    return ownTip(withBasis(table.diskPercent.get(request.row), table.strings.view(table.diskBasis[request.row])),
                  table, request, ThresholdMetric::Disk);
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

TableColumns infrastructureColumns()
{
    TableColumns columns{
        textColumn({u"name", QT_TRANSLATE_NOOP("TableColumn", "Name"), 176, 0}, kFill<fillName>, true, 3),
        textColumn({u"status", QT_TRANSLATE_NOOP("TableColumn", "Status"), 164, 5}, kFill<fillStatus>, true, 2),
        percentColumn({u"cpu", QT_TRANSLATE_NOOP("TableColumn", "CPU"), 140, 0}, u"64 cpu", kFill<fillCpu>,
                      kTip<cpuTip>),
        percentColumn({u"memory", QT_TRANSLATE_NOOP("TableColumn", "Memory"), 156, 0}, u"88.8 GiB", kFill<fillMemory>,
                      kTip<memoryTip>),
        percentColumn({u"disk", QT_TRANSLATE_NOOP("TableColumn", "Disk"), 152, 10}, u"88.8 GiB", kFill<fillDisk>,
                      kTip<diskTip>),
        rateColumn({u"netIo", QT_TRANSLATE_NOOP("TableColumn", "Net I/O"), 96, 20}, kFill<fillNetIo>, kTip<netTip>),
        rateColumn({u"diskIo", QT_TRANSLATE_NOOP("TableColumn", "Disk I/O"), 96, 80}, kFill<fillDiskIo>,
                   kTip<diskIoTip>),
        textColumn({u"source", QT_TRANSLATE_NOOP("TableColumn", "Source"), 120, 60}, kFill<fillSource>, true, 1),
        ageColumn({u"uptime", QT_TRANSLATE_NOOP("TableColumn", "Uptime"), 92, 70}, kFill<fillUptime>),
        numberColumn({u"temp", QT_TRANSLATE_NOOP("TableColumn", "Temp"), 72, 75}, kFill<fillTemperature>, true),
        numberColumn({u"load", QT_TRANSLATE_NOOP("TableColumn", "Load"), 64, 78}, kFill<fillLoad>, false),
        textColumn({u"type", QT_TRANSLATE_NOOP("TableColumn", "Type"), 120, 85}, kFill<fillType>, false),
        textColumn({u"os", QT_TRANSLATE_NOOP("TableColumn", "OS"), 160, 90}, kFill<fillOs>, false),
        textColumn({u"ip", QT_TRANSLATE_NOOP("TableColumn", "IP address"), 130, 92}, kFill<fillIp>, false),
        textColumn({u"tags", QT_TRANSLATE_NOOP("TableColumn", "Tags"), 130, 95}, kFill<fillTags>, false),
    };
    columns.front().minWidth = kNameMinWidth;
    explainColumns(
        columns,
        {{u"cpu",
          QT_TRANSLATE_NOOP("TableColumn", "CPU in use, percent of all CPUs of the host; each value says of how many")},
         {u"memory",
          QT_TRANSLATE_NOOP("TableColumn",
                            "Memory in use, percent of the memory of the host; each value says of what")},
         {u"disk",
          QT_TRANSLATE_NOOP("TableColumn",
                            "Disk space in use, percent of the size of all its disks together, or of the fullest; each "
                            "value says of what")},
         {u"netIo", QT_TRANSLATE_NOOP("TableColumn", "Network, received and sent together, per second")},
         {u"diskIo", QT_TRANSLATE_NOOP("TableColumn", "Disk, read and written together, per second")}});
    for (std::size_t i = columns.size() - kHiddenAtFirst; i < columns.size(); ++i) {
        columns[i].hiddenByDefault = true;
    }
    columns.push_back(changeColumn());
    return columns;
}

} // namespace tracedeck
