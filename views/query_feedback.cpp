// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/query_feedback.h"

#include "selectors/query_compile.h"

#include <QCoreApplication>

namespace tracedeck {

QueryFeedback queryFeedback(const QString& text, QueryTable table)
{
    const auto tr = [](const char* source) { return QCoreApplication::translate("QueryFeedback", source); };
    const std::string utf8 = text.toStdString();
    const ParsedQuery parsed = parseQuery(utf8);
    QueryFeedback feedback;
    feedback.tokens = parsed.tokens;
    const QueryOutcome outcome = compileQuery(parsed, table);
    if (outcome.ok()) {
        return feedback;
    }
    const QueryError& first = outcome.errors.front();
    feedback.errorAt = first.where;
    // Positions are bytes; people count characters.
    const auto column = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(first.where.begin)).size() + 1;
    feedback.error = tr("Column %1: %2").arg(column).arg(QString::fromStdString(first.what));
    if (!first.expected.empty()) {
        feedback.error += tr(". Expected %1").arg(QString::fromStdString(first.expected));
    }
    return feedback;
}

} // namespace tracedeck
