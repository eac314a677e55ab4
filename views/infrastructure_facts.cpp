// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_severity.h"
#include "views/fact_builder.h"
#include "views/fact_words.h"
#include "views/row_facts.h"
#include "views/table_choice.h"
#include "views/trace_match_link.h"

namespace tracedeck {

namespace {

void addPlacement(const InfrastructureTable& table, std::size_t row, FactBuilder& add)
{
    add.addText(factText("Host name"), "hostname", table.hostname[row]);
    TableChoice cluster;
    cluster.text = exactClause(QStringLiteral("cluster"), add.text(table.cluster[row]));
    add.addLink(factText("Cluster"), "cluster", table.cluster[row],
                pageLink(QStringLiteral("infrastructure"), cluster.toQuery()));
    add.addText(factText("System"), "os", table.osName[row]);
    add.addText(factText("Kernel"), "kernel", table.kernelVersion[row]);
    add.addText(factText("Machine id"), "machineId", table.machineId[row]);
    add.addChips(factText("Addresses"), "ipAddresses", table.ipAddresses.row(row));
    add.addChips(factText("Tags"), "tags", table.tags.row(row));
    add.addDetails(table.detailNames.row(row), table.detailValues.row(row));
}

QStringList sourceLabels(PlatformSet sources, Platform main)
{
    QStringList labels;
    for (int i = 0; i < static_cast<int>(Platform::Count); ++i) {
        const auto platform = static_cast<Platform>(i);
        if ((sources & platformBit(platform)) != 0 || (sources == 0 && platform == main)) {
            labels.append(utf8Text(platformLabel(platform)));
        }
    }
    return labels;
}

} // namespace

RowFacts infrastructureFacts(const InfrastructureTable& table, std::size_t row, std::int64_t nowNs)
{
    RowFacts out;
    FactBuilder add(table.strings, out);
    const bool pending = (table.flags[row] & kRatesPending) != 0;
    out.key = table.keys[row];
    out.title = add.text(table.name[row] != 0 ? table.name[row] : table.id[row]);
    out.subtitle = utf8Text(infrastructureTypeLabel(table.type[row]));
    out.json.insert(QStringLiteral("id"), add.text(table.id[row]));
    out.json.insert(QStringLiteral("name"), out.title);
    if ((table.flags[row] & kRowStale) != 0) {
        out.json.insert(QStringLiteral("stale"), true);
    }
    out.json.insert(QStringLiteral("type"), utf8Text(infrastructureTypeKey(table.type[row])));
    QString word = table.status[row] == InfrastructureStatus::Other
        ? add.text(table.statusText[row])
        : utf8Text(infrastructureStatusKey(table.status[row]));
    if (!word.isEmpty()) {
        word[0] = word.at(0).toUpper();
    }
    add.addStatus(factText("Status"), word, add.text(table.statusDetail[row]),
                  static_cast<Severity>(severityOf(table.status[row])));
    add.addPercent(factText("CPU"), "cpuPercent", table.cpuPercent.get(row), add.text(table.cpuBasis[row]), pending);
    add.addNumber(factText("Load, 1 min"), "loadAverage1", table.loadAverage1.get(row));
    add.addUsage(factText("Memory"), "memory", table.memoryUsedBytes.get(row), table.memoryTotalBytes.get(row),
                 table.memoryPercent.get(row), add.text(table.memoryBasis[row]));
    if (table.swapTotalBytes.has(row)) {
        add.addUsage(factText("Swap"), "swap", table.swapUsedBytes.get(row), table.swapTotalBytes.get(row),
                     std::nullopt, {});
    }
    add.addUsage(factText("Disk"), "disk", table.diskUsedBytes.get(row), table.diskTotalBytes.get(row),
                 table.diskPercent.get(row), add.text(table.diskBasis[row]));
    add.addRates(factText("Network"), "rxBytesPerSec", table.rxBytesPerSec.get(row), factText("in"), "txBytesPerSec",
                 table.txBytesPerSec.get(row), factText("out"), pending);
    add.addRates(factText("Disk I/O"), "readBytesPerSec", table.readBytesPerSec.get(row), factText("read"),
                 "writeBytesPerSec", table.writeBytesPerSec.get(row), factText("written"), pending);
    add.addNumber(factText("Temperature"), "temperatureCelsius", table.temperatureCelsius.get(row),
                  QStringLiteral("°C"));
    add.addSince(factText("Up for"), "startedAtUnixNano", table.startedAtNs.get(row), nowNs);
    addPlacement(table, row, add);
    out.facts.push_back({.label = factText("Seen by"),
                         .value = sourceLabels(table.sources[row], table.platform[row]).join(QStringLiteral(", "))});

    TableChoice workloads;
    workloads.host = out.key;
    workloads.hostName = out.title;
    out.workloadsLink = pageLink(QStringLiteral("workloads"), workloads.toQuery());
    out.facts.push_back({.label = factText("Runs"), .value = factText("its workloads"), .link = out.workloadsLink});
    out.tracesLink = traceMatchLink(out.title, traceMatches(table, row));
    const QString host = add.text(table.hostname[row] != 0 ? table.hostname[row] : table.name[row]);
    if (table.platform[row] != Platform::LocalMachine && !host.isEmpty()) {
        out.shellCommand = QStringLiteral("ssh ") + host;
    }
    return out;
}

} // namespace tracedeck
