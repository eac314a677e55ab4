// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/span_copy.h"

#include "models/span_facts.h"

#include <QCoreApplication>

namespace tracedeck {
namespace {

void addLines(RowCopy& copy, const QString& part, const Facts& facts)
{
    for (const Fact& fact : facts) {
        const QString value =
            fact.note.isEmpty() || fact.secret ? shownValue(fact, false) : fact.value + u' ' + fact.note;
        copy.rows.push_back({{part, false, false, 0}, {fact.name, false, false, 0}, {value, false, false, 0}});
    }
}

QString copyHeading(const char* text)
{
    return QCoreApplication::translate("SpanCopy", text);
}

} // namespace

RowCopy spanCopy(const SpanTable& spans, const SpanLayout& layout, std::uint32_t position)
{
    const auto text = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    const std::uint32_t row = layout.row[position];
    RowCopy copy;
    copy.columns = {{QStringLiteral("part"), copyHeading("Part"), false},
                    {QStringLiteral("name"), copyHeading("Name"), false},
                    {QStringLiteral("value"), copyHeading("Value"), false}};
    Facts first(2);
    first[0].name = copyHeading("Service");
    first[0].value = text(spans.service(row));
    first[1].name = copyHeading("Operation");
    first[1].value = text(spans.strings.view(spans.name[row]));
    addLines(copy, copyHeading("span"), first);
    addLines(copy, copyHeading("span"), spanFacts(spans, layout, position));
    addLines(copy, copyHeading("attribute"), attributeFacts(spans, spans.attributes[row]));
    addLines(copy, copyHeading("resource"), resourceFacts(spans, row));
    return copy;
}

} // namespace tracedeck
