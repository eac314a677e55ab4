// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/app_options.h"
#include "app/application.h"
#include "app/crash_handler.h"
#include "app/link_socket.h"
#include "app/log_routing.h"
#include "app/quit_signals.h"
#include "app/secret_store.h"
#include "app/settings_store.h"
#include "app/source_check.h"
#include "app/version.h"
#include "views/theme_fonts.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>

namespace {

tracedeck::Result<tracedeck::AppOptions> readArguments(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    return tracedeck::parseAppOptions(arguments);
}

} // namespace

namespace {

int runSourceCheck(const tracedeck::AppOptions& options)
{
    using namespace tracedeck;
    const QString dataDir = options.dataDir.isEmpty() ? defaultDataDir() : options.dataDir;
    SettingsStore settings(dataDir + QStringLiteral("/settings.json"));
    settings.setTeam(readTeamSettings(teamSettingsPath()));
    SecretStore secrets(dataDir + QStringLiteral("/secrets.json"), true);
    SourceCheck check(settings, secrets, [](const QString& line) { std::printf("%s\n", qPrintable(line)); });
    QObject::connect(
        &check, &SourceCheck::finished, &check, [](int code) { QApplication::exit(code); }, Qt::QueuedConnection);
    check.start(options.procRoot.isEmpty() ? localEngineConnections() : std::vector<ConnectionSpec>());
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    using namespace tracedeck;
    Result<AppOptions> options = readArguments(argc, argv);
    if (!options) {
        std::fprintf(stderr, "tracedeck: %s\n%s\n", options.error().what.c_str(), options.error().hint.c_str());
        return 2;
    }
    if (options->showHelp || options->showVersion) {
        std::fputs(qPrintable(options->showHelp ? appOptionsHelp() : versionText() + u'\n'), stdout);
        return 0;
    }
    if (options->isCapture() || options->check) {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // pictures are the same with and without a display
    }
    if (!options->timeZone.isEmpty()) {
        qputenv("TZ", options->timeZone.toUtf8());
        tzset();
    }
    const QString ownerDir = options->dataDir.isEmpty() ? defaultDataDir() : options->dataDir;
    if (!options->route.isEmpty() && !options->isCapture() && !options->demoRows
        && handOverLink(ownerDir, {options->route, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")})) {
        return 0; // the window of this data directory opens it
    }
    // The options were read above; Qt gets the program name alone so that it does not take any for itself.
    int qtArgc = 1;
    QApplication qt(qtArgc, argv);
    quitOnSignals(qt);
    QApplication::setApplicationName(QStringLiteral("tracedeck"));
    QApplication::setDesktopFileName(QStringLiteral("org.tracedeck.Tracedeck"));
    loadEmbeddedFonts();
    // A demo leaves nothing behind and shows nothing of the user's.
    std::unique_ptr<QTemporaryDir> demoDir;
    if (options->demoRows && options->dataDir.isEmpty()) {
        demoDir = std::make_unique<QTemporaryDir>();
        options.value().dataDir = demoDir->path();
    }
    const QString dataDir = options->dataDir.isEmpty() ? defaultDataDir() : options->dataDir;
    std::optional<CrashHandler> crashes; // before the application: it ends last
    if (!options->isCapture() && QDir().mkpath(dataDir)) {
        routeLog(dataDir);
        crashes.emplace(dataDir.toStdString(), versionText().toStdString(), dataDir.toStdString() + "/tracedeck.log");
    }
    if (options->check) {
        return runSourceCheck(*options);
    }
    Application application(*options, qt);
    QObject::connect(&application, &Application::captureFinished, &qt, [](int code) { QApplication::exit(code); });
    application.start();
    return QApplication::exec();
}
