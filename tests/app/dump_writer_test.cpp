// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dump_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace tracedeck;

TEST(DumpWriterTest, SchemaIsAsDocumented)
{
    PageDump dump;
    dump.columns = {QStringLiteral("name"), QStringLiteral("cpu")};
    dump.rows.push_back({true, 0x0000000000000abcU, {{QStringLiteral("name"), QStringLiteral("node-a"), {}, {}}}});
    dump.rows.push_back({false,
                         0xfedcba9876543210U,
                         {{QStringLiteral("name"), QStringLiteral("web"), {}, {}},
                          {QStringLiteral("cpu"), QStringLiteral("84%"), 84.2, QStringLiteral("%")}}});
    dump.shown = 1;
    dump.total = 9;
    SourceBadge source;
    source.id = QStringLiteral("local");
    source.phase = SourceBadge::Phase::Stale;
    const QJsonObject root =
        QJsonDocument::fromJson(dumpJson(QStringLiteral("workloads"), dump, {source}, {})).object();
    EXPECT_EQ(root.value(u"page").toString(), QStringLiteral("workloads"));
    EXPECT_EQ(root.value(u"columns").toArray().size(), 2);
    EXPECT_EQ(root.value(u"shown").toInt(), 1);
    EXPECT_EQ(root.value(u"total").toInt(), 9);
    const QJsonObject group = root.value(u"rows").toArray().at(0).toObject();
    EXPECT_EQ(group.value(u"kind").toString(), QStringLiteral("group"));
    EXPECT_EQ(group.value(u"key").toString(), QStringLiteral("0000000000000abc"));
    const QJsonObject row = root.value(u"rows").toArray().at(1).toObject();
    EXPECT_EQ(row.value(u"kind").toString(), QStringLiteral("row"));
    const QJsonObject cpu = row.value(u"cells").toObject().value(u"cpu").toObject();
    EXPECT_DOUBLE_EQ(cpu.value(u"value").toDouble(), 84.2);
    EXPECT_EQ(cpu.value(u"unit").toString(), QStringLiteral("%"));
    EXPECT_TRUE(row.value(u"cells").toObject().value(u"name").toObject().value(u"value").isNull()) << "unknown is null";
    EXPECT_EQ(root.value(u"sources").toArray().at(0).toObject().value(u"state").toString(), QStringLiteral("stale"));
    EXPECT_FALSE(root.contains(u"missing"));
}

TEST(DumpWriterTest, WhatWasMissingIsInTheFile)
{
    const QJsonObject root =
        QJsonDocument::fromJson(dumpJson({}, {}, {}, {QStringLiteral("a second sample")})).object();
    EXPECT_EQ(root.value(u"missing").toArray().at(0).toString(), QStringLiteral("a second sample"));
    EXPECT_TRUE(root.value(u"rows").isArray());
}

TEST(DumpWriterTest, UnwritablePlacesAreSaid)
{
    const QTemporaryDir dir;
    EXPECT_TRUE(writeFileWhole(dir.filePath(QStringLiteral("a.json")), "x").ok());
    const auto written = writeFileWhole(dir.filePath(QStringLiteral("no/such/a.json")), "x");
    ASSERT_FALSE(written.ok());
    EXPECT_FALSE(written.error().what.empty());
}
