// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader says of a cell holds for every cell there can be.
#include "models/cell_text.h"
#include "models/table_column.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

CellContent anyCell()
{
    static const TableColumn column = [] {
        TableColumn made;
        made.title = "CPU";
        return made;
    }();
    CellContent cell;
    cell.column = *rc::gen::arbitrary<bool>() ? &column : nullptr;
    cell.state = *rc::gen::element(CellState::Value, CellState::Pending, CellState::Missing, CellState::Stale);
    cell.severity =
        *rc::gen::element(Severity::None, Severity::Ok, Severity::Unknown, Severity::Warning, Severity::Critical);
    cell.emphasis = *rc::gen::element(Emphasis::Normal, Emphasis::Medium, Emphasis::Strong);
    cell.vanished = *rc::gen::arbitrary<bool>();
    cell.text = *rc::gen::element(QStringLiteral("84"), QStringLiteral("\u2013"), QString());
    cell.unit = *rc::gen::element(QStringLiteral("%"), QString());
    cell.secondary = *rc::gen::element(QStringLiteral("3 cpu"), QString());
    return cell;
}

} // namespace

RC_GTEST_PROP(CellTextProperty, SaysEachThingOnceAndNothingEmpty, ())
{
    const CellContent cell = anyCell();
    const QString said = accessibleText(cell);
    RC_ASSERT(!said.startsWith(u','));
    RC_ASSERT(!said.endsWith(u','));
    RC_ASSERT(!said.contains(QStringLiteral(", ,")));
    RC_ASSERT(said.contains(QStringLiteral("not reported")) == (cell.state == CellState::Missing));
    RC_ASSERT(said.contains(QStringLiteral("second sample")) == (cell.state == CellState::Pending));
    RC_ASSERT(said.contains(QStringLiteral("stale")) == (cell.state == CellState::Stale));
    RC_ASSERT(said.contains(QStringLiteral("no longer there")) == cell.vanished);
    RC_ASSERT(said.contains(QStringLiteral("critical")) == (cell.severity == Severity::Critical));
    RC_ASSERT(said.contains(QStringLiteral("warning")) == (cell.severity == Severity::Warning));
    RC_ASSERT(said.contains(QStringLiteral("unusually high")) == (cell.emphasis != Emphasis::Normal));
}

RC_GTEST_PROP(CellTextProperty, NOfMIsSaidOnlyWhenSomethingIsLeftOut, ())
{
    const auto total = *rc::gen::inRange<std::uint32_t>(0, 5000);
    const auto shown = *rc::gen::inRange<std::uint32_t>(0, total + 1);
    const QString said = shownOfTotal(shown, total);
    RC_ASSERT(said.contains(QStringLiteral(" of ")) == (shown != total));
    RC_ASSERT(!said.isEmpty());
}
