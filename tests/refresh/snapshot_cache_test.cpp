// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/snapshot_cache.h"

#include "refresh/fleet_merge.h"
#include "scripted_fleet.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

namespace tracedeck {
namespace {

class SnapshotCacheTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "tracedeck_snapshot_XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    [[nodiscard]] std::string path() const { return (m_folder / "last-snapshot").string(); }
    void write(const std::string& bytes) const { std::ofstream(path(), std::ios::binary) << bytes; }

    std::filesystem::path m_folder;
};

FleetSnapshot twoSources()
{
    FleetMerge merge;
    FleetSnapshot snapshot = merge.merge({snapshotOf("a", 2, 1.5), snapshotOf("b", 3, 2)});
    snapshot.warnings.push_back({"3 things", 3});
    return snapshot;
}

TEST_F(SnapshotCacheTest, WhatIsWrittenIsReadBackEqual)
{
    const FleetSnapshot before = twoSources();
    ASSERT_TRUE(writeSnapshotCache(path(), before).ok());
    const auto after = readSnapshotCache(path());
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(*after->infrastructure, *before.infrastructure);
    EXPECT_EQ(*after->workloads, *before.workloads);
    EXPECT_EQ(after->warnings, before.warnings);
    EXPECT_EQ(after->volatileFields.sampledAtNs, 123);
    struct stat status { };
    ASSERT_EQ(stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_FALSE(std::filesystem::exists(path() + ".new"));
}

TEST_F(SnapshotCacheTest, EmptyAndNullSectionsAreEmptyTables)
{
    ASSERT_TRUE(writeSnapshotCache(path(), {}).ok());
    EXPECT_EQ(readSnapshotCache(path())->workloads->rows(), 0U);
}

TEST_F(SnapshotCacheTest, MissingNewerAndForeignFilesAreToldApart)
{
    EXPECT_EQ(readSnapshotCache(path()).error().code, ErrorCode::NotFound);
    std::string bytes = encodeSnapshot(twoSources());
    bytes[7] = 2;
    write(bytes);
    EXPECT_EQ(readSnapshotCache(path()).error().code, ErrorCode::NewerVersion);
    write("");
    EXPECT_EQ(readSnapshotCache(path()).error().code, ErrorCode::Corrupt);
    std::filesystem::remove(path());
    std::filesystem::create_directory(path());
    EXPECT_EQ(readSnapshotCache(path()).error().code, ErrorCode::Corrupt);
    EXPECT_FALSE(writeSnapshotCache(path(), {}).ok());
    EXPECT_EQ(writeSnapshotCache((m_folder / "no" / "x").string(), {}).error().code, ErrorCode::NotFound);
}

TEST_F(SnapshotCacheTest, AFailedWriteKeepsTheOldFile)
{
    ASSERT_TRUE(writeSnapshotCache(path(), twoSources()).ok());
    std::filesystem::create_directory(path() + ".new"); // the temporary name is taken
    EXPECT_FALSE(writeSnapshotCache(path(), {}).ok());
    EXPECT_EQ(readSnapshotCache(path())->infrastructure->rows(), 5U);
}

TEST(SnapshotCodec, AnyCutOrFlippedBitIsRefused)
{
    const std::string bytes = encodeSnapshot(twoSources());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ASSERT_FALSE(decodeSnapshot(std::string_view(bytes).substr(0, length)).ok()) << length;
    }
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        ASSERT_FALSE(decodeSnapshot(changed).ok()) << at;
    }
    EXPECT_FALSE(decodeSnapshot(bytes + "x").ok());
}

} // namespace
} // namespace tracedeck
