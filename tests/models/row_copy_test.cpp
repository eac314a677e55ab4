// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/row_copy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

RowCopy sample()
{
    RowCopy copy;
    copy.columns = {{QStringLiteral("name"), QStringLiteral("Name"), false},
                    {QStringLiteral("cpu"), QStringLiteral("CPU"), true},
                    {QStringLiteral("tags"), QStringLiteral("Tags"), false}};
    copy.rows = {{{QStringLiteral("web|1\tü"), false, false, 0},
                  {QStringLiteral("12%"), false, true, 12.25},
                  {QStringLiteral("password=hunter2"), false, false, 0}},
                 {{QStringLiteral("db"), false, false, 0}, {{}, true, false, 0}}};
    return copy;
}

} // namespace

TEST(RowCopyTest, TsvKeepsOneLinePerRowAndOneCellPerColumn)
{
    const QStringList lines = encodeRows(sample(), RowCopyForm::Tsv).split(u'\n');
    ASSERT_EQ(lines.size(), 4);
    EXPECT_EQ(lines[0], QStringLiteral("Name\tCPU\tTags"));
    EXPECT_TRUE(lines[1].startsWith(QStringLiteral("web|1 ü\t12%\t")));
    EXPECT_EQ(lines[2], QStringLiteral("db\t\t")) << "unknown is empty, never 0";
    EXPECT_TRUE(lines[3].isEmpty());
}

TEST(RowCopyTest, NothingInACellEndsItsLine)
{
    for (const QString& end :
         {QStringLiteral("\n"), QStringLiteral("\r"), QStringLiteral("\t"), QString(QChar(QChar::LineSeparator))}) {
        RowCopy copy = sample();
        copy.rows[1][0].text = QStringLiteral("a") + end + QStringLiteral("b");
        EXPECT_EQ(encodeRows(copy, RowCopyForm::Tsv).split(u'\n').at(2), u"a b\t\t");
        EXPECT_TRUE(encodeRows(copy, RowCopyForm::Markdown).contains(QStringLiteral("| a b |")));
    }
}

TEST(RowCopyTest, JsonHasNumbersAndLeavesUnknownOut)
{
    const QJsonArray rows = QJsonDocument::fromJson(encodeRows(sample(), RowCopyForm::Json).toUtf8()).array();
    ASSERT_EQ(rows.size(), 2);
    EXPECT_EQ(rows[0].toObject().value(u"cpu").toDouble(), 12.25);
    EXPECT_EQ(rows[0].toObject().value(u"name").toString(), QStringLiteral("web|1\tü"));
    EXPECT_EQ(rows[1].toObject().keys(), QStringList{QStringLiteral("name")});
    RowCopy broken = sample();
    broken.rows[0][1].value = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(QJsonDocument::fromJson(encodeRows(broken, RowCopyForm::Json).toUtf8()).isArray());
}

TEST(RowCopyTest, MarkdownEscapesAndAligns)
{
    const QStringList lines = encodeRows(sample(), RowCopyForm::Markdown).split(u'\n');
    EXPECT_EQ(lines[0], QStringLiteral("| Name | CPU | Tags |"));
    EXPECT_EQ(lines[1], QStringLiteral("| --- | ---: | --- |"));
    EXPECT_TRUE(lines[2].startsWith(QStringLiteral("| web\\|1 ü | 12% | "))) << lines[2].toStdString();
    EXPECT_EQ(lines[3], QStringLiteral("| db | – | – |"));
}

TEST(RowCopyTest, SecretsAreMaskedInEveryForm)
{
    RowCopy copy = sample();
    copy.columns.push_back({QStringLiteral("api_key"), QStringLiteral("Key"), false});
    copy.rows[0].push_back({QStringLiteral("abc123"), false, true, 4711});
    for (const RowCopyForm form : {RowCopyForm::Tsv, RowCopyForm::Json, RowCopyForm::Markdown}) {
        const QString text = encodeRows(copy, form);
        EXPECT_FALSE(text.contains(QStringLiteral("hunter2"))) << text.toStdString();
        EXPECT_FALSE(text.contains(QStringLiteral("abc123")));
        EXPECT_FALSE(text.contains(QStringLiteral("4711")));
        EXPECT_TRUE(text.contains(QStringLiteral("•••")));
    }
}

RC_GTEST_PROP(RowCopyProperty, TsvHasTheSameShapeWhateverTheTexts, (const std::vector<std::string>& texts))
{
    RowCopy copy;
    copy.columns = {{QStringLiteral("a"), QStringLiteral("A"), false},
                    {QStringLiteral("b"), QStringLiteral("B"), true}};
    for (const std::string& text : texts) {
        copy.rows.push_back({{QString::fromLatin1(text.c_str()), false, false, 0}, {{}, true, false, 0}});
    }
    const QStringList lines = encodeRows(copy, RowCopyForm::Tsv).split(u'\n');
    RC_ASSERT(lines.size() == static_cast<qsizetype>(texts.size()) + 2);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        RC_ASSERT(lines[i].count(u'\t') == 1);
    }
}
