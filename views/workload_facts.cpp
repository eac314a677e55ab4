// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plural_text.h"
#include "views/fact_builder.h"
#include "views/fact_words.h"
#include "views/row_facts.h"
#include "views/table_choice.h"
#include "views/trace_match_link.h"

#include <algorithm>

namespace tracedeck {

namespace {

struct StatusWord {
    QString word;
    Severity severity;
};

StatusWord statusOf(StatusBucket bucket)
{
    switch (bucket) {
    case StatusBucket::Running:
        return {factText("Running"), Severity::Ok};
    case StatusBucket::Degraded:
        return {factText("Degraded"), Severity::Warning};
    case StatusBucket::Stopped:
        break;
    }
    return {factText("Stopped"), Severity::Critical};
}

QString shellCommand(const WorkloadTable& table, std::size_t row, const FactBuilder& add)
{
    const QString runtime = add.text(table.containerRuntime[row]).toLower();
    const QString name = add.text(table.name[row]);
    switch (table.type[row]) {
    case WorkloadType::AppContainer:
        // Nobody can look into a container that does not run, but its log is still there.
        return (table.bucket[row] == StatusBucket::Stopped ? QStringLiteral("%1 logs -f --tail 500 %2")
                                                           : QStringLiteral("%1 exec -it %2 sh"))
            .arg(runtime.isEmpty() ? QStringLiteral("docker") : runtime, name);
    case WorkloadType::Pod:
        return QStringLiteral("kubectl exec -it -n %1 %2 -- sh").arg(add.text(table.nameSpace[row]), name);
    case WorkloadType::Unit:
        return QStringLiteral("systemctl status %1").arg(name);
    default:
        return {};
    }
}

/// Rows of a page that have the same value in a field.
QString sameLink(const char* page, const char* field, const QString& value)
{
    TableChoice same;
    same.text = exactClause(QLatin1String(field), value);
    return pageLink(QLatin1String(page), same.toQuery());
}

/// The row of the host where it is known, else the hosts of that name.
QString hostLink(const WorkloadTable& table, std::size_t row, const FactBuilder& add)
{
    if (table.hostKeys[row] == 0) {
        return sameLink("infrastructure", "name", add.text(table.node[row]));
    }
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("row"), QString::number(table.hostKeys[row], 16));
    return pageLink(QStringLiteral("infrastructure"), query);
}

/// Other workloads that stand in a relation to this one, as a link each.
void addNeighbours(const WorkloadTable& table, std::size_t row, FactBuilder& add, RowFacts& out)
{
    const auto others = [&](const auto& same) {
        std::size_t count = 0;
        for (std::size_t other = 0; other < table.rows(); ++other) {
            count += other != row && same(other) ? 1 : 0;
        }
        return count;
    };
    const auto tell = [&out](const QString& label, std::size_t count, const QString& link) {
        if (count > 0) {
            out.facts.push_back({.label = label,
                                 .value = pluralText(count, factText("other workload"), factText("other workloads")),
                                 .link = link});
        }
    };
    if (const StringId project = table.composeProject[row]; project != 0) {
        tell(factText("Same project"), others([&](std::size_t at) { return table.composeProject[at] == project; }),
             sameLink("workloads", "project", add.text(project)));
    }
    if (const RowKey host = table.hostKeys[row]; host != 0) {
        TableChoice onHost;
        onHost.host = host;
        onHost.hostName = add.text(table.node[row] != 0 ? table.node[row] : table.dockerHostName[row]);
        tell(factText("Same node"), others([&](std::size_t at) { return table.hostKeys[at] == host; }),
             pageLink(QStringLiteral("workloads"), onHost.toQuery()));
    }
}

void addPlacement(const WorkloadTable& table, std::size_t row, FactBuilder& add)
{
    add.addLink(factText("Node"), "node", table.node[row], hostLink(table, row, add));
    add.addLink(factText("Cluster"), "cluster", table.cluster[row],
                sameLink("infrastructure", "cluster", add.text(table.cluster[row])));
    add.addLink(factText("Namespace"), "namespace", table.nameSpace[row],
                sameLink("workloads", "namespace", add.text(table.nameSpace[row])));
    add.addText(factText("Image"), "image", table.image[row]);
    add.addText(factText("Runtime"), "containerRuntime", table.containerRuntime[row]);
    add.addText(factText("Container"), "containerId", table.containerId[row]);
    add.addLink(factText("Project"), "composeProject", table.composeProject[row],
                sameLink("workloads", "project", add.text(table.composeProject[row])));
    add.addText(factText("Unit"), "unitPath", table.unitPath[row]);
    add.addText(factText("System"), "os", table.osName[row]);
    add.addChips(factText("Addresses"), "ipAddresses", table.ipAddresses.row(row));
    add.addChips(factText("Tags"), "tags", table.tags.row(row));
    add.addDetails(table.detailNames.row(row), table.detailValues.row(row));
}

} // namespace

RowFacts workloadFacts(const WorkloadTable& table, std::size_t row, std::int64_t nowNs)
{
    RowFacts out;
    FactBuilder add(table.strings, out);
    const bool pending = (table.flags[row] & kRatesPending) != 0;
    out.key = table.keys[row];
    out.title = add.text(table.name[row] != 0 ? table.name[row] : table.id[row]);
    out.subtitle = utf8Text(workloadTypeBadge(table.type[row]));
    for (const StringId part : {table.displayId[row], table.node[row]}) {
        if (part != 0 && part != table.name[row]) {
            out.subtitle += (part == table.node[row] ? QStringLiteral(" · ") : QStringLiteral(" ")) + add.text(part);
        }
    }
    out.json.insert(QStringLiteral("id"), add.text(table.id[row]));
    out.json.insert(QStringLiteral("name"), out.title);
    if ((table.flags[row] & kRowStale) != 0) {
        out.json.insert(QStringLiteral("stale"), true);
    }
    out.json.insert(QStringLiteral("type"), utf8Text(workloadTypeKey(table.type[row])));
    const StatusWord status = statusOf(table.bucket[row]);
    QString detail = add.text(table.statusDetail[row]);
    if (detail.isEmpty() && add.text(table.status[row]).compare(status.word, Qt::CaseInsensitive) != 0) {
        detail = add.text(table.status[row]);
    }
    add.addStatus(factText("Status"), status.word, detail, status.severity);
    add.addPercent(factText("CPU"), "cpuPercent", table.cpuPercent.get(row), add.text(table.cpuBasis[row]), pending);
    add.addUsage(factText("Memory"), "memory", table.memoryUsedBytes.get(row), table.memoryTotalBytes.get(row),
                 table.memoryPercent.get(row), add.text(table.memoryBasis[row]));
    add.addUsage(factText("Disk"), "disk", table.diskUsedBytes.get(row), table.diskTotalBytes.get(row),
                 table.diskPercent.get(row), {});
    add.addRates(factText("Network"), "rxBytesPerSec", table.rxBytesPerSec.get(row), factText("in"), "txBytesPerSec",
                 table.txBytesPerSec.get(row), factText("out"), pending);
    add.addRates(factText("Disk I/O"), "readBytesPerSec", table.readBytesPerSec.get(row), factText("read"),
                 "writeBytesPerSec", table.writeBytesPerSec.get(row), factText("written"), pending);
    const auto number = [](std::optional<std::int64_t> value) {
        return value ? std::optional<double>(static_cast<double>(*value)) : std::nullopt;
    };
    add.addNumber(factText("Processes"), "processes", number(table.processCount.get(row)));
    add.addNumber(factText("Restarts"), "restarts", number(table.restartCount.get(row)));
    add.addSince(factText("Up for"), "startedAtUnixNano", table.startedAtNs.get(row), nowNs);
    add.addSince(factText("Last backup"), "lastBackupUnixNano", table.lastBackupNs.get(row), nowNs);
    addPlacement(table, row, add);
    addNeighbours(table, row, add, out);
    // A row of several sources carries their names among its details.
    const auto names = table.detailNames.row(row);
    if (std::none_of(names.begin(), names.end(), [&](StringId id) { return table.strings.view(id) == "Seen by"; })) {
        out.facts.push_back({.label = factText("Seen by"), .value = utf8Text(platformLabel(table.platform[row]))});
    }
    out.tracesLink = traceMatchLink(out.title, traceMatches(table, row));
    out.shellCommand = shellCommand(table, row, add);
    return out;
}

} // namespace tracedeck
