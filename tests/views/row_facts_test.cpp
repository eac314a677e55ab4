// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/query_tables.h"
#include "views/detail_drawer.h"
#include "views/facts_view.h"
#include "views/row_facts.h"
#include "views/trace_match_link.h"

#include <QSignalSpy>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

QString valueOf(const RowFacts& facts, const char* label)
{
    for (const RowFact& fact : facts.facts) {
        if (fact.label == QString::fromUtf8(label)) {
            return fact.value + (fact.note.isEmpty() ? QString() : u' ' + fact.note);
        }
    }
    return QStringLiteral("(absent)");
}

} // namespace

TEST(RowFactsTest, WorkloadsSayValueBasisAndWhatIsUnknown)
{
    const WorkloadTable table = sampleWorkloads();
    const RowFacts busy = workloadFacts(table, 0, kTestNow);
    EXPECT_EQ(busy.title, QStringLiteral("checkout-web"));
    EXPECT_TRUE(busy.subtitle.contains(QStringLiteral("pve-west-a")));
    EXPECT_TRUE(valueOf(busy, "CPU").startsWith(QStringLiteral("86%"))) << valueOf(busy, "CPU").toStdString();
    EXPECT_DOUBLE_EQ(busy.json.value(u"cpuPercent").toDouble(), 86.4);

    const RowFacts silent = workloadFacts(table, 2, kTestNow);
    EXPECT_EQ(valueOf(silent, "CPU"), QStringLiteral("– not reported by this source"));
    EXPECT_FALSE(silent.json.contains(u"cpuPercent")) << "unknown is left out, never 0";
    EXPECT_TRUE(silent.tracesLink.contains(QStringLiteral("service"))) << silent.tracesLink.toStdString();
    const TraceMatchWish wish =
        readMatchWish(QUrlQuery(infrastructureFacts(sampleHosts(), 0, kTestNow).tracesLink.section(u'?', 1)));
    ASSERT_FALSE(wish.isEmpty());
    EXPECT_EQ(wish.subject, u"nas");
    EXPECT_EQ(wish.ways.front().query, u"host=nas.lan");
}

TEST(RowFactsTest, ZeroIsAValue)
{
    const RowFacts idle = workloadFacts(sampleWorkloads(), 3, kTestNow);
    EXPECT_TRUE(valueOf(idle, "CPU").startsWith(u'0')) << valueOf(idle, "CPU").toStdString();
    EXPECT_TRUE(idle.json.contains(u"cpuPercent"));
}

TEST(RowFactsTest, SecretLookingDetailsAreMasked)
{
    WorkloadTable table;
    table.resize(1);
    table.keys[0] = 7;
    table.name[0] = table.strings.intern("db");
    table.tags.endRow();
    table.ipAddresses.endRow();
    for (const char* name : {"DB_PASSWORD", "region"}) {
        table.detailNames.add(table.strings.intern(name));
        table.detailValues.add(table.strings.intern("hunter2"));
    }
    table.detailNames.endRow();
    table.detailValues.endRow();
    table.finish();
    const RowFacts facts = workloadFacts(table, 0, kTestNow);
    EXPECT_EQ(valueOf(facts, "DB_PASSWORD"), QStringLiteral("•••"));
    EXPECT_EQ(valueOf(facts, "region"), QStringLiteral("hunter2"));
    EXPECT_EQ(facts.json.value(u"details").toObject().value(u"DB_PASSWORD").toString(), QStringLiteral("•••"));
}

TEST(DetailDrawerTest, ShowsFactsAndTheSameAsJson)
{
    DetailDrawer drawer;
    drawer.showRow(workloadFacts(sampleWorkloads(), 0, kTestNow));
    EXPECT_TRUE(drawer.texts().join(u'\n').contains(QStringLiteral("CPU: 86%")));
    drawer.showJson(true);
    EXPECT_TRUE(drawer.texts().join(u'\n').contains(QStringLiteral("\"name\": \"checkout-web\"")));
    drawer.showRow(workloadFacts(sampleWorkloads(), 1, kTestNow));
    EXPECT_TRUE(drawer.texts().join(u'\n').contains(QStringLiteral("edge-proxy"))) << "JSON follows the row";
}

TEST(FactsViewTest, HostileTextIsShownNotInterpreted)
{
    FactsView view;
    view.setFacts({{.label = QStringLiteral("Name"), .value = QStringLiteral("<b>x</b><img src=file:///etc/passwd>")}});
    EXPECT_EQ(view.texts().first(), QStringLiteral("Name: <b>x</b><img src=file:///etc/passwd>"));
    view.setFacts({});
    EXPECT_TRUE(view.texts().isEmpty());
}
