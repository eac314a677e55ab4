// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure_watch.h"

#include "app/desktop_notifier.h"
#include "app/settings_store.h"
#include "core/workload_table.h"
#include "selectors/row_failures.h"

#include <QJsonArray>
#include <QStringList>
#include <algorithm>
#include <unordered_set>
#include <utility>

namespace tracedeck {
namespace {

const QString kFailuresPath = QStringLiteral("notify.failures");
const QString kMutedPath = QStringLiteral("notify.muted");

/// The kind segment a workload is found under.
QString kindOf(WorkloadType type)
{
    switch (type) {
    case WorkloadType::Vm:
        return QStringLiteral("vm");
    case WorkloadType::SystemContainer:
    case WorkloadType::AppContainer:
        return QStringLiteral("container");
    case WorkloadType::Pod:
        return QStringLiteral("pod");
    default:
        return QStringLiteral("unit");
    }
}

QString poolText(const StringPool& strings, StringId id)
{
    const std::string_view text = strings.view(id);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

FailureWatch::FailureWatch(SettingsStore& settings, DesktopNotifier& notifier, std::function<std::int64_t()> steadyMs,
                           QObject* parent)
    : QObject(parent), m_settings(settings), m_notifier(notifier), m_steadyMs(std::move(steadyMs))
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &FailureWatch::tellWhenAllowed);
    connect(&notifier, &DesktopNotifier::activated, this, [this] {
        if (!m_told.empty()) {
            const Failure& first = m_told.front();
            const QString what = m_told.size() == 1 ? QStringLiteral("row=") + QString::number(first.key, 16)
                                                    : QStringLiteral("status=stopped");
            Q_EMIT linkActivated(QStringLiteral("tracedeck://%1?%2").arg(first.page, what));
        }
    });
}

bool FailureWatch::isEnabled() const
{
    return m_settings.value(kFailuresPath, false).toBool();
}

void FailureWatch::setEnabled(bool on)
{
    m_settings.setValue(kFailuresPath, on);
    if (!on) {
        m_waiting.clear();
        m_later.stop();
        m_notifier.close();
        setUnseen(0);
    }
}

bool FailureWatch::isMuted(const QString& view) const
{
    return m_settings.value(kMutedPath).toArray().contains(view);
}

void FailureWatch::setMuted(const QString& view, bool muted)
{
    QJsonArray views;
    for (const QJsonValue& kept : m_settings.value(kMutedPath).toArray()) {
        if (kept.toString() != view) {
            views.append(kept);
        }
    }
    if (muted) {
        views.append(view);
    }
    m_settings.setValue(kMutedPath, views);
}

void FailureWatch::take(const QString& page, const TableSnapshot& snapshot, const std::vector<RowCrossing>& crossings)
{
    if (!isEnabled() || m_active) {
        return;
    }
    forgetRecovered(crossings); // whatever crossed now is judged anew below
    if (const auto* workloads = snapshot.table<WorkloadTable>()) {
        for (const std::uint32_t row : failedRows(*workloads, crossings)) {
            if (!isMuted(page) && !isMuted(page + u'/' + kindOf(workloads->type[row]))) {
                m_waiting.push_back({workloads->keys[row], poolText(workloads->strings, workloads->name[row]), page});
            }
        }
    } else if (const auto* hosts = snapshot.table<InfrastructureTable>()) {
        for (const std::uint32_t row : failedRows(*hosts, crossings)) {
            if (!isMuted(page)) {
                m_waiting.push_back({hosts->keys[row], poolText(hosts->strings, hosts->name[row]), page});
            }
        }
    }
    tellWhenAllowed();
}

void FailureWatch::forgetRecovered(const std::vector<RowCrossing>& crossings)
{
    std::unordered_set<RowKey> crossed;
    for (const RowCrossing& crossing : crossings) {
        if ((crossing.what & kStatusCrossed) != 0) {
            crossed.insert(crossing.key);
        }
    }
    m_waiting.erase(std::remove_if(m_waiting.begin(), m_waiting.end(),
                                   [&](const Failure& failure) { return crossed.count(failure.key) != 0; }),
                    m_waiting.end());
}

void FailureWatch::tellWhenAllowed()
{
    if (m_waiting.empty()) {
        return;
    }
    const std::int64_t pauseMs = kPauseMs - (m_steadyMs() - m_lastMs);
    if (pauseMs <= 0) {
        tell();
    } else if (!m_later.isActive()) {
        m_later.start(static_cast<int>(pauseMs));
    }
}

void FailureWatch::tell()
{
    constexpr std::size_t kNamed = 4;
    m_lastMs = m_steadyMs();
    m_told = std::exchange(m_waiting, {});
    QStringList names;
    for (std::size_t i = 0; i < std::min(kNamed, m_told.size()); ++i) {
        names.append(m_told[i].name);
    }
    const QString list = names.join(QStringLiteral(", "));
    const auto count = static_cast<int>(m_told.size());
    const auto rest = count - static_cast<int>(names.size());
    m_notifier.show(count == 1 ? tr("%1 failed").arg(list) : tr("%1 rows failed").arg(count),
                    count == 1      ? tr("It is down or stopped. Click to see it.")
                        : rest == 0 ? list
                                    : tr("%1 and %2 more").arg(list).arg(rest));
    setUnseen(m_unseen + count);
}

void FailureWatch::setWindowActive(bool active)
{
    m_active = active;
    if (active) {
        m_waiting.clear();
        m_later.stop();
        m_notifier.close();
        setUnseen(0);
    }
}

void FailureWatch::setUnseen(int failures)
{
    if (failures != m_unseen) {
        m_unseen = failures;
        Q_EMIT unseenChanged(failures);
    }
}

} // namespace tracedeck
