// SPDX-License-Identifier: GPL-3.0-or-later
// Entry point of the test programs that use Qt: no display, private settings, Qt warnings fail the test.
#include <QApplication>
#include <QStandardPaths>
#include <cstdio>
#include <gtest/gtest.h>

namespace {

void failOnWarning(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    std::fprintf(stderr, "qt: %s\n", qPrintable(message));
    // What the offscreen platform cannot do (size hints, raising a window) is no fault of the program.
    const bool platformLimit = message.startsWith(QLatin1String("This plugin does not support"));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !platformLimit) {
        ADD_FAILURE() << "Qt warning: " << message.toStdString() << " (" << (context.file ? context.file : "") << ':'
                      << context.line << ')';
    }
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    testing::InitGoogleTest(&argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QApplication application(argc, argv);
    qInstallMessageHandler(failOnWarning);
    return RUN_ALL_TESTS();
}
