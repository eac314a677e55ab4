// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell_text.h"

#include "core/number_format.h"
#include "models/table_column.h"

#include <QStringList>

namespace tracedeck {
namespace {

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Critical:
        return QStringLiteral("critical");
    case Severity::Unknown:
        return QStringLiteral("unknown");
    case Severity::Ok:
    case Severity::None:
        break;
    }
    return {};
}

QString stateWord(const CellContent& cell)
{
    switch (cell.state) {
    case CellState::Missing:
        return QStringLiteral("not reported");
    case CellState::Pending:
        return QStringLiteral("awaiting a second sample");
    case CellState::Stale:
    case CellState::Value:
        break;
    }
    return cell.joinedText();
}

} // namespace

QString accessibleText(const CellContent& cell)
{
    QString title = cell.column ? QString::fromUtf8(cell.column->title) + QLatin1Char(' ') : QString();
    QStringList parts{title + stateWord(cell)};
    parts += severityWord(cell.severity);
    parts += cell.emphasis == Emphasis::Normal ? QString() : QStringLiteral("unusually high");
    parts += cell.secondary;
    parts += cell.state == CellState::Stale ? QStringLiteral("stale") : QString();
    parts += cell.vanished ? QStringLiteral("no longer there") : QString();
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString accessibleText(const PlanGroup& group)
{
    QStringList parts{(group.depth > 0 ? QStringLiteral("inner group ") : QStringLiteral("group "))
                          + QString::fromStdString(group.label),
                      QString::fromStdString(group.detail), shownOfTotal(group.shown, group.total)};
    const QString worst = severityWord(static_cast<Severity>(group.worst));
    parts += worst.isEmpty() ? QString() : QStringLiteral("worst ") + worst;
    parts += group.collapsed ? QStringLiteral("collapsed") : QStringLiteral("expanded");
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString shownOfTotal(std::uint32_t shown, std::uint32_t total)
{
    const QString all = QString::fromStdString(formatCount(total));
    return shown == total ? all : QString::fromStdString(formatCount(shown)) + QStringLiteral(" of ") + all;
}

} // namespace tracedeck
