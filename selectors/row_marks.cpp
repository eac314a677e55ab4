// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_marks.h"

#include "core/infrastructure_table.h"
#include "core/row_digest.h"
#include "core/workload_table.h"
#include "selectors/row_severity.h"

#include <limits>
#include <string>

namespace tracedeck {
namespace {

/// Texts of a table in the pool of the marks: each is looked up once.
class MarkTexts {
public:
    MarkTexts(const StringPool& from, StringPool& to) : m_from(from), m_to(to), m_known(from.size(), kUnasked) { }

    [[nodiscard]] StringId of(StringId id)
    {
        StringId& known = m_known[id];
        if (known == kUnasked) {
            known = m_to.intern(m_from.view(id));
        }
        return known;
    }

private:
    static constexpr StringId kUnasked = std::numeric_limits<StringId>::max();
    const StringPool& m_from;
    StringPool& m_to;
    std::vector<StringId> m_known;
};

void markSources(RowMarks& marks, const std::vector<SourceRows>* sources)
{
    marks.source.assign(marks.rows(), 0);
    if (sources == nullptr) {
        marks.watched.push_back(0);
        return;
    }
    std::size_t row = 0;
    for (const SourceRows& span : *sources) {
        const StringId label = marks.texts.intern(span.label);
        for (; row < span.end && row < marks.rows(); ++row) {
            marks.source[row] = label;
        }
        if (span.lastGoodNs > 0) { // rows kept from an earlier run are not watched yet
            marks.watched.push_back(label);
        }
    }
}

template <class Table> RowMarks commonMarks(const Table& table, const std::vector<SourceRows>* sources)
{
    RowMarks marks;
    marks.keys = table.keys;
    marks.names.resize(table.rows());
    marks.place.resize(table.rows());
    marks.image.resize(table.rows());
    marks.state.resize(table.rows());
    marks.restarts.assign(table.rows(), -1);
    marks.startedAtNs.resize(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
        marks.startedAtNs[row] = table.startedAtNs.raw(row); // a missing value holds 0
    }
    markSources(marks, sources);
    return marks;
}

} // namespace

std::size_t RowMarks::memoryBytes() const noexcept
{
    constexpr std::size_t kPerRow =
        sizeof(RowKey) + sizeof(std::uint64_t) + 3 * sizeof(StringId) + 2 * sizeof(std::int64_t) + sizeof(std::uint8_t);
    return texts.memoryBytes() + rows() * kPerRow;
}

RowMarks rowMarks(const InfrastructureTable& table, const std::vector<SourceRows>* sources)
{
    RowMarks marks = commonMarks(table, sources);
    MarkTexts texts(table.strings, marks.texts);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        RowDigest name;
        name.add(static_cast<std::uint64_t>(table.type[row]));
        name.add(table.strings, table.hostname[row] != 0 ? table.hostname[row] : table.name[row]);
        marks.names[row] = name.value();
        marks.place[row] = texts.of(table.cluster[row]);
        marks.image[row] = texts.of(table.kernelVersion[row] != 0 ? table.kernelVersion[row] : table.osName[row]);
        marks.state[row] = static_cast<std::uint8_t>(severityOf(table.status[row]));
    }
    return marks;
}

RowMarks rowMarks(const WorkloadTable& table, const std::vector<SourceRows>* sources)
{
    RowMarks marks = commonMarks(table, sources);
    MarkTexts texts(table.strings, marks.texts);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        RowDigest name;
        name.add(static_cast<std::uint64_t>(table.type[row]));
        name.add(table.strings, table.name[row]);
        name.add(table.strings, table.cluster[row]);
        name.add(table.strings, table.nameSpace[row]);
        name.add(table.strings, table.composeProject[row]);
        name.add(table.vmid, row);
        marks.names[row] = name.value();
        marks.place[row] = texts.of(table.node[row] != 0 ? table.node[row] : table.dockerHostName[row]);
        marks.image[row] = texts.of(table.image[row]);
        marks.restarts[row] = table.restartCount.has(row) ? table.restartCount.raw(row) : -1;
        marks.state[row] = static_cast<std::uint8_t>(severityOf(table.bucket[row]));
    }
    return marks;
}

} // namespace tracedeck
