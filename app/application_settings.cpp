// SPDX-License-Identifier: GPL-3.0-or-later
// What Application keeps between runs: looks, window, tables.
#include "app/application.h"
#include "app/service_wiring.h"
#include "app/table_settings.h"
#include "app/trace_wiring.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/service_section.h"
#include "views/theme.h"

#include <QApplication>
#include <QScreen>
#include <QStandardPaths>

namespace tracedeck {

namespace {

constexpr QSize kFrameRoom(12, 44); ///< what a window manager puts around a window

constexpr QSize kDefaultSize(1440, 900);

RowDensity densityOf(const QString& name)
{
    return name == QStringLiteral("compact") ? RowDensity::Compact
        : name == QStringLiteral("relaxed")  ? RowDensity::Relaxed
                                             : RowDensity::Normal;
}

TimeStyle::Kind timesOf(const QString& name)
{
    return name == QStringLiteral("utc")     ? TimeStyle::Kind::Utc
        : name == QStringLiteral("relative") ? TimeStyle::Kind::Relative
                                             : TimeStyle::Kind::Local;
}

} // namespace

QString defaultDataDir()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/tracedeck");
}

void Application::applyLooks()
{
    const QString wanted =
        m_options.theme.isEmpty() ? m_settings->value(QStringLiteral("appearance.theme")).toString() : m_options.theme;
    ThemeKind kind = m_systemTheme->kind();
    kind = wanted == QStringLiteral("dark")    ? ThemeKind::Dark
        : wanted == QStringLiteral("light")    ? ThemeKind::Light
        : wanted == QStringLiteral("contrast") ? ThemeKind::Contrast
                                               : kind;
    const double scale = m_settings->value(QStringLiteral("appearance.textScale"), 1.0).toDouble();
    applyTheme(m_qt, loadTheme(kind, std::clamp(scale, 0.7, 2.5)));
    if (m_window != nullptr) {
        applyDensity(*m_window);
    }
    if (m_traces != nullptr) {
        m_traces->setTimeStyle(timesOf(m_settings->value(QStringLiteral("appearance.times")).toString()));
    }
}

void Application::applyDensity(const QWidget& widget) const
{
    const RowDensity density = densityOf(m_settings->value(QStringLiteral("appearance.density")).toString());
    for (GroupedTableView* table : widget.findChildren<GroupedTableView*>()) {
        table->setDensity(density);
    }
    if (m_services != nullptr) {
        m_services->section()->setDensity(density); // its height follows its rows
    }
}

void Application::restoreFleet(Fleet& fleet)
{
    const QJsonObject kept = m_settings->value(QStringLiteral("tables.") + fleet.page->pageId()).toObject();
    fleet.page->setChoice(choiceFromJson(kept.value(u"choice").toObject(), fleet.page->choice()));
    if (kept.contains(u"layout")) {
        fleet.page->table()->setLayoutState(layoutFromJson(kept.value(u"layout").toObject()));
    }
}

void Application::keepFleet(const Fleet& fleet)
{
    const QString path = QStringLiteral("tables.") + fleet.page->pageId();
    m_settings->setValue(path + QStringLiteral(".choice"), choiceToJson(fleet.page->choice()));
    m_settings->setValue(path + QStringLiteral(".layout"), layoutToJson(fleet.page->table()->layoutState()));
}

void Application::restoreWindow()
{
    QSize size = m_options.size.value_or(kDefaultSize);
    if (!m_options.size) {
        const QJsonObject kept = m_settings->value(QStringLiteral("window.size")).toObject();
        if (kept.contains(u"width")) {
            size = QSize(kept.value(u"width").toInt(), kept.value(u"height").toInt());
        }
        if (const QScreen* screen = m_window->screen(); screen != nullptr && !m_options.isCapture()) {
            size = size.boundedTo(screen->availableSize() - kFrameRoom); // its title bar must fit too
        }
    }
    m_window->resize(size);
    if (!m_options.size && m_settings->value(QStringLiteral("window.maximized")).toBool()) {
        m_window->setWindowState(Qt::WindowMaximized);
    }
}

void Application::keepWindow()
{
    if (m_options.isCapture() || m_window == nullptr || m_window->currentPage() == nullptr) {
        return;
    }
    m_settings->setValue(QStringLiteral("window.maximized"), m_window->isMaximized());
    if (!m_window->isMaximized()) {
        m_settings->setValue(
            QStringLiteral("window.size"),
            QJsonObject{{QStringLiteral("width"), m_window->width()}, {QStringLiteral("height"), m_window->height()}});
    }
    if (const QString page = m_window->currentPage()->pageId(); page != QStringLiteral("settings")) {
        m_settings->setValue(QStringLiteral("window.page"), page); // the next start shows work, not settings
    }
}

} // namespace tracedeck
