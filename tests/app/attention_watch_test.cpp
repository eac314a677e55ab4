// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/attention_watch.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class Attention : public testing::Test {
protected:
    void supply(const char* file, const char* text)
    {
        const QString folder = m_root.filePath(QStringLiteral("sys/class/power_supply/BAT0"));
        QDir().mkpath(folder);
        QFile out(folder + u'/' + QString::fromLatin1(file));
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(text);
    }

    QTemporaryDir m_root;
    std::int64_t m_nowNs = 1;
    AttentionWatch m_watch{m_root.path().toStdString(), [this] { return m_nowNs; }};
};

} // namespace

TEST_F(Attention, nobodyTouchingTheProgramForFiveMinutesIsIdleAndOneKeyEndsIt)
{
    QSignalSpy told(&m_watch, &AttentionWatch::idleChanged);
    m_nowNs += AttentionWatch::kIdleAfterNs - 1;
    m_watch.look();
    EXPECT_FALSE(m_watch.isIdle());
    m_nowNs += 1;
    m_watch.look();
    m_watch.look();
    EXPECT_TRUE(m_watch.isIdle());
    QWidget widget;
    QTest::keyClick(&widget, Qt::Key_J);
    EXPECT_FALSE(m_watch.isIdle()) << "at once, not at the next look";
    m_nowNs += AttentionWatch::kIdleAfterNs / 2;
    m_watch.look();
    EXPECT_FALSE(m_watch.isIdle()) << "the time counts from the last key";
    EXPECT_EQ(told.count(), 2);
}

TEST_F(Attention, theBatteryIsAskedInTheBackground)
{
    QSignalSpy told(&m_watch, &AttentionWatch::onBatteryChanged);
    supply("type", "Battery\n");
    supply("status", "Discharging\n");
    m_watch.look();
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_watch.isOnBattery(); }));
    supply("status", "Charging\n");
    m_watch.look();
    EXPECT_TRUE(QTest::qWaitFor([this] { return !m_watch.isOnBattery(); }));
    EXPECT_EQ(told.count(), 2);
}
