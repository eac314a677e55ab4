// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of a row of TracesPage.
#include "views/grouped_table_view.h"
#include "views/traces_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace tracedeck {

QString TracesPage::traceInHand() const
{
    return m_openTrace.isEmpty() ? traceIdOf(m_table->currentKey()) : m_openTrace;
}

bool TracesPage::runTraceCommand(const QString& commandId)
{
    const QString id = traceInHand();
    if (id.isEmpty()) {
        return false;
    }
    if (commandId == u"trace.keep" || commandId == u"trace.letGo") {
        Q_EMIT pinWanted(id, commandId == u"trace.keep");
        return true;
    }
    if (commandId == u"trace.copyId") {
        QGuiApplication::clipboard()->setText(id);
        Q_EMIT noticed(tr("Copied %1").arg(id));
        return true;
    }
    return false;
}

void TracesPage::showRowMenu(RowKey key, const QPoint& at)
{
    m_table->setCurrentKey(key);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString& text, const QString& command) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, command] { runCommand(command); });
    };
    // The text after the tab is drawn as a shortcut without becoming one.
    add(tr("Open") + QStringLiteral("\tReturn"), QStringLiteral("row.open"));
    menu->addSeparator();
    add(tr("Keep this trace"), QStringLiteral("trace.keep"));
    add(tr("Let this trace go"), QStringLiteral("trace.letGo"));
    menu->addSeparator();
    add(tr("Copy trace id"), QStringLiteral("trace.copyId"));
    add(tr("Copy") + QStringLiteral("\tCtrl+C"), QStringLiteral("copy"));
    add(tr("Copy as JSON"), QStringLiteral("copy.json"));
    add(tr("Copy as Markdown table"), QStringLiteral("copy.markdown"));
    menu->popup(at);
}

} // namespace tracedeck
