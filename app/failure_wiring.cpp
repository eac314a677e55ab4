// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure_wiring.h"

#include "app/command_registry.h"
#include "app/desktop_notifier.h"
#include "app/failure_watch.h"
#include "app/settings_store.h"
#include "app/table_feed.h"
#include "views/fleet_page.h"
#include "views/icons.h"
#include "views/main_window.h"
#include "views/tray_badge.h"

#include <QGuiApplication>
#include <chrono>

namespace tracedeck {
namespace {

std::int64_t steadyMillis()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

FailureWiring::FailureWiring(SettingsStore& settings, MainWindow& window, QObject* parent)
    : QObject(parent),
      m_window(window),
      m_notifier(new DbusNotifier(this)),
      m_watch(new FailureWatch(settings, *m_notifier, steadyMillis, this))
{
    const auto show = [this](const QString& link) {
        m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
        m_window.show();
        m_window.raise();
        m_window.activateWindow();
        if (!link.isEmpty()) {
            Q_EMIT linkActivated(link);
        }
    };
    connect(m_watch, &FailureWatch::linkActivated, this, show);
    connect(m_watch, &FailureWatch::unseenChanged, this, [this](int count) {
        if (m_badge != nullptr) {
            m_badge->setCount(count);
        }
    });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) { m_watch->setWindowActive(state == Qt::ApplicationActive); });
    connect(&settings, &SettingsStore::changed, this, [this](const QString& path) {
        if (path.startsWith(QStringLiteral("notify."))) {
            applyEnabled();
        }
    });
    applyEnabled();
}

void FailureWiring::applyEnabled()
{
    if (m_badge == nullptr && m_watch->isEnabled()) {
        m_badge = new TrayBadge(applicationIcon(), this);
        connect(m_badge, &TrayBadge::activated, m_watch, [this] { Q_EMIT m_watch->linkActivated(QString()); });
    }
    if (m_badge != nullptr) {
        m_badge->setShown(m_watch->isEnabled());
    }
}

void FailureWiring::add(const FleetPage& page, const TableFeed& feed)
{
    connect(&feed, &TableFeed::rowsCrossed, m_watch,
            [this, id = page.pageId()](const TableSnapshot& snapshot, const std::vector<RowCrossing>& crossings) {
                m_watch->take(id, snapshot, crossings);
            });
}

QString FailureWiring::currentView() const
{
    const auto* page = qobject_cast<const FleetPage*>(m_window.currentPage());
    if (page == nullptr) {
        return {};
    }
    return page->choice().view.isEmpty() ? page->pageId() : page->pageId() + u'/' + page->choice().view;
}

bool FailureWiring::isChecked(const QString& command) const
{
    if (command == QStringLiteral("notify.failures")) {
        return m_watch->isEnabled();
    }
    return command == QStringLiteral("notify.mute") && m_watch->isMuted(currentView());
}

void FailureWiring::addCommands(CommandRegistry& commands)
{
    commands.add(QStringLiteral("notify.failures"), [this] {
        m_watch->setEnabled(!m_watch->isEnabled());
        m_window.notice(m_watch->isEnabled() ? tr("The desktop tells of new failures while this window is not in use")
                                             : tr("No notifications any more"));
    });
    commands.add(QStringLiteral("notify.mute"), [this] {
        const QString view = currentView();
        if (view.isEmpty()) {
            m_window.notice(tr("Nothing on this page notifies"));
            return;
        }
        m_watch->setMuted(view, !m_watch->isMuted(view));
        m_window.notice(m_watch->isMuted(view) ? tr("Failures in %1 stay silent").arg(view)
                                               : tr("Failures in %1 notify again").arg(view));
    });
}

} // namespace tracedeck
