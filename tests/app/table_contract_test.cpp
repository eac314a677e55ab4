// SPDX-License-Identifier: GPL-3.0-or-later
// What a table promises at every size, with real derivation, wheel, mouse and keys: a frame touches the rows on
// screen and two more, and nothing a person holds on to is lost by a refresh, a sort, a regroup or a filter.
#include "app/table_feed.h"
#include "models/infrastructure_columns.h"
#include "models/workload_columns.h"
#include "perf/selector_fixture.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QWheelEvent>
#include <gtest/gtest.h>
#include <map>

using namespace tracedeck;

namespace {

struct Profile {
    const char* name;
    bool hosts;
    std::size_t rows;
    const char16_t* view;
    const char16_t* grouping;
};

std::ostream& operator<<(std::ostream& out, const Profile& profile)
{
    return out << profile.name << '/' << (profile.hosts ? "hosts" : "workloads") << '/' << profile.rows << '/'
               << QString::fromUtf16(profile.view).toStdString() << '/'
               << QString::fromUtf16(profile.grouping).toStdString();
}

/// Counts the rows that are asked for cells.
class TouchedModel : public GroupedTableModel {
public:
    using GroupedTableModel::GroupedTableModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (counting) {
            touched.insert(index.row());
        }
        return GroupedTableModel::data(index, role);
    }
    bool counting = false;
    mutable QSet<int> touched;
};

FleetPageSetup setupOf(bool hosts)
{
    const auto clock = [] { return kFixtureNowNs; };
    return hosts ? infrastructurePageSetup(clock) : workloadsPageSetup(clock);
}

/// Made once per size: the large ones take their time.
const InfrastructureTable& hostsOf(std::size_t rows)
{
    static std::map<std::size_t, InfrastructureTable> tables;
    return tables.try_emplace(rows, fixtureInfrastructure(rows)).first->second;
}

const WorkloadTable& workloadsOf(std::size_t rows)
{
    static std::map<std::size_t, WorkloadTable> tables;
    const auto found = tables.find(rows);
    return found != tables.end()
        ? found->second
        : tables.emplace(rows, fixtureWorkloads(rows, WorkloadSearchFields::Product)).first->second;
}

/// The fixture after `step` polls: every 97th row shows another CPU value.
template <class Table> std::shared_ptr<const Table> polled(const Table& base, int step)
{
    auto table = std::make_shared<Table>(base);
    for (std::size_t row = static_cast<std::size_t>(step) % 97; row < table->rows(); row += 97) {
        table->cpuPercent.set(row, static_cast<double>((row * 7 + static_cast<std::size_t>(step) * 13) % 100));
    }
    table->finish();
    return table;
}

class TableContract : public testing::TestWithParam<Profile> {
protected:
    TableContract()
        : m_model(GetParam().hosts ? infrastructureColumns() : workloadColumns()),
          m_page(setupOf(GetParam().hosts), &m_model),
          m_feed(GetParam().hosts ? infrastructureDomain() : workloadDomain(), &m_model, &m_workers,
                 [] { return kFixtureNowNs; }),
          m_hosts(hostsOf(GetParam().hosts ? GetParam().rows : 0)),
          m_workloads(workloadsOf(GetParam().hosts ? 0 : GetParam().rows))
    {
        m_model.setNow(kFixtureNowNs);
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        TableChoice choice = m_page.choice();
        choice.view = QString::fromUtf16(GetParam().view);
        choice.grouping = QString::fromUtf16(GetParam().grouping);
        m_page.setChoice(choice);
        m_feed.setChoice(m_page.choice());
    }
    void SetUp() override
    {
        poll(0);
        m_page.resize(1280, 800);
        m_page.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_page));
        settle();
        ASSERT_GT(m_model.rowCount(), 2 * visible()) << "the profile must be larger than the screen";
    }
    void poll(int step)
    {
        m_feed.setSnapshot(GetParam().hosts ? TableSnapshot(polled(m_hosts, step))
                                            : TableSnapshot(polled(m_workloads, step)),
                           step + 1);
        settle();
    }
    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled(); }));
        QCoreApplication::processEvents();
    }
    void choose(const std::function<void(TableChoice&)>& edit)
    {
        TableChoice choice = m_page.choice();
        edit(choice);
        m_page.setChoice(choice);
        settle();
    }
    [[nodiscard]] GroupedTableView& table() { return *m_page.table(); }
    [[nodiscard]] int visible()
    {
        const auto [first, last] = table().visibleRows();
        return last - first + 1;
    }
    template <class Act> int touchedBy(Act act)
    {
        m_model.touched.clear();
        m_model.counting = true;
        act();
        table().viewport()->repaint();
        m_model.counting = false;
        return static_cast<int>(m_model.touched.size());
    }
    void wheel(int lines)
    {
        const QPointF at(300, 200);
        QWheelEvent event(at, table().viewport()->mapToGlobal(at), QPoint(), QPoint(0, -120 * lines), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(table().viewport(), &event);
    }
    void point(int row)
    {
        const QPoint at = table().rowRect(row).center();
        QMouseEvent event(QEvent::MouseMove, at, table().viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                          Qt::NoModifier);
        QCoreApplication::sendEvent(table().viewport(), &event);
    }
    /// First row on screen from the third on that is no header.
    [[nodiscard]] int readableRow()
    {
        int row = table().visibleRows().first + 3;
        while (m_model.isGroup(row)) {
            ++row;
        }
        return row;
    }
    [[nodiscard]] std::vector<RowKey> headers() const
    {
        std::vector<RowKey> keys;
        for (const PlanGroup& group : m_model.plan()->groups) {
            keys.push_back(group.key);
        }
        return keys;
    }

    QThreadPool m_workers;
    TouchedModel m_model;
    FleetPage m_page;
    TableFeed m_feed;
    const InfrastructureTable& m_hosts;
    const WorkloadTable& m_workloads;
};

TEST_P(TableContract, AFrameTouchesWhatIsOnScreenAndTwoRowsMore)
{
    EXPECT_LE(touchedBy([] {}), visible() + 2);
    EXPECT_LE(touchedBy([this] { wheel(3); }), visible() + 2 + 3);
    EXPECT_GT(table().verticalScrollBar()->value(), 0);
    for (const int part : {2, 1}) {
        QScrollBar* bar = table().verticalScrollBar();
        EXPECT_LE(touchedBy([bar, part] { bar->setSliderPosition(bar->maximum() / part); }), 2 * (visible() + 2));
        EXPECT_LE(touchedBy([] {}), visible() + 2);
    }
}

TEST_P(TableContract, AnEqualPollTouchesNothing)
{
    QSignalSpy changed(&m_model, &QAbstractItemModel::dataChanged);
    QSignalSpy arranged(&m_model, &QAbstractItemModel::layoutChanged);
    m_model.touched.clear();
    m_model.counting = true;
    poll(0);
    m_model.counting = false;
    EXPECT_EQ(changed.count() + arranged.count(), 0);
    EXPECT_TRUE(m_model.touched.isEmpty());
}

TEST_P(TableContract, RefreshesKeepHeadersSelectionHoverDrawerAndPixel)
{
    wheel(20);
    const int row = readableRow();
    const RowKey key = m_model.rowKey(row);
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().rowRect(row).center());
    m_page.openDrawer(key);
    point(row);
    const int top = table().rowRect(m_model.rowOfKey(key)).top();
    const auto groups = headers();
    for (int step = 1; step <= 5; ++step) {
        poll(step);
        ASSERT_EQ(table().currentKey(), key);
        ASSERT_EQ(table().selectedKeys(), std::vector<RowKey>{key});
        ASSERT_EQ(table().hoverKey(), key);
        ASSERT_EQ(table().rowRect(m_model.rowOfKey(key)).top(), top);
        ASSERT_TRUE(m_page.isDrawerOpen());
        ASSERT_EQ(headers(), groups);
    }
}

TEST_P(TableContract, SortRegroupAndFilterKeepTheRowInHand)
{
    wheel(10);
    const RowKey key = m_model.rowKey(readableRow());
    ASSERT_TRUE(table().setCurrentKey(key));
    m_page.openDrawer(key);
    const std::uint32_t shown = m_model.plan()->shown;
    const auto inHand = [this, key] {
        return table().currentKey() == key && table().selectedKeys() == std::vector<RowKey>{key}
        && m_page.isDrawerOpen() && !table().rowRect(m_model.rowOfKey(key)).isEmpty();
    };
    choose([](TableChoice& choice) {
        choice.sortKey = QStringLiteral("cpu");
        choice.descending = true;
        choice.thenSortKey = QStringLiteral("memory");
    });
    EXPECT_TRUE(inHand()) << "sorted";
    EXPECT_EQ(m_model.plan()->shown, shown);
    choose([](TableChoice& choice) {
        choice.grouping = choice.grouping == QStringLiteral("none") ? QStringLiteral("status") : QStringLiteral("none");
    });
    EXPECT_TRUE(inHand()) << "regrouped";
    const qint64 source = m_model.sourceRow(m_model.rowOfKey(key));
    ASSERT_GE(source, 0);
    const auto place = static_cast<std::size_t>(source);
    const std::string name = GetParam().hosts ? std::string(m_hosts.strings.view(m_hosts.name[place]))
                                              : std::string(m_workloads.strings.view(m_workloads.name[place]));
    choose([&name](TableChoice& choice) {
        choice.text = QStringLiteral("name=\"") + QString::fromStdString(name) + u'"';
    });
    EXPECT_TRUE(inHand()) << "filtered to " << name;
    EXPECT_LT(m_model.plan()->shown, shown);
    choose([](TableChoice& choice) { choice.text.clear(); });
    EXPECT_TRUE(inHand()) << "and all back";
    EXPECT_EQ(m_model.plan()->shown, shown);
}

TEST_P(TableContract, CollapsingHidesRowsAndKeepsCounts)
{
    if (m_model.plan()->groups.empty()) {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            ASSERT_EQ(m_model.group(row), nullptr) << "a flat table has nothing to fold";
        }
        return;
    }
    const int rows = m_model.rowCount();
    const auto groups = m_model.plan()->groups;
    m_page.runCommand(QStringLiteral("group.collapseAll"));
    settle();
    EXPECT_EQ(m_model.rowCount(), static_cast<int>(groups.size()));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        EXPECT_EQ(m_model.plan()->groups[i].shown, groups[i].shown);
        EXPECT_TRUE(m_model.plan()->groups[i].collapsed);
    }
    poll(1);
    EXPECT_EQ(m_model.rowCount(), static_cast<int>(groups.size())) << "a refresh opens nothing";
    m_page.runCommand(QStringLiteral("group.expandAll"));
    settle();
    EXPECT_EQ(m_model.rowCount(), rows);
}

std::vector<Profile> profiles()
{
    std::vector<Profile> all;
    const auto add = [&all](const char* name, std::size_t hosts, std::size_t workloads) {
        for (const char16_t* grouping : {u"cluster", u"none"}) {
            all.push_back({name, true, hosts, u"", grouping});
        }
        for (const char16_t* view : {u"", u"vm", u"container", u"pod"}) {
            for (const char16_t* grouping : {u"node", u"none"}) {
                all.push_back({name, false, workloads, view, grouping});
            }
        }
    };
    add("S", 250, 400);
    add("M", 1000, 1500);
    add("L", 3000, 5000);
    return all;
}

INSTANTIATE_TEST_SUITE_P(Profiles, TableContract, testing::ValuesIn(profiles()));
INSTANTIATE_TEST_SUITE_P(Xl, TableContract, testing::Values(Profile{"XL", false, 150'000, u"", u"node"}));

} // namespace
