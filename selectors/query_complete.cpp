// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_complete.h"

#include "core/search_arena.h"
#include "selectors/query_context.h"
#include "selectors/query_print.h"

#include <algorithm>
#include <array>
#include <span>

namespace tracedeck {
namespace {

using Candidate = QueryCandidate;

bool beginsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

/// Whether the name or an alias of the field begins with the typed text.
bool fieldFits(const QueryField& field, std::string_view typed)
{
    if (beginsWith(field.name, typed)) {
        return true;
    }
    const std::string padded = " " + std::string(field.aliases);
    return !typed.empty() && padded.find(" " + std::string(typed)) != std::string::npos;
}

std::string_view usualOperator(const QueryField& field)
{
    return field.type == QueryFieldType::Number ? ">" : ":";
}

class Completer {
public:
    Completer(const QueryContext& context, const QueryTableView& table, std::size_t limit)
        : m_context(context), m_table(table), m_limit(limit)
    { }

    std::vector<Candidate> run()
    {
        if (m_context.kind == QueryContext::Kind::Term) {
            completeTerm();
        } else if (m_context.kind == QueryContext::Kind::Value) {
            completeValue();
        }
        m_out.resize(std::min(m_out.size(), m_limit));
        return std::move(m_out);
    }

private:
    void add(Candidate::Kind kind, std::string text, std::string label, std::string detail)
    {
        m_out.push_back({kind, std::move(text), std::move(label), std::move(detail)});
    }

    void completeTerm()
    {
        const QueryField* exact = findQueryField(m_table.kind(), m_context.typed);
        if (exact != nullptr && !m_context.operatorFollows) {
            addOperators(*exact);
        }
        for (const QueryField& field : queryFields(m_table.kind())) {
            if (&field != exact && fieldFits(field, m_context.typed)) {
                const std::string_view op = m_context.operatorFollows ? "" : usualOperator(field);
                add(Candidate::Kind::Field, std::string(field.name) + std::string(op), std::string(field.name),
                    std::string(field.basis));
            }
        }
        if (m_context.operatorFollows) {
            return;
        }
        addKeyword("has:", "has", "a value is there", true);
        addKeyword("not ", "not", "what follows does not match", true);
        addKeyword("or ", "or", "either side matches", m_context.afterTerm);
        addKeyword("and ", "and", "both sides match", m_context.afterTerm);
    }

    void addKeyword(std::string_view text, std::string_view label, std::string_view detail, bool fits)
    {
        if (fits && beginsWith(label, m_context.typed)) {
            add(Candidate::Kind::Keyword, std::string(text), std::string(label), std::string(detail));
        }
    }

    void addOperators(const QueryField& field)
    {
        struct Op {
            std::string_view sign;
            std::string_view detail;
        };
        constexpr std::array<Op, 5> kNumber{{{">", "more than"},
                                             {">=", "at least"},
                                             {"<", "less than"},
                                             {"<=", "at most"},
                                             {"=", "equal, as far as it is written"}}};
        constexpr std::array<Op, 3> kText{
            {{":", "contains"}, {"=", "equals"}, {"~", "regular expression, as in ~/^web/"}}};
        constexpr std::array<Op, 1> kWord{{{":", "is"}}};
        const auto offer = [&](std::span<const Op> ops) {
            for (const Op& op : ops) {
                const std::string text = std::string(field.name) + std::string(op.sign);
                add(Candidate::Kind::Operator, text, text, std::string(op.detail));
            }
        };
        switch (field.type) {
        case QueryFieldType::Number:
            offer(kNumber);
            return;
        case QueryFieldType::Enum:
            offer(kWord);
            return;
        case QueryFieldType::Text:
        case QueryFieldType::List:
            offer(kText);
            return;
        }
    }

    void completeValue()
    {
        if (m_context.field == "has") {
            for (const QueryField& field : queryFields(m_table.kind())) {
                if (fieldFits(field, m_context.typed)) {
                    add(Candidate::Kind::Field, std::string(field.name), std::string(field.name),
                        std::string(field.basis));
                }
            }
            return;
        }
        const QueryField* field = findQueryField(m_table.kind(), m_context.field);
        if (field == nullptr) {
            return;
        }
        switch (field->type) {
        case QueryFieldType::Number:
            addUnits(*field);
            return;
        case QueryFieldType::Enum:
            addWords(*field);
            return;
        case QueryFieldType::Text:
        case QueryFieldType::List:
            addValues(*field);
            return;
        }
    }

    void addWords(const QueryField& field)
    {
        for (const QueryEnumValue& value : queryEnumValues(m_table.kind(), field.id)) {
            if (value.key.find(m_context.typed) != std::string_view::npos) {
                add(Candidate::Kind::Value, std::string(value.key), std::string(value.key), std::string(value.aliases));
            }
        }
    }

    void addUnits(const QueryField& field)
    {
        const std::string& number = m_context.typed;
        const bool plain = !number.empty() && number.find_first_not_of("+-0123456789.") == std::string::npos;
        for (const Dimension dimension : {field.dimension, field.second}) {
            for (const std::string_view unit : plain ? unitsOf(dimension) : std::span<const std::string_view>{}) {
                add(Candidate::Kind::Unit, number + std::string(unit), number + std::string(unit), {});
            }
        }
        if (!plain && number.empty()) {
            add(Candidate::Kind::Unit, {}, std::string(dimensionExample(field.dimension)), std::string(field.basis));
        }
    }

    static std::span<const std::string_view> unitsOf(Dimension dimension)
    {
        static constexpr std::array<std::string_view, 1> kPercent{"%"};
        static constexpr std::array<std::string_view, 4> kBytes{"KiB", "MiB", "GiB", "TiB"};
        static constexpr std::array<std::string_view, 4> kRates{"kB/s", "MB/s", "GB/s", "Mbit/s"};
        static constexpr std::array<std::string_view, 6> kTimes{"us", "ms", "s", "min", "h", "d"};
        switch (dimension) {
        case Dimension::Percent:
            return kPercent;
        case Dimension::Bytes:
            return kBytes;
        case Dimension::BytesPerSec:
            return kRates;
        case Dimension::Duration:
            return kTimes;
        default:
            return {};
        }
    }

    void addValues(const QueryField& field)
    {
        struct Found {
            std::uint32_t rows;
            bool inside;
            StringId id;
        };
        const FieldColumns columns = m_table.columns(field, field.dimension);
        std::vector<std::uint32_t> rowsOf(m_table.strings().size());
        std::vector<std::size_t> countedIn(m_table.strings().size()); // row + 1: a text twice in a row counts once
        for (std::size_t row = 0; row < m_table.rows(); ++row) {
            const auto count = [&](StringId id) {
                rowsOf[id] += countedIn[id] != row + 1 ? 1U : 0U;
                countedIn[id] = row + 1;
            };
            for (const TextColumn* column : columns.texts) {
                count((*column)[row]);
            }
            for (const ListColumn* column : columns.lists) {
                for (const StringId id : column->row(row)) {
                    count(id);
                }
            }
        }
        std::vector<Found> found;
        std::string folded;
        for (StringId id = 1; id < rowsOf.size(); ++id) {
            if (rowsOf[id] == 0) {
                continue;
            }
            folded.clear();
            appendFolded(folded, m_table.strings().view(id));
            const std::size_t at = folded.find(m_context.typed);
            if (at != std::string::npos) {
                found.push_back({rowsOf[id], at > 0, id});
            }
        }
        const std::size_t shown = std::min(found.size(), m_limit);
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown), found.end(),
                          [&](const Found& a, const Found& b) {
                              if (a.inside != b.inside || a.rows != b.rows) {
                                  return a.inside != b.inside ? b.inside : a.rows > b.rows;
                              }
                              return m_table.strings().view(a.id) < m_table.strings().view(b.id);
                          });
        for (std::size_t i = 0; i < shown; ++i) {
            const std::string_view value = m_table.strings().view(found[i].id);
            add(Candidate::Kind::Value, queryValueText(value), std::string(value),
                std::to_string(found[i].rows) + (found[i].rows == 1 ? " row" : " rows"));
        }
    }

    const QueryContext& m_context;
    const QueryTableView& m_table;
    std::size_t m_limit;
    std::vector<Candidate> m_out;
};

} // namespace

QueryCompletions completeQuery(std::string_view text, std::size_t cursor, const QueryTableView& table,
                               std::size_t limit)
{
    const QueryContext context = queryContext(text, cursor);
    return {context.replace, Completer(context, table, limit).run()};
}

} // namespace tracedeck
