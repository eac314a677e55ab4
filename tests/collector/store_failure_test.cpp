// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_schema.h"
#include "collector/trace_store_impl.h"
#include "tests/collector/summary_model.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tracedeck::test {
namespace {

std::string contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void overwrite(const std::string& path, std::size_t at, const std::string& bytes)
{
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file << bytes;
}

/// A directory with a good database of a few traces.
void fillDirectory(const std::string& dataDir, std::uint64_t traces = 3)
{
    StoreFixture fixture(dataDir);
    for (std::uint64_t i = 1; i <= traces; ++i) {
        ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(i), 1}})));
    }
}

ErrorCode openingGives(const std::string& dataDir)
{
    StoreOptions options;
    options.dataDir = dataDir;
    const Result<std::unique_ptr<TraceStore>> opened = TraceStore::open(options);
    return opened ? ErrorCode::Internal : opened.error().code;
}

class DamagedFile : public ::testing::Test {
protected:
    void SetUp() override { fillDirectory(dataDir); }

    /// Opening refuses with `expected` and leaves every byte as it was.
    void expectRefused(ErrorCode expected)
    {
        const std::string before = contentOf(database);
        EXPECT_EQ(openingGives(dataDir), expected);
        EXPECT_EQ(contentOf(database), before);
        EXPECT_FALSE(std::filesystem::exists(database + "-wal"));
    }

    TemporaryDirectory directory;
    std::string dataDir = directory.file("data");
    std::string database = dataDir + "/traces.db";
};

TEST_F(DamagedFile, ofANewerReleaseIsLeftUntouched)
{
    overwrite(database, 60, std::string("\0\0\0\x63", 4));
    expectRefused(ErrorCode::NewerVersion);
}

TEST_F(DamagedFile, ofAnotherProgramIsLeftUntouched)
{
    overwrite(database, 68, "Four");
    expectRefused(ErrorCode::Corrupt);
}

TEST_F(DamagedFile, thatIsNoDatabaseIsLeftUntouched)
{
    overwrite(database, 0, "<!DOCTYPE html>");
    expectRefused(ErrorCode::Corrupt);
}

TEST_F(DamagedFile, thatIsCutShortIsLeftUntouched)
{
    std::filesystem::resize_file(database, std::filesystem::file_size(database) / 2);
    expectRefused(ErrorCode::Corrupt);
}

TEST_F(DamagedFile, isFoundByTheCheckAfterAnUncleanEnd)
{
    // Damage the pages behind the first ones, so that opening works.
    const std::string old = contentOf(database);
    for (std::size_t page = 6; page * 4096 < old.size(); ++page) {
        overwrite(database, page * 4096, std::string(4096, '\x5A'));
    }
    const std::string damaged = contentOf(database);
    std::ofstream(dataDir + "/unclean").put('\n');
    StoreOptions options;
    options.dataDir = dataDir;
    Result<std::unique_ptr<TraceStore>> opened = TraceStore::open(options);
    if (!opened) {
        EXPECT_EQ(opened.error().code, ErrorCode::Corrupt);
        return;
    }
    TraceStore& store = *opened.value();
    while (store.status().problem.empty()) {
        std::this_thread::yield(); // the check runs beside the start; the test's time limit ends a miss
    }
    EXPECT_NE(store.status().problem.find("damaged"), std::string::npos);
    IngestPipeline pipeline(store, {});
    ErrorCode code = ErrorCode::Internal;
    pipeline.submit(
        {OtlpSignal::Traces, OtlpEncoding::Protobuf, traceBody({{traceIdOf(50), 1}})},
        [&](Result<IngestOutcome> outcome) { code = outcome ? ErrorCode::Internal : outcome.error().code; });
    pipeline.stop();
    EXPECT_EQ(code, ErrorCode::Corrupt);
    EXPECT_EQ(contentOf(database), damaged);
}

TEST(StoreFailure, anEmptyFileIsStartedAnew)
{
    TemporaryDirectory directory;
    std::filesystem::create_directory(directory.file("data"));
    std::ofstream(directory.file("data/traces.db")).flush();
    StoreFixture fixture(directory.file("data"));
    EXPECT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
}

TEST(StoreFailure, aPathThatCannotBecomeADirectoryIsSaid)
{
    TemporaryDirectory directory;
    std::ofstream(directory.file("file")).put('x');
    EXPECT_EQ(openingGives(directory.file("file")), ErrorCode::ReadOnly);
    EXPECT_EQ(openingGives(directory.file("file/below")), ErrorCode::ReadOnly);
}

TEST(StoreFailure, aReadOnlyDirectoryIsRefusedAndUntouched)
{
    TemporaryDirectory directory;
    ::chmod(directory.path().c_str(), 0755);
    fillDirectory(directory.file("data"));
    const std::string before = contentOf(directory.file("data/traces.db"));
    ::chmod(directory.file("data").c_str(), 0500);
    const pid_t child = ::fork();
    if (child == 0) {
        // Root may write everywhere: be nobody who owns the directory.
        const bool mayDrop = ::geteuid() != 0
            || (::chown(directory.file("data").c_str(), 65534, 65534) == 0 && ::setgid(65534) == 0
                && ::setuid(65534) == 0);
        ::_exit(!mayDrop || openingGives(directory.file("data")) == ErrorCode::ReadOnly ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ::chmod(directory.file("data").c_str(), 0700);
    EXPECT_EQ(contentOf(directory.file("data/traces.db")), before);
}

TEST(StoreFailure, aFullDiskIsSaidRetryableAndPassesWhenThereIsRoomAgain)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
    const auto limitPages = [&](const std::string& pages) {
        fixture.store().impl().writer->runAndWait(
            [&](WriterState& state) { EXPECT_TRUE(state.database.execute("PRAGMA max_page_count=" + pages)); });
    };
    limitPages("1"); // SQLite takes the present size as the least
    std::vector<SpanSpec> spans;
    for (std::uint64_t i = 0; i < 2'000; ++i) {
        spans.push_back({traceIdOf(100 + i), 1, 0, 1, 2, "s", "n" + traceIdOf(i).toHex()});
    }
    const std::string body = traceBody(spans);
    const Result<IngestOutcome> refused = fixture.submitTraces(body);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StorageFull);
    EXPECT_TRUE(refused.error().retryable);
    EXPECT_NE(fixture.store().status().problem.find("full"), std::string::npos);
    EXPECT_EQ(fixture.store().status().spans, 1U);
    EXPECT_EQ(fixture.store().listTraces({})->traces.rows(), 1U); // reading goes on
    limitPages("100000");
    const Result<IngestOutcome> stored = fixture.submitTraces(body);
    ASSERT_TRUE(stored);
    EXPECT_FALSE(stored->duplicate); // the refused one was not remembered
    EXPECT_TRUE(fixture.store().status().problem.empty());
    EXPECT_EQ(fixture.store().status().spans, 2'001U);
    expectSummariesMatchSpans(fixture);
}

TEST(StoreMigration, stepsForwardWithABackupAndStopsAtTheFailingStep)
{
    TemporaryDirectory directory;
    const std::string path = directory.file("m.db");
    Result<Database> database = Database::open(path, Database::Mode::Create);
    ASSERT_TRUE(database);
    const StoreMigration steps[] = {{"CREATE TABLE a(x);INSERT INTO a VALUES(7);"},
                                    {"ALTER TABLE a ADD COLUMN y;"},
                                    {"CREATE TABLE b(x); INSERT INTO nowhere VALUES(1);"}};
    ASSERT_TRUE(migrateStore(database.value(), path, std::span(steps, 1)));
    EXPECT_FALSE(std::filesystem::exists(path + ".v0.backup"));
    EXPECT_EQ(*database.value().integerOf("PRAGMA application_id"), kStoreApplicationId);
    ASSERT_FALSE(migrateStore(database.value(), path, steps));
    EXPECT_EQ(*database.value().integerOf("PRAGMA user_version"), 2);
    EXPECT_EQ(*database.value().integerOf("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    Result<Database> backup = Database::open(path + ".v1.backup", Database::Mode::Read);
    ASSERT_TRUE(backup);
    EXPECT_EQ(*backup.value().integerOf("PRAGMA user_version"), 1);
    EXPECT_EQ(*backup.value().integerOf("SELECT x FROM a"), 7);
    EXPECT_EQ(migrateStore(database.value(), path, std::span(steps, 1)).error().code, ErrorCode::NewerVersion);
}

TEST(StoreMigration, aNewDatabaseVacuumsInSteps)
{
    StoreFixture fixture;
    fixture.store().impl().writer->runAndWait([](WriterState& state) {
        EXPECT_EQ(*state.database.integerOf("PRAGMA auto_vacuum"), 2);
        EXPECT_EQ(*state.database.integerOf("PRAGMA synchronous"), 1);
        EXPECT_EQ(*state.database.integerOf("PRAGMA user_version"),
                  static_cast<std::int64_t>(storeMigrations().size()));
    });
    fixture.options.fullSync = true;
    fixture.reopen();
    fixture.store().impl().writer->runAndWait(
        [](WriterState& state) { EXPECT_EQ(*state.database.integerOf("PRAGMA synchronous"), 2); });
}

TEST(StoreMarker, staysWhileOpenAndGoesWithACleanEnd)
{
    StoreFixture fixture;
    EXPECT_TRUE(std::filesystem::exists(fixture.options.dataDir + "/unclean"));
    fixture.close();
    EXPECT_FALSE(std::filesystem::exists(fixture.options.dataDir + "/unclean"));
}

} // namespace
} // namespace tracedeck::test
