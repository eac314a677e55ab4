// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-bare-window: what any Qt window of this kind costs: Widgets, Charts and Network loaded, one table
// of a few rows painted, then it ends. The yardstick for tracedeck-first-row.
#include <QApplication>
#include <QChart>
#include <QNetworkAccessManager>
#include <QTableWidget>
#include <QTimer>
#include <unistd.h>

namespace {

class BareTable : public QTableWidget {
public:
    using QTableWidget::QTableWidget;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QTableWidget::paintEvent(event);
        QTimer::singleShot(0, this, [] { _exit(0); });
    }
};

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    const QNetworkAccessManager network;
    const QChart chart;
    BareTable table(20, 8);
    table.resize(1280, 800);
    table.show();
    QTimer::singleShot(30'000, &table, [] { _exit(1); });
    return QApplication::exec();
}
