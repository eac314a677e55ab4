// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hidden_rows.h"

#include "selectors/infrastructure_filter.h"
#include "selectors/query_edit.h"
#include "selectors/query_explain.h"
#include "views/snapshot_query.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <unordered_set>

namespace tracedeck {

namespace {

QString hiddenWord(const char* text)
{
    return QCoreApplication::translate("HiddenRows", text);
}

/// Keys and names of a fleet table, whichever it is.
struct RowNames {
    const std::vector<RowKey>* keys = nullptr;
    const TextColumn* names = nullptr;
    const TextColumn* ids = nullptr;
    const StringPool* strings = nullptr;

    [[nodiscard]] std::size_t rows() const { return keys == nullptr ? 0 : keys->size(); }
    [[nodiscard]] QString name(std::size_t row) const { return text((*names)[row]); }
    [[nodiscard]] QString id(std::size_t row) const { return text((*ids)[row]); }
    [[nodiscard]] QString text(StringId handle) const
    {
        const std::string_view view = strings->view(handle);
        return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
    }
};

RowNames namesOf(const TableSnapshot& snapshot)
{
    if (const auto* hosts = snapshot.table<InfrastructureTable>()) {
        return {&hosts->keys, &hosts->name, &hosts->id, &hosts->strings};
    }
    if (const auto* workloads = snapshot.table<WorkloadTable>()) {
        return {&workloads->keys, &workloads->name, &workloads->id, &workloads->strings};
    }
    return {};
}

/// A restriction besides the query text, alone and taken away.
struct Restriction {
    QString text;
    TableChoice only;
    void (*drop)(TableChoice&);
};

std::vector<Restriction> restrictionsOf(const TableChoice& choice)
{
    TableChoice bare = choice;
    bare.clearFilter();
    bare.collapsed.clear();
    const bool ofServices = choice.view == QStringLiteral("services"); // another table, not a filter
    bare.view = ofServices ? choice.view : QString();
    std::vector<Restriction> all;
    const auto add = [&](bool inForce, const QString& text, void (*copy)(TableChoice&, const TableChoice&),
                         void (*drop)(TableChoice&)) {
        if (inForce) {
            TableChoice only = bare;
            copy(only, choice);
            all.push_back({text, std::move(only), drop});
        }
    };
    add(
        !choice.view.isEmpty() && !ofServices, hiddenWord("kind: %1").arg(choice.view),
        [](TableChoice& to, const TableChoice& from) { to.view = from.view; },
        [](TableChoice& to) { to.view.clear(); });
    add(
        !choice.status.isEmpty(), hiddenWord("status: %1").arg(choice.status),
        [](TableChoice& to, const TableChoice& from) { to.status = from.status; },
        [](TableChoice& to) { to.status.clear(); });
    add(
        !choice.source.isEmpty(), hiddenWord("source: %1").arg(choice.source),
        [](TableChoice& to, const TableChoice& from) { to.source = from.source; },
        [](TableChoice& to) { to.source.clear(); });
    add(
        choice.problemsOnly, hiddenWord("problems only"),
        [](TableChoice& to, const TableChoice&) { to.problemsOnly = true; },
        [](TableChoice& to) { to.problemsOnly = false; });
    add(
        choice.changedMinutes != 0, hiddenWord("no change in the last %1 min").arg(choice.changedMinutes),
        [](TableChoice& to, const TableChoice& from) { to.changedMinutes = from.changedMinutes; },
        [](TableChoice& to) { to.changedMinutes = 0; });
    add(
        choice.host != 0, hiddenWord("on %1").arg(choice.hostName),
        [](TableChoice& to, const TableChoice& from) {
            to.host = from.host;
            to.hostName = from.hostName;
        },
        [](TableChoice& to) {
            to.host = 0;
            to.hostName.clear();
        });
    return all;
}

using KeySet = std::unordered_set<RowKey>;

KeySet keysOf(const std::shared_ptr<const RowPlan>& plan)
{
    return plan == nullptr ? KeySet() : KeySet(plan->keys.begin(), plan->keys.end());
}

QueryTable queryTableOf(const TableSnapshot& snapshot)
{
    const auto view = queryViewOf(snapshot);
    return view ? view->kind() : QueryTable::Infrastructure;
}

/// Everything that is worked out once for all rows asked about.
class Explainer {
public:
    explicit Explainer(const HiddenRowQuestion& question)
        : m_question(question),
          m_query(compileQuery(question.choice.text.toStdString(), queryTableOf(question.snapshot))),
          m_restrictions(restrictionsOf(question.choice))
    {
        for (const Restriction& restriction : m_restrictions) {
            m_passing.push_back(keysOf(question.planFor(restriction.only)));
        }
        TableChoice open = question.choice;
        open.collapsed.clear();
        m_unfolded = question.choice.collapsed.empty() ? nullptr : question.planFor(open);
    }

    void explain(HiddenRow& row, std::size_t tableRow) const
    {
        row.shown = m_question.choice;
        explainQuery(row, tableRow);
        for (std::size_t i = 0; i < m_restrictions.size(); ++i) {
            if (m_passing[i].count(row.key) == 0) {
                row.reasons.append(m_restrictions[i].text);
                m_restrictions[i].drop(row.shown);
            }
        }
        unfold(row);
        if (row.reasons.isEmpty()) {
            row.reasons.append(hiddenWord("the order is held: it comes in when released"));
        }
    }

private:
    void explainQuery(HiddenRow& row, std::size_t tableRow) const
    {
        const auto view = queryViewOf(m_question.snapshot);
        if (!m_query.ok() || !view) {
            return;
        }
        const std::string text = m_question.choice.text.toStdString();
        std::vector<MissedClause> missed = explainMiss(m_query.query, *view, tableRow, m_question.nowNs);
        for (const MissedClause& clause : missed) {
            const QString part = QString::fromStdString(
                text.substr(clause.where.begin, clause.where.end - std::min(clause.where.begin, clause.where.end)));
            row.reasons.append(clause.missingValue ? hiddenWord("%1 (not reported)").arg(part) : part);
        }
        // From the back, so that places further to the front stay true; printing anew may still move them,
        // so the parts are found by their text in what is left.
        std::string rest = text;
        while (true) {
            const QueryOutcome outcome = compileQuery(rest, m_query.query.table);
            missed = outcome.ok() ? explainMiss(outcome.query, *view, tableRow, m_question.nowNs)
                                  : std::vector<MissedClause>();
            const std::string shorter = missed.empty() ? rest : dropQueryPart(rest, missed.back().where);
            if (shorter == rest) {
                break;
            }
            rest = shorter;
        }
        row.shown.text = QString::fromStdString(rest);
    }

    /// A row that would be shown were its group not folded.
    void unfold(HiddenRow& row) const
    {
        if (m_question.choice.collapsed.empty()) {
            return;
        }
        std::shared_ptr<const RowPlan> plan = m_unfolded;
        if (!row.reasons.isEmpty()) {
            TableChoice open = row.shown;
            open.collapsed.clear();
            plan = m_question.planFor(open);
        }
        const auto found = std::find(plan->keys.begin(), plan->keys.end(), row.key);
        int depth = 2; // of the nearest header seen so far
        for (auto at = found - plan->keys.begin(); found != plan->keys.end() && at >= 0 && depth > 0; --at) {
            const PlanRow& above = plan->rows[static_cast<std::size_t>(at)];
            if (!above.isGroup() || plan->groups[above.index()].depth >= depth) {
                continue;
            }
            const PlanGroup& group = plan->groups[above.index()];
            depth = group.depth;
            auto& folded = row.shown.collapsed;
            const auto place = std::find(folded.begin(), folded.end(), group.key);
            if (place != folded.end()) {
                folded.erase(place);
                row.reasons.append(hiddenWord("group %1 is folded").arg(QString::fromStdString(group.label)));
            }
        }
    }

    const HiddenRowQuestion& m_question;
    QueryOutcome m_query;
    std::vector<Restriction> m_restrictions;
    std::vector<KeySet> m_passing;
    std::shared_ptr<const RowPlan> m_unfolded;
};

/// Explains rows of the table, and those of the section below it, which has the page's filter and no groups.
class TwoExplainers {
public:
    explicit TwoExplainers(const HiddenRowQuestion& question)
        : m_hosts(question.services == nullptr ? nullptr : question.snapshot.table<InfrastructureTable>()),
          m_rows(question),
          m_ofServices(question)
    {
        m_ofServices.choice.view = QStringLiteral("services");
        m_ofServices.choice.grouping = QStringLiteral("none");
        m_ofServices.choice.collapsed.clear();
    }
    void explain(HiddenRow& row, std::size_t tableRow)
    {
        if (m_hosts == nullptr || !isServiceType(m_hosts->type[tableRow])) {
            m_rows.explain(row, tableRow);
            return;
        }
        if (!m_services) {
            m_services.emplace(m_ofServices);
        }
        const TableChoice page = row.shown;
        m_services->explain(row, tableRow);
        row.shown.view = page.view;
        row.shown.grouping = page.grouping;
        row.shown.collapsed = page.collapsed;
    }

private:
    const InfrastructureTable* m_hosts;
    Explainer m_rows;
    HiddenRowQuestion m_ofServices;
    std::optional<Explainer> m_services;
};

} // namespace

std::vector<HiddenRow> findHiddenRows(const HiddenRowQuestion& question, const QString& typed, std::size_t limit)
{
    const RowNames names = namesOf(question.snapshot);
    KeySet shown = keysOf(question.plan);
    shown.merge(keysOf(question.services));
    struct Found {
        bool shown;
        QString name;
        std::size_t row;
    };
    std::vector<Found> found;
    for (std::size_t row = 0; row < names.rows(); ++row) {
        const QString name = names.name(row);
        if (typed.isEmpty() || name.contains(typed, Qt::CaseInsensitive)
            || names.id(row).contains(typed, Qt::CaseInsensitive)) {
            found.push_back({shown.count((*names.keys)[row]) != 0, name, row});
        }
    }
    const std::size_t count = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                      [](const Found& a, const Found& b) {
                          return a.shown != b.shown ? b.shown : a.name != b.name ? a.name < b.name : a.row < b.row;
                      });
    found.resize(count);
    std::vector<HiddenRow> rows;
    if (found.empty()) {
        return rows;
    }
    TwoExplainers explainer(question);
    for (const Found& candidate : found) {
        HiddenRow row{(*names.keys)[candidate.row], candidate.name, {}, question.choice};
        if (!candidate.shown) {
            explainer.explain(row, candidate.row);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QString rowNameOf(const TableSnapshot& snapshot, RowKey key)
{
    const RowNames names = namesOf(snapshot);
    for (std::size_t row = 0; row < names.rows(); ++row) {
        if ((*names.keys)[row] == key) {
            return names.name(row);
        }
    }
    return {};
}

RowKey rowOfResource(const TableSnapshot& snapshot, const QString& resource)
{
    const RowNames names = namesOf(snapshot);
    const QString wanted = resource.trimmed();
    bool isKey = false;
    const RowKey key = wanted.size() <= 16 ? wanted.toULongLong(&isKey, 16) : 0;
    RowKey byName = 0;
    for (std::size_t row = 0; row < names.rows() && !wanted.isEmpty(); ++row) {
        if ((isKey && (*names.keys)[row] == key) || names.id(row) == wanted) {
            return (*names.keys)[row];
        }
        if (byName == 0 && names.name(row).compare(wanted, Qt::CaseInsensitive) == 0) {
            byName = (*names.keys)[row];
        }
    }
    return byName;
}

} // namespace tracedeck
