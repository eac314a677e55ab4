// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-first-row FOLDER [--close]: the application from main() to the first frame that shows a row, where it
// ends like tracedeck-bare-window. With --close it is closed as a person does: that writes the snapshot into the
// folder, so that later runs start as the second start of a user does.
#include "app/application.h"
#include "app/route.h"
#include "models/grouped_table_model.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/theme_fonts.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <string_view>
#include <unistd.h>

namespace {

/// Ends the process after a frame of a table with rows.
class FirstRow : public QObject {
public:
    FirstRow(tracedeck::FleetPage& page, bool close) : m_page(page), m_close(close)
    {
        page.table()->viewport()->installEventFilter(this);
    }

    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_page.model()->rowCount() > 0) {
            QTimer::singleShot(0, this, [close = m_close] { close ? QApplication::exit(0) : _exit(0); });
        }
        return false;
    }

private:
    tracedeck::FleetPage& m_page;
    bool m_close;
};

} // namespace

int main(int argc, char** argv)
{
    const bool close = argc == 3 && std::string_view(argv[2]) == "--close";
    if (argc != 2 && !close) {
        return 2;
    }
    tracedeck::AppOptions options;
    options.dataDir = QString::fromLocal8Bit(argv[1]);
    options.listen = QStringLiteral("off");
    options.page = QStringLiteral("workloads");
    int qtArgc = 1;
    QApplication qt(qtArgc, argv);
    tracedeck::loadEmbeddedFonts();
    tracedeck::Application application(options, qt);
    application.start();
    // Its filter is asked before those of the application, whose work after the first frame is not part of it.
    const FirstRow watch(application.fleetPage(QStringLiteral("workloads")), close);
    QTimer::singleShot(30'000, &qt, [] { _exit(1); });
    return QApplication::exec();
}
