// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connection_wiring.h"

#include "app/inspect_text.h"
#include "app/log_controller.h"
#include "app/open_with.h"
#include "app/secret_store.h"
#include "app/sources_controller.h"
#include "core/error_text.h"
#include "views/fleet_page.h"
#include "views/log_panel.h"
#include "views/log_view.h"
#include "views/main_window.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QPointer>
#include <QProcess>

namespace tracedeck {

ConnectionWiring::ConnectionWiring(Poller& poller, QThread& ioThread, SettingsStore& settings,
                                   const QString& secretFile, MainWindow& window,
                                   const std::function<std::int64_t()>& clock, QObject* parent)
    : QObject(parent),
      m_window(window),
      m_secrets(new SecretStore(secretFile, !secretFile.isEmpty(), this)),
      m_set(new ConnectionSet(poller, ioThread, settings, *m_secrets, this)),
      m_dialog(new SourcesController(*m_set, *m_secrets, poller, ioThread, clock, &window, this))
{
    connect(m_dialog, &SourcesController::noticed, &m_window, &MainWindow::notice);
}

ConnectionWiring::~ConnectionWiring() = default;

void ConnectionWiring::addPage(FleetPage& page)
{
    auto* log = new LogController(
        *page.logPanel(), [this](const QString& id) { return m_set->accessFor(id); }, this);
    connect(&page, &FleetPage::logRequested, this,
            [this, &page, log](const QString& id, const QString& title) { openLog(page, *log, id, title); });
    connect(&page, &FleetPage::logClosed, log, &LogController::close);
    connect(&page, &FleetPage::inspectRequested, this, [this, &page](const QString& id) { inspect(page, id); });
    connect(&page, &FleetPage::openRequested, this, &ConnectionWiring::openElsewhere);
}

void ConnectionWiring::openElsewhere(const QJsonObject& row, const QString& source)
{
    const ConnectionSpec* spec = nullptr;
    const QString containerId = row.value(u"containerId").toString();
    if (!containerId.isEmpty()) {
        (void)m_set->accessFor(containerId, &spec);
    }
    if (spec == nullptr || spec->openWith.isEmpty()) {
        spec = openerOf(m_set->connections(), source, row.value(u"details").toObject().value(u"Seen by").toString());
    }
    const QStringList argv = spec == nullptr ? QStringList() : filledTemplate(spec->openWith, row, spec->address);
    if (!argv.isEmpty()) {
        const bool started = QProcess::startDetached(argv.first(), argv.mid(1));
        m_window.notice(started ? tr("Opened with %1").arg(argv.first())
                                : tr("%1 cannot be started").arg(argv.first()));
    } else if (const QUrl page = webPageOf(row); !page.isEmpty()) {
        QDesktopServices::openUrl(page);
    } else {
        m_window.notice(tr("This row has no web page, and its source names no program to open it with"));
    }
}

QString ConnectionWiring::noAccessText(const QString& containerId) const
{
    return containerId.isEmpty() ? tr("Only containers have a log here")
                                 : tr("No connected engine knows this container: add Docker or Podman as a source");
}

void ConnectionWiring::openLog(FleetPage& page, LogController& log, const QString& containerId, const QString& title)
{
    if (containerId.isEmpty() || !log.open(containerId, title)) {
        m_window.notice(noAccessText(containerId));
        return;
    }
    page.showLog(true);
    page.logPanel()->view()->setFocus(Qt::OtherFocusReason);
}

void ConnectionWiring::inspect(FleetPage& page, const QString& containerId)
{
    const std::shared_ptr<WorkloadAccess> access = containerId.isEmpty() ? nullptr : m_set->accessFor(containerId);
    if (access == nullptr) {
        m_window.notice(noAccessText(containerId));
        return;
    }
    // Comes on the I/O thread; the access is kept alive by the question.
    access->inspect(containerId.toStdString(),
                    [context = QPointer(this), target = QPointer(&page), access](const Result<std::string>& answer) {
                        QMetaObject::invokeMethod(
                            qApp,
                            [context, target, answer] {
                                if (!context || !target) {
                                    return;
                                }
                                if (answer.ok()) {
                                    target->showInspect(inspectText(QByteArray::fromStdString(answer.value())));
                                } else {
                                    context->m_window.notice(QString::fromStdString(errorText(answer.error())));
                                }
                            },
                            Qt::QueuedConnection);
                    });
}

} // namespace tracedeck
