// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-first-row FOLDER: the application from main() to the first frame that shows a row, then it ends.
// The folder keeps the snapshot, so that a second run starts as the second start of a user does.
#include "app/application.h"
#include "app/route.h"
#include "models/grouped_table_model.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/theme_fonts.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <unistd.h>

namespace {

/// Ends the process after a frame of a table with rows.
class FirstRow : public QObject {
public:
    explicit FirstRow(tracedeck::FleetPage& page) : m_page(page) { page.table()->viewport()->installEventFilter(this); }

    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_page.model()->rowCount() > 0) {
            // Closing writes the snapshot for the next run; the process is measured up to its end.
            QTimer::singleShot(0, this, [] { QApplication::exit(0); });
        }
        return false;
    }

private:
    tracedeck::FleetPage& m_page;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
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
    const FirstRow watch(application.fleetPage(QStringLiteral("workloads")));
    QTimer::singleShot(30'000, &qt, [] { _exit(1); });
    application.start();
    return QApplication::exec();
}
