// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/view_export.h"

#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/grouped_table_view.h"

#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

class ViewExport : public testing::Test {
protected:
    ViewExport() : m_model(workloadColumns())
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1100, 400);
    }
    [[nodiscard]] QString pathOf(const QString& name) const { return m_directory.filePath(name); }
    [[nodiscard]] static QByteArray bytesOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static std::vector<sample::Workload> twoNodes()
    {
        auto rows = sample::fleet(4);
        for (std::size_t i = 0; i < 4; ++i) {
            rows[i].node = i < 3 ? "alpha" : "beta";
        }
        return rows;
    }
    QTemporaryDir m_directory;
    GroupedTableModel m_model;
    GroupedTableView m_view;
};

TEST_F(ViewExport, WritesTheColumnsInSightInTheirOrder)
{
    sample::show(m_model, sample::fleet(3));
    m_view.setColumnPlace(QStringLiteral("memory"), 0);
    m_view.setColumnWanted(QStringLiteral("status"), false);
    const RowCopy rows = rowsInView(m_view);
    ASSERT_EQ(rows.rows.size(), 3U);
    EXPECT_EQ(rows.columns[0].id, QStringLiteral("name"));
    EXPECT_EQ(rows.columns[1].id, QStringLiteral("memory"));
    for (const RowCopy::Column& column : rows.columns) {
        EXPECT_NE(column.id, QStringLiteral("status"));
    }
}

TEST_F(ViewExport, NamesTheGroupOfEachRowAndLeavesCollapsedOnesOut)
{
    sample::show(m_model, twoNodes(), true, {makeGroupKey("node", "beta")});
    const RowCopy rows = rowsInView(m_view);
    ASSERT_EQ(rows.rows.size(), 3U);
    EXPECT_EQ(rows.columns[0].id, QStringLiteral("group"));
    EXPECT_EQ(rows.rows[2][0].text, QStringLiteral("alpha"));
}

TEST_F(ViewExport, TheNameOfTheFileDecidesTheForm)
{
    sample::show(m_model, sample::fleet(2));
    EXPECT_TRUE(writeRows(rowsInView(m_view), pathOf(QStringLiteral("a.csv"))).startsWith(QStringLiteral("2 rows")));
    EXPECT_TRUE(bytesOf(pathOf(QStringLiteral("a.csv"))).startsWith("name,"));
    (void)writeRows(rowsInView(m_view), pathOf(QStringLiteral("a.JSON")));
    const QJsonArray array = QJsonDocument::fromJson(bytesOf(pathOf(QStringLiteral("a.JSON")))).array();
    ASSERT_EQ(array.size(), 2);
    EXPECT_EQ(array.at(0).toObject().value(u"name").toString(), QStringLiteral("workload-1"));
}

TEST_F(ViewExport, AFolderThatIsNotThereIsSaidAndNothingWritten)
{
    sample::show(m_model, sample::fleet(1));
    const QString said = writeRows(rowsInView(m_view), pathOf(QStringLiteral("nowhere/a.csv")));
    EXPECT_TRUE(said.startsWith(QStringLiteral("Not written: "))) << said.toStdString();
}

TEST_F(ViewExport, TheDialogWritesWhatIsInViewWhenItIsAccepted)
{
    sample::show(m_model, sample::fleet(2));
    QString said;
    m_view.setAccessibleName(QStringLiteral("Backup and mail"));
    exportView(&m_view, true, [&said](const QString& text) { said = text; });
    auto* dialog = m_view.findChild<QFileDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->selectedFiles().value(0).endsWith(QStringLiteral("/backup-and-mail.json"))) << "a name to take";
    Q_EMIT dialog->filterSelected(dialog->nameFilters().at(0));
    EXPECT_TRUE(dialog->selectedFiles().value(0).endsWith(QStringLiteral("/backup-and-mail.csv")));
    Q_EMIT dialog->fileSelected(pathOf(QStringLiteral("b.json")));
    dialog->close();
    EXPECT_TRUE(said.contains(QStringLiteral("b.json")));
    EXPECT_FALSE(bytesOf(pathOf(QStringLiteral("b.json"))).isEmpty());
}

} // namespace
} // namespace tracedeck
