// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tracedeck {

class LocalFileReader;

/// Whether there is a reason to look less often: nobody touched keyboard or mouse in this program for
/// kIdleAfterNs, or the machine runs on its battery. Looks every kLookEveryMs; the battery is asked on a worker.
class AttentionWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::int64_t kIdleAfterNs = std::int64_t{5} * 60 * 1'000'000'000;
    static constexpr int kLookEveryMs = 30'000;

    /// `root` is where /sys lies ("/" on a live machine); `steadyNs` a monotonic clock.
    AttentionWatch(const std::string& root, std::function<std::int64_t()> steadyNs, QObject* parent = nullptr);
    ~AttentionWatch() override;

    /// What the timer does.
    void look();
    [[nodiscard]] bool isIdle() const noexcept { return m_idle; }
    [[nodiscard]] bool isOnBattery() const noexcept { return m_onBattery; }

Q_SIGNALS:
    void idleChanged(bool idle);
    void onBatteryChanged(bool onBattery);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setIdle(bool idle);
    void setOnBattery(bool onBattery);

    std::function<std::int64_t()> m_steadyNs;
    std::shared_ptr<LocalFileReader> m_files; ///< used by one worker at a time
    QTimer m_timer;
    std::int64_t m_lastInputNs;
    bool m_asking = false;
    bool m_idle = false;
    bool m_onBattery = false;
};

} // namespace tracedeck
