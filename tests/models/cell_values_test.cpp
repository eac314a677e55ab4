// SPDX-License-Identifier: GPL-3.0-or-later
// What cells say for missing, extreme and odd values.
#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "models/cell_text.h"
#include "models/cell_values.h"
#include "models/infrastructure_columns.h"
#include "models/plural_text.h"
#include "models/workload_columns.h"
#include "selectors/row_plan.h"

#include <QStringList>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
const QString kDash = QStringLiteral("\u2013");

QString ageText(std::int64_t startedAt, std::int64_t now)
{
    CellContext context;
    context.nowNs = now;
    const TableSnapshot none;
    CellContent cell;
    setAge(cell, startedAt, {none, 0, context});
    EXPECT_TRUE(cell.hasValue);
    EXPECT_GE(cell.value, 0.0);
    return cell.text;
}

CellContent rateCell(std::optional<double> first, std::optional<double> second, bool pending = false,
                     const IoStats& stats = {})
{
    CellContent cell;
    setRate(cell, first, second, pending, stats);
    return cell;
}

} // namespace

TEST(CellValues, MissingIsADashAndPendingAnEllipsis)
{
    for (const CellKind kind : {CellKind::Text, CellKind::Number, CellKind::Metric}) {
        CellContent cell;
        setMissing(cell, kind);
        EXPECT_EQ(cell.kind, kind);
        EXPECT_EQ(cell.state, CellState::Missing);
        EXPECT_EQ(cell.text, kDash);
        EXPECT_FALSE(cell.hasValue);
        CellContent pending;
        setMissing(pending, kind, true);
        EXPECT_EQ(pending.state, CellState::Pending);
        EXPECT_EQ(pending.text, QStringLiteral("\u2026"));
    }
}

TEST(CellValues, ARateIsTheSumOfItsKnownSides)
{
    EXPECT_EQ(rateCell({}, {}).state, CellState::Missing);
    EXPECT_EQ(rateCell({}, {}, true).state, CellState::Pending);
    EXPECT_EQ(rateCell(1e6, {}).joinedText(), QStringLiteral("1.00 MB/s"));
    EXPECT_EQ(rateCell({}, 2e6).joinedText(), QStringLiteral("2.00 MB/s"));
    EXPECT_EQ(rateCell(1e6, 2e6, true).joinedText(), QStringLiteral("3.00 MB/s"))
        << "a value is shown once it is there";
    EXPECT_EQ(rateCell(0.0, 0.0).joinedText(), QStringLiteral("0 B/s"));
    EXPECT_EQ(rateCell(0.0, 0.0).state, CellState::Value);
    const IoStats stats{1e3, 10, 1e9, 2e3, 3e3, 100};
    EXPECT_EQ(rateCell(1e9, {}, false, stats).emphasis, Emphasis::Strong);
    EXPECT_EQ(rateCell(1e3, {}, false, stats).emphasis, Emphasis::Normal);
}

TEST(CellValues, AgesNeverGoBelowZero)
{
    EXPECT_EQ(ageText(0, 48 * kSecond), QStringLiteral("48 s"));
    EXPECT_EQ(ageText(100 * kSecond, 0), QStringLiteral("0 s")) << "a clock that is ahead";
    EXPECT_EQ(ageText(0, 3661 * kSecond), QStringLiteral("1 h 1 min"));
    CellContent unknown;
    const CellContext context;
    const TableSnapshot none;
    setAge(unknown, std::nullopt, {none, 0, context});
    EXPECT_EQ(unknown.text, kDash);
}

TEST(CellValues, CountsAreGroupedAndNegativeOnesUnknown)
{
    const auto countText = [](std::optional<std::int64_t> count) {
        CellContent cell;
        setCount(cell, count);
        return cell.text;
    };
    EXPECT_EQ(countText(0), QStringLiteral("0"));
    EXPECT_EQ(countText(1234567), QStringLiteral("1,234,567"));
    EXPECT_EQ(countText(std::numeric_limits<std::int64_t>::max()), QStringLiteral("9,223,372,036,854,775,807"));
    EXPECT_EQ(countText(-1), kDash);
    EXPECT_EQ(countText(std::nullopt), kDash);
}

TEST(CellValues, SecondaryTextsStandBesideAValueOnly)
{
    CellContent cell;
    setSecondaryCpus(cell, 4.0);
    EXPECT_TRUE(cell.secondary.isEmpty()) << "no capacity beside a dash";
    cell.hasValue = true;
    const std::pair<double, const char*> cpus[] = {{1, "1 cpu"},       {4, "4 cpu"},     {0.5, "0.5 cpu"},
                                                   {1.25, "1.25 cpu"}, {128, "128 cpu"}, {2.0 / 3.0, "0.667 cpu"}};
    for (const auto& [count, text] : cpus) {
        setSecondaryCpus(cell, count);
        EXPECT_EQ(cell.secondary, QString::fromLatin1(text)) << count;
    }
    setSecondarySize(cell, std::int64_t{6} << 30);
    EXPECT_EQ(cell.secondary, QStringLiteral("6.0 GiB"));
    setSecondarySize(cell, std::nullopt);
    EXPECT_EQ(cell.secondary, QStringLiteral("6.0 GiB")) << "nothing known changes nothing";
}

RC_GTEST_PROP(CellValuesProperty, TextsArriveAsUtf8Says, (const std::string& utf8))
{
    QString target = QStringLiteral("something longer that stood there before \u00e4");
    assignText(target, utf8);
    RC_ASSERT(target == QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

TEST(CellValues, TextsAndListsSayWhenThereIsNothing)
{
    StringPool strings;
    const StringId web = strings.intern("web");
    const StringId umlaut = strings.intern("M\xC3\xBCller");
    CellContent text;
    setText(text, strings, 0);
    EXPECT_EQ(text.state, CellState::Missing);
    CellContent known;
    setText(known, strings, umlaut);
    EXPECT_EQ(known.text, QStringLiteral("M\u00fcller"));
    const std::vector<StringId> two{web, umlaut};
    CellContent plain;
    setList(plain, CellKind::Text, strings, two);
    EXPECT_EQ(plain.text, QStringLiteral("web, M\u00fcller"));
    CellContent tags;
    setList(tags, CellKind::Tags, strings, two);
    EXPECT_EQ(tags.kind, CellKind::Tags);
    EXPECT_EQ(tags.text.split(kTagSeparator), (QStringList{QStringLiteral("web"), QStringLiteral("M\u00fcller")}));
    CellContent none;
    setList(none, CellKind::Tags, strings, {});
    EXPECT_EQ(none.text, kDash);
    EXPECT_EQ(none.kind, CellKind::Text) << "a dash in a box would look like a tag";
}

TEST(CellValues, TipsStateTheBasisAndBothDirections)
{
    EXPECT_EQ(withBasis(61.2, "of 8 CPUs"), QStringLiteral("61% of 8 CPUs"));
    EXPECT_EQ(withBasis({}, "of 8 CPUs"), QString());
    EXPECT_EQ(withBasis(61.2, ""), QString());
    EXPECT_EQ(ratePair("in", 3.1e6, "out", 4.2e6), QStringLiteral("in 3.10 MB/s, out 4.20 MB/s"));
    EXPECT_EQ(ratePair("read", {}, "write", 0.0), QStringLiteral("read \u2013, write 0 B/s"));
    EXPECT_EQ(ratePair("in", {}, "out", {}), QString());
}

TEST(CellValues, ClearingMakesAnEmptyCellOfAnotherColumn)
{
    const TableColumn column;
    CellContent cell = rateCell(5.0, {});
    cell.severity = Severity::Critical;
    cell.vanished = true;
    cell.hasFraction = true;
    cell.secondary = QStringLiteral("x");
    cell.clear(&column);
    EXPECT_EQ(cell.kind, CellKind::Text);
    EXPECT_EQ(cell.state, CellState::Value);
    EXPECT_EQ(cell.severity, Severity::None);
    EXPECT_EQ(cell.emphasis, Emphasis::Normal);
    EXPECT_FALSE(cell.vanished || cell.hasValue || cell.hasFraction);
    EXPECT_TRUE(cell.text.isEmpty() && cell.unit.isEmpty() && cell.secondary.isEmpty());
    EXPECT_EQ(cell.column, &column);
}

template <class Table> void expectNoBlankCell(const Table& table, const TableColumns& columns)
{
    const TableSnapshot snapshot(std::make_shared<const Table>(table));
    const CellContext context;
    for (const TableColumn& column : columns) {
        CellContent cell;
        cell.clear(&column);
        column.fill({snapshot, 0, context}, cell);
        EXPECT_FALSE(cell.text.isEmpty()) << column.id.toStdString();
        EXPECT_FALSE(accessibleText(cell).contains(QChar(0x2013))) << column.id.toStdString();
        if (column.tip != nullptr) {
            EXPECT_FALSE(column.tip({snapshot, 0, context}).contains(u"nan")) << column.id.toStdString();
        }
    }
}

TEST(Columns, NothingOfARowNobodyKnowsAnythingAboutIsBlank)
{
    InfrastructureTable hosts;
    hosts.resize(1);
    hosts.finish();
    expectNoBlankCell(hosts, infrastructureColumns());
    hosts.status[0] = InfrastructureStatus::Other; // a status in the source's own word, which is missing
    hosts.finish();
    expectNoBlankCell(hosts, infrastructureColumns());
    WorkloadTable workloads;
    workloads.resize(1);
    workloads.finish();
    expectNoBlankCell(workloads, workloadColumns());
}

TEST(AccessibleText, SaysInWordsWhatColoursAndShapesShow)
{
    TableColumn column;
    column.title = "CPU";
    CellContent cell;
    cell.clear(&column);
    cell.text = QStringLiteral("91");
    cell.unit = QStringLiteral("%");
    EXPECT_EQ(accessibleText(cell), QStringLiteral("CPU 91%"));
    cell.severity = Severity::Critical;
    cell.emphasis = Emphasis::Medium;
    cell.secondary = QStringLiteral("4 cpu");
    cell.vanished = true;
    EXPECT_EQ(accessibleText(cell), QStringLiteral("CPU 91%, critical, unusually high, 4 cpu, no longer there"));
    cell.state = CellState::Stale;
    cell.severity = Severity::Warning;
    cell.emphasis = Emphasis::Normal;
    cell.vanished = false;
    EXPECT_EQ(accessibleText(cell), QStringLiteral("CPU 91%, warning, 4 cpu, stale"));
    CellContent missing;
    missing.clear(&column);
    setMissing(missing, CellKind::Metric);
    EXPECT_EQ(accessibleText(missing), QStringLiteral("CPU not reported")) << "a dash is not read out";
    CellContent pending;
    pending.clear(&column);
    setMissing(pending, CellKind::Metric, true);
    EXPECT_EQ(accessibleText(pending), QStringLiteral("CPU awaiting a second sample"));
    CellContent bare;
    bare.clear(nullptr);
    bare.text = QStringLiteral("x");
    EXPECT_EQ(accessibleText(bare), QStringLiteral("x"));
}

TEST(AccessibleText, GroupsSayHowManyAndHowBad)
{
    PlanGroup group;
    group.label = "node-1";
    group.detail = "core";
    group.shown = 9;
    group.total = 18;
    group.worst = static_cast<std::uint8_t>(Severity::Warning);
    EXPECT_EQ(accessibleText(group), QStringLiteral("group node-1, core, 9 of 18, worst warning, expanded"));
    group.detail.clear();
    group.shown = 18;
    group.worst = static_cast<std::uint8_t>(Severity::Ok);
    group.collapsed = true;
    EXPECT_EQ(accessibleText(group), QStringLiteral("group node-1, 18, collapsed"));
}

TEST(ShownOfTotal, SaysBothOnlyWhenTheyDiffer)
{
    EXPECT_EQ(shownOfTotal(0, 0), QStringLiteral("0"));
    EXPECT_EQ(shownOfTotal(5, 5), QStringLiteral("5"));
    EXPECT_EQ(shownOfTotal(0, 5), QStringLiteral("0 of 5"));
    EXPECT_EQ(shownOfTotal(1'234, 4'294'967'295), QStringLiteral("1,234 of 4,294,967,295"));
}

TEST(PluralText, OneIsOne)
{
    const auto spans = [](std::uint64_t count) {
        return pluralText(count, QStringLiteral("span"), QStringLiteral("spans"));
    };
    EXPECT_EQ(spans(0), QStringLiteral("0 spans"));
    EXPECT_EQ(spans(1), QStringLiteral("1 span"));
    EXPECT_EQ(spans(4812), QStringLiteral("4,812 spans"));
}

} // namespace tracedeck
