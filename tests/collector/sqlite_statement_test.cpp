// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/sqlite_statement.h"

#include "collector/data_directory.h"
#include "collector/store_counters.h"
#include "collector/store_schema.h"
#include "store_fixture.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <limits>

namespace tracedeck::test {
namespace {

class Sqlite : public testing::Test {
protected:
    void SetUp() override
    {
        auto opened = Database::open(path(), Database::Mode::Create);
        ASSERT_TRUE(opened.ok());
        database = std::make_unique<Database>(std::move(opened).value());
        ASSERT_TRUE(database->execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)").ok());
    }
    std::string path() const { return m_directory.file("x.db"); }
    std::unique_ptr<Database> database;

private:
    TemporaryDirectory m_directory;
};

TEST_F(Sqlite, KeepsEveryNumberTextAndByte)
{
    Result<Statement> put = database->prepare("INSERT INTO t(id, a, b) VALUES(?, ?, ?)");
    ASSERT_TRUE(put.ok());
    const std::string blob("a\0b\xff", 4);
    constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
    ASSERT_TRUE(put.value().bind(1, kLargest).bindText(2, "ä\xc3\xb6").bindBlob(3, blob).run());
    ASSERT_TRUE(put.value().bind(1, -5).bindText(2, "").bindBlob(3, "").run());
    ASSERT_TRUE(put.value().bind(1, 0).bindNull(2).bindNull(3).run());
    Result<Statement> rows = database->prepare("SELECT id, a, b, typeof(b) FROM t ORDER BY id DESC");
    Statement& row = rows.value();
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), kLargest);
    EXPECT_EQ(row.text(1), "ä\xc3\xb6");
    EXPECT_EQ(row.blob(2), blob);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(1), ""); // NULL reads as empty
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(3), "blob"); // an empty blob is not NULL
    EXPECT_FALSE(row.next());
    EXPECT_TRUE(row.ended());
}

TEST_F(Sqlite, SaysWhatFailed)
{
    EXPECT_FALSE(database->execute("NO SQL").ok());
    EXPECT_FALSE(database->prepare("SELECT missing FROM t").ok());
    Result<Statement> put = database->prepare("INSERT INTO t(id) VALUES(1)");
    ASSERT_TRUE(put.value().run());
    EXPECT_FALSE(put.value().run()); // the key is taken
    const Error failure = database->failure("store a row");
    EXPECT_NE(failure.what.find("store a row"), std::string::npos);
    ASSERT_TRUE(database->execute("DELETE FROM t").ok());
    EXPECT_TRUE(put.value().run()); // usable after a failure
}

TEST_F(Sqlite, CachedStatementsAreTheSameOne)
{
    const Result<Statement*> first = database->cached("SELECT 1");
    const Result<Statement*> second = database->cached("SELECT 1");
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(*first, *second);
    EXPECT_EQ(*database->integerOf("SELECT 41 + 1"), 42);
    EXPECT_EQ(*database->integerOf("SELECT id FROM t"), 0); // no row
    EXPECT_FALSE(database->integerOf("SELECT").ok());
}

TEST_F(Sqlite, AReaderCannotWriteAndAFileThatIsNotThereIsNotMade)
{
    Result<Database> reader = Database::open(path(), Database::Mode::Read);
    ASSERT_TRUE(reader.ok());
    EXPECT_FALSE(reader.value().execute("INSERT INTO t(id) VALUES(1)").ok());
    EXPECT_FALSE(Database::open(path() + ".none", Database::Mode::Read).ok());
    EXPECT_FALSE(std::filesystem::exists(path() + ".none"));
}

TEST_F(Sqlite, AnUnfinishedReadHoldsNoTransactionAfterItsScope)
{
    ASSERT_TRUE(database->execute("INSERT INTO t(id) VALUES(1), (2)").ok());
    Result<Statement> rows = database->prepare("SELECT id FROM t");
    {
        const StatementScope scope(rows.value());
        ASSERT_TRUE(rows.value().next());
        EXPECT_FALSE(database->execute("DROP TABLE t").ok()); // the read is under way
    }
    EXPECT_TRUE(database->execute("DROP TABLE t").ok());
}

TEST(StoreCounters, ComeBackAsTheyWereStored)
{
    const TemporaryDirectory directory;
    Result<Database> database = openStoreDatabase(directory.file("traces.db"), true);
    ASSERT_TRUE(database.ok());
    EXPECT_EQ(*loadCounters(database.value()), StoreCounters());
    const StoreCounters counters{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    ASSERT_TRUE(storeCounters(database.value(), counters).ok());
    EXPECT_EQ(*loadCounters(database.value()), counters);
}

TEST(DataDirectory, IsMadePrivateWithItsParents)
{
    const TemporaryDirectory directory;
    const std::string deep = directory.file("a/b/c");
    ASSERT_TRUE(prepareDataDirectory(deep).ok());
    struct stat facts { };
    ASSERT_EQ(::stat(deep.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
    ::chmod(deep.c_str(), 0755);
    ASSERT_TRUE(prepareDataDirectory(deep + "/").ok());
    ASSERT_EQ(::stat(deep.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
    std::ofstream(directory.file("file")) << "x";
    EXPECT_FALSE(prepareDataDirectory(directory.file("file")).ok());
    EXPECT_FALSE(prepareDataDirectory(directory.file("file/below")).ok());
}

TEST(UncleanMarker, TellsWhetherTheLastRunEnded)
{
    const TemporaryDirectory directory;
    UncleanMarker marker(directory.path());
    EXPECT_FALSE(*marker.set());
    EXPECT_TRUE(*marker.set());
    marker.remove();
    EXPECT_FALSE(*marker.set());
    EXPECT_FALSE(UncleanMarker("/proc/nowhere").set().ok());
}

} // namespace
} // namespace tracedeck::test
