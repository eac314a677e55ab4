// SPDX-License-Identifier: GPL-3.0-or-later
// The window starts whatever stands in the files it kept, keeps them for whoever wants to look, and says so.
#include "app/history_keeper.h"
#include "core/log.h"
#include "tests/app/flow_fixture.h"
#include "views/status_strip.h"

#include <QFile>
#include <algorithm>

namespace tracedeck::tests {
namespace {

class DamagedFiles : public FlowFixture {
protected:
    void SetUp() override { prepare(); }
    [[nodiscard]] QString file(const char* name) const { return m_dir.filePath(QString::fromUtf8(name)); }
    void put(const char* name, const QByteArray& bytes) const
    {
        QFile out(file(name));
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    [[nodiscard]] QByteArray bytesOf(const char* name) const
    {
        QFile in(file(name));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("none");
    }
    [[nodiscard]] static bool isSaid(const char* name)
    {
        const auto lines = Log::recentLines();
        return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.find("kept as " + std::string(name)) != std::string::npos;
        });
    }
    void close() { m_app.reset(); }
};

TEST_F(DamagedFiles, ForeignBytesArePutAsideAndTheWindowWorks)
{
    put("snapshot.cache", "these are no rows");
    put("history.ring", "this is no history, but long enough for a head");
    open();
    EXPECT_EQ(names().size(), 40);
    EXPECT_EQ(bytesOf("snapshot.cache.corrupt"), QByteArray("these are no rows"));
    EXPECT_TRUE(isSaid("snapshot.cache.corrupt"));
    ASSERT_TRUE(QTest::qWaitFor([] { return isSaid("history.ring.corrupt"); }));
    EXPECT_EQ(bytesOf("history.ring.corrupt"), QByteArray("this is no history, but long enough for a head"));
    const QString notice = window().findChild<StatusStrip*>()->noticeText();
    EXPECT_TRUE(notice.contains(QStringLiteral(".corrupt"))) << notice.toStdString();
    close();
    open(); // and what this run kept is read by the next
    EXPECT_EQ(bytesOf("snapshot.cache.corrupt"), QByteArray("these are no rows")) << "not written over";
}

TEST_F(DamagedFiles, CutFilesNeverKeepTheWindowFromStarting)
{
    open();
    close();
    const QByteArray snapshot = bytesOf("snapshot.cache");
    const QByteArray history = bytesOf("history.ring");
    ASSERT_GT(snapshot.size(), 100);
    ASSERT_GE(history.size(), 16);
    for (const double part : {0.0, 0.1, 0.5, 0.99}) {
        QFile::remove(file("snapshot.cache.corrupt"));
        const auto cut = static_cast<qsizetype>(part * static_cast<double>(snapshot.size()));
        put("snapshot.cache", snapshot.left(cut));
        put("history.ring", history.left(static_cast<qsizetype>(part * static_cast<double>(history.size()))));
        open();
        EXPECT_EQ(names().size(), 40) << part;
        EXPECT_EQ(bytesOf("snapshot.cache.corrupt"), snapshot.left(cut)) << part;
        close();
        EXPECT_EQ(bytesOf("snapshot.cache").size(), snapshot.size()) << "kept anew";
    }
}

} // namespace
} // namespace tracedeck::tests
