// SPDX-License-Identifier: GPL-3.0-or-later
// Backup servers and mail gateways stand in their own section, under the filter of the page.
#include "app/hidden_rows.h"
#include "app/service_wiring.h"
#include "app/settings_store.h"
#include "app/table_feed.h"
#include "core/service_details.h"
#include "models/infrastructure_columns.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/service_section.h"

#include <QHeaderView>
#include <QTest>
#include <QThreadPool>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

std::shared_ptr<const InfrastructureTable> hostsWith(std::initializer_list<InfrastructureType> types)
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(types.size());
    std::size_t row = 0;
    for (const InfrastructureType type : types) {
        const std::string name = "machine-" + std::to_string(row);
        table->keys[row] = makeRowKey(RowKind::Infrastructure, "test", name);
        table->id[row] = table->strings.intern(name);
        table->name[row] = table->id[row];
        table->type[row] = type;
        table->status[row] = InfrastructureStatus::Online;
        table->detailNames.add(table->strings.intern(kQueueDetail));
        table->detailValues.add(table->strings.intern("5"));
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
        ++row;
    }
    table->finish();
    return table;
}

constexpr std::int64_t kMinuteNs = 60'000'000'000;
constexpr auto kAgent = InfrastructureType::Agent;
constexpr auto kBackup = InfrastructureType::ProxmoxBackup;
constexpr auto kMail = InfrastructureType::ProxmoxMail;

class ServiceSectionTest : public testing::Test {
protected:
    ServiceSectionTest()
        : m_model(infrastructureColumns()),
          m_page(infrastructurePageSetup(clock()), &m_model),
          m_feed(infrastructureDomain(), &m_model, &m_workers, clock()),
          m_services(m_page, &m_workers, clock())
    {
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        m_feed.setChoice(m_page.choice());
        m_page.resize(1200, 700);
        m_page.show();
    }
    [[nodiscard]] std::function<std::int64_t()> clock()
    {
        return [this] { return m_nowNs; };
    }
    void show(std::initializer_list<InfrastructureType> types)
    {
        const TableSnapshot snapshot(hostsWith(types));
        m_feed.setSnapshot(snapshot, ++m_nowNs);
        m_services.setSnapshot(snapshot, m_nowNs);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled() && m_services.feed()->isSettled(); }));
    }
    [[nodiscard]] int hostRows() const { return static_cast<int>(m_model.plan()->shown); }

    std::int64_t m_nowNs = 1'800'000'000'000'000'000;
    QThreadPool m_workers;
    GroupedTableModel m_model;
    FleetPage m_page;
    TableFeed m_feed;
    ServiceWiring m_services;
};

TEST_F(ServiceSectionTest, HidesWithoutServicesAndTakesThemOutOfTheHosts)
{
    EXPECT_FALSE(m_services.section()->isVisible());
    show({kAgent, kAgent});
    EXPECT_FALSE(m_services.section()->isVisible());
    EXPECT_EQ(hostRows(), 2);
    show({kAgent, kBackup, kMail, kAgent});
    EXPECT_TRUE(m_services.section()->isVisible());
    EXPECT_EQ(hostRows(), 2) << "each row stands once";
    EXPECT_EQ(m_services.model()->rowCount(), 2);
    EXPECT_EQ(m_services.section()->titleText(), QStringLiteral("Backup and mail  2"));
    show({kAgent});
    EXPECT_FALSE(m_services.section()->isVisible());
}

TEST_F(ServiceSectionTest, FollowsTheFilterOfThePage)
{
    show({kAgent, kBackup, kMail});
    TableChoice choice = m_page.choice();
    choice.text = QStringLiteral("machine-2");
    m_page.setChoice(choice);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_services.feed()->isSettled(); }));
    EXPECT_EQ(m_services.model()->rowCount(), 1);
    EXPECT_EQ(m_services.section()->titleText(), QStringLiteral("Backup and mail  1 of 2"));
    EXPECT_EQ(hostRows(), 0);
}

TEST_F(ServiceSectionTest, ItsRowsAreFoundAndExplainedLikeThoseOfTheTable)
{
    show({kAgent, kBackup, kMail});
    const auto about = [this](const char* name) {
        HiddenRowQuestion question;
        question.snapshot = m_model.snapshot();
        question.choice = m_page.choice();
        question.plan = m_model.plan();
        question.services = m_services.model()->plan();
        question.planFor = [this](const TableChoice& choice) { return m_feed.planFor(choice); };
        return findHiddenRows(question, QString::fromUtf8(name), 5).at(0);
    };
    const HiddenRow shown = about("machine-2");
    EXPECT_TRUE(shown.reasons.isEmpty()) << shown.reasons.join(u'|').toStdString();
    m_page.table()->setCurrentKey(m_model.rowKey(1));
    ASSERT_TRUE(m_page.table()->selectionModel()->hasSelection());
    EXPECT_TRUE(m_page.revealRow(shown.key));
    EXPECT_FALSE(m_page.table()->selectionModel()->hasSelection()) << "one row of the page is in hand";
    EXPECT_TRUE(m_page.isDrawerOpen());
    EXPECT_EQ(m_services.section()->table()->currentKey(), shown.key);
    TableChoice choice = m_page.choice();
    choice.status = QStringLiteral("stopped");
    choice.grouping = QStringLiteral("cluster");
    m_page.setChoice(choice);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_feed.isSettled() && m_services.feed()->isSettled(); }));
    const HiddenRow hidden = about("machine-2");
    EXPECT_EQ(hidden.reasons, QStringList{QStringLiteral("status: stopped")});
    EXPECT_EQ(hidden.shown.grouping, u"cluster") << "the page stays as it is otherwise";
    EXPECT_TRUE(hidden.shown.view.isEmpty());
    EXPECT_TRUE(hidden.shown.status.isEmpty());
}

TEST_F(ServiceSectionTest, ItsColumnsAndOrderAreKept)
{
    SettingsStore settings{QString()};
    m_services.keepIn(settings);
    show({kBackup, kMail, kBackup});
    GroupedTableView* table = m_services.section()->table();
    const QString first = m_services.model()->cell(0, 0)->text;
    Q_EMIT table->sortRequested(QStringLiteral("name"), SortDirection::Descending);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_services.feed()->isSettled(); }));
    EXPECT_NE(m_services.model()->cell(0, 0)->text, first);
    const QString hidden = table->columnEntries().back().id;
    table->setColumnWanted(hidden, false);

    GroupedTableModel hosts(infrastructureColumns());
    FleetPage page(infrastructurePageSetup(clock()), &hosts);
    ServiceWiring next(page, &m_workers, clock());
    next.keepIn(settings);
    EXPECT_FALSE(next.section()->table()->isColumnWanted(hidden));
    next.setSnapshot(TableSnapshot(hostsWith({kBackup, kMail, kBackup})), 1);
    ASSERT_TRUE(QTest::qWaitFor([&next] { return next.feed()->isSettled(); }));
    EXPECT_EQ(next.model()->cell(0, 0)->text, m_services.model()->cell(0, 0)->text);
}

TEST_F(ServiceSectionTest, SaysWhatChangedWhileThePageCompares)
{
    SettingsStore settings{QString()};
    m_services.keepIn(settings);
    show({kAgent, kBackup, kMail});
    m_nowNs += 2 * kMinuteNs;
    show({kAgent, kBackup, kMail, kBackup}); // machine-3 is new
    GroupedTableView* table = m_services.section()->table();
    const int change = m_services.model()->columnOf(u"change");
    ASSERT_GE(change, 0);
    EXPECT_TRUE(table->isColumnHidden(change));
    ASSERT_TRUE(m_page.runCommand(QStringLiteral("changed.5")));
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_services.feed()->isSettled(); }));
    EXPECT_FALSE(table->isColumnHidden(change));
    EXPECT_EQ(table->horizontalHeader()->visualIndex(change), 1) << "beside the name, as in the table of the page";
    ASSERT_EQ(m_services.model()->rowCount(), 1);
    EXPECT_EQ(m_services.model()->cell(0, 0)->text, QStringLiteral("machine-3"));
    EXPECT_EQ(m_services.model()->cell(0, change)->text, QStringLiteral("new"));
    m_nowNs += 6 * kMinuteNs;
    show({kAgent, kBackup, kMail, kBackup});
    EXPECT_EQ(m_services.model()->rowCount(), 0) << "nothing for six minutes";
    m_nowNs += kMinuteNs;
    show({kAgent, kBackup, kMail});
    ASSERT_EQ(m_services.model()->rowCount(), 1) << "the one that went is listed";
    EXPECT_EQ(m_services.model()->cell(0, change)->text, QStringLiteral("gone"));

    GroupedTableModel hosts(infrastructureColumns());
    FleetPage page(infrastructurePageSetup([] { return std::int64_t{0}; }), &hosts);
    ServiceWiring next(page, &m_workers, [] { return std::int64_t{0}; });
    next.keepIn(settings);
    EXPECT_FALSE(next.section()->table()->isColumnWanted(QStringLiteral("change"))) << "another start compares nothing";

    ASSERT_TRUE(m_page.runCommand(QStringLiteral("table.clear")));
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_services.feed()->isSettled(); }));
    EXPECT_TRUE(table->isColumnHidden(change)) << "it goes with the comparison";
    EXPECT_EQ(m_services.model()->rowCount(), 2);
}

TEST_F(ServiceSectionTest, EnterOpensTheDrawerOfAService)
{
    show({kAgent, kMail});
    GroupedTableView* table = m_services.section()->table();
    table->setFocus();
    table->setCurrentKey(m_services.model()->rowKey(0));
    QTest::keyClick(table, Qt::Key_Return);
    EXPECT_TRUE(m_page.isDrawerOpen());
    EXPECT_TRUE(m_page.peel());
    EXPECT_FALSE(m_page.isDrawerOpen());
}

TEST(ServiceChoice, TakesTheFilterAndKeepsTheOwnOrder)
{
    TableChoice page;
    page.text = QStringLiteral("x");
    page.status = QStringLiteral("stopped");
    page.sortKey = QStringLiteral("cpu");
    page.grouping = QStringLiteral("cluster");
    TableChoice own;
    own.sortKey = QStringLiteral("uptime");
    const TableChoice both = serviceChoice(page, own);
    EXPECT_EQ(both.text, page.text);
    EXPECT_EQ(both.status, page.status);
    EXPECT_EQ(both.sortKey, own.sortKey);
    EXPECT_EQ(both.grouping, QStringLiteral("none"));
    EXPECT_EQ(both.view, QStringLiteral("services"));
}

} // namespace
