// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/event_columns.h"
#include "models/grouped_table_model.h"
#include "models/trace_columns.h"
#include "selectors/event_listing.h"
#include "selectors/trace_listing.h"
#include "tests/support/span_builder.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

TraceListing sampleListing()
{
    auto page = std::make_shared<TraceListTable>();
    page->resize(2);
    for (std::uint8_t i = 0; i < 2; ++i) {
        page->traceId[i].bytes[0] = static_cast<std::uint8_t>(i + 1);
        page->startNs[i] = SpanBuilder::kOrigin;
        page->durationNs[i] = i == 0 ? 1'840'000'000 : 460'000'000;
        page->spanCount[i] = 4'812;
    }
    page->rootService[0] = page->strings.intern("frontend");
    page->rootName[0] = page->strings.intern("POST /checkout");
    page->errorCount[0] = 2;
    page->services.add(page->strings.intern("frontend"));
    page->services.add(page->strings.intern("db"));
    page->serviceSpans = {3, 1};
    page->finish();
    return mergeTracePages({page}, {});
}

/// Runs the model under the tester and hands it to `check`.
template <class Listing> std::unique_ptr<GroupedTableModel> modelOf(TableColumns columns, Listing listing, RowPlan plan)
{
    auto model = std::make_unique<GroupedTableModel>(std::move(columns));
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    TableUpdate update;
    update.snapshot = TableSnapshot(std::make_shared<const Listing>(std::move(listing)));
    update.base = model->plan();
    update.plan = std::make_shared<const RowPlan>(std::move(plan));
    update.diff = diffPlans(*update.base, *update.plan);
    model->apply(std::move(update));
    return model;
}

const CellContent& cellAt(const GroupedTableModel& model, int row, const char16_t* column)
{
    return *model.cell(row, model.columnOf(column));
}

} // namespace

TEST(TraceColumns, showRootDurationServicesAndErrors)
{
    const TraceListing listing = sampleListing();
    const auto model = modelOf(traceColumns(), listing, planTraces(listing, {}, 2));
    ASSERT_EQ(model->rowCount(), 2);
    EXPECT_EQ(cellAt(*model, 0, u"root").text, u"frontend");
    EXPECT_EQ(cellAt(*model, 0, u"root").secondary, u"POST /checkout");
    EXPECT_EQ(cellAt(*model, 0, u"duration").joinedText(), u"1.84 s");
    EXPECT_DOUBLE_EQ(cellAt(*model, 0, u"duration").fraction, 1.0);
    EXPECT_DOUBLE_EQ(cellAt(*model, 1, u"duration").fraction, 0.25);
    EXPECT_EQ(cellAt(*model, 0, u"spans").text, u"4,812");
    EXPECT_EQ(cellAt(*model, 0, u"services").text.split(kTagSeparator),
              (QStringList{QStringLiteral("frontend"), QStringLiteral("db")}));
    EXPECT_EQ(cellAt(*model, 0, u"status").severity, Severity::Critical);
    EXPECT_EQ(cellAt(*model, 0, u"status").text, u"2 errors");
    EXPECT_EQ(cellAt(*model, 1, u"status").text, u"ok");
    EXPECT_EQ(cellAt(*model, 1, u"root").state, CellState::Pending);
}

TEST(TraceColumns, writeStartsAsTheStyleSays)
{
    TraceListing listing = sampleListing();
    const auto startIn = [&](TimeStyle times) {
        listing.times = times;
        const auto model = modelOf(traceColumns(), listing, planTraces(listing, {}, 2));
        model->setNow(SpanBuilder::kOrigin + 192'000'000'000);
        return cellAt(*model, 0, u"start").text;
    };
    EXPECT_EQ(startIn({TimeStyle::Kind::Utc, 3'600}), startIn({TimeStyle::Kind::Local, 0}));
    EXPECT_NE(startIn({TimeStyle::Kind::Local, 3'600}), startIn({TimeStyle::Kind::Local, 0}));
    EXPECT_EQ(startIn({TimeStyle::Kind::Relative, 0}), u"3 min 12 s ago");
}

TEST(TraceColumns, markOwnTracesAndSayWhereATraceRan)
{
    TraceListing listing = sampleListing();
    listing.table.own[1] = 1;
    listing.table.rootService[1] = listing.table.strings.intern("tracedeck");
    listing.table.rootName[1] = listing.table.strings.intern("refresh");
    listing.table.resourcesKnown = {ResourceKnowledge::Part, ResourceKnowledge::Whole};
    ListColumn hosts;
    hosts.add(listing.table.strings.intern("edge-1"));
    hosts.add(listing.table.strings.intern("edge-2"));
    hosts.endRow();
    hosts.endRow();
    listing.table.resources[static_cast<std::size_t>(ResourceKey::HostName)] = hosts;
    const auto model = modelOf(traceColumns(), listing, planTraces(listing, {}, 2));
    EXPECT_EQ(cellAt(*model, 1, u"root").secondary, u"refresh (own)");
    EXPECT_EQ(cellAt(*model, 0, u"place").text.split(kTagSeparator),
              (QStringList{QStringLiteral("edge-1"), QStringLiteral("edge-2")}));
    EXPECT_TRUE(cellAt(*model, 1, u"place").text.isEmpty());
    const int place = model->columnOf(u"place");
    const QString tip = model->index(0, place).data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.contains(u"host.name = edge-2")) << tip.toStdString();
    EXPECT_TRUE(tip.contains(u"and more"));
}

TEST(EventColumns, showSpansAndEventsAndMaskSecrets)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100, "Charge", "payments", SpanStatus::Error)
        .attribute("http.route", "/v1")
        .attribute("password", "hunter2");
    b.event(5, "exception");
    const EventListing listing = listEvents(std::make_shared<const SpanTable>(b.table()));
    const auto model = modelOf(eventColumns(), listing, planEvents(listing, filterEvents(listing, "", false)));
    ASSERT_EQ(model->rowCount(), 2);
    EXPECT_EQ(cellAt(*model, 0, u"name").text, u"Charge");
    EXPECT_EQ(cellAt(*model, 0, u"name").severity, Severity::Critical);
    EXPECT_EQ(cellAt(*model, 0, u"duration").joinedText(), u"100 ms");
    EXPECT_FALSE(cellAt(*model, 0, u"details").text.contains(u"hunter2"));
    EXPECT_TRUE(cellAt(*model, 0, u"details").text.contains(u"http.route=/v1"));
    EXPECT_EQ(cellAt(*model, 1, u"time").joinedText(), u"+5 ms");
    EXPECT_EQ(cellAt(*model, 1, u"name").secondary, u"Charge");
    EXPECT_TRUE(cellAt(*model, 1, u"duration").text.isEmpty());
}
