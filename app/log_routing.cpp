// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log_routing.h"

#include "core/log.h"

#include <QtGlobal>

namespace tracedeck {
namespace {

QtMessageHandler previousHandler = nullptr;

void logQtMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    LogLevel level = LogLevel::Debug;
    if (type == QtInfoMsg) {
        level = LogLevel::Info;
    } else if (type == QtWarningMsg) {
        level = LogLevel::Warning;
    } else if (type != QtDebugMsg) {
        level = LogLevel::Error;
    }
    Log::write(level, context.category != nullptr ? context.category : "qt", message.toStdString());
    if (previousHandler != nullptr) {
        previousHandler(type, context, message);
    }
}

} // namespace

void routeLog(const QString& dataDir)
{
    const QString path = dataDir + QStringLiteral("/tracedeck.log");
    Log::openFile(path.toStdString());
    previousHandler = qInstallMessageHandler(logQtMessage);
}

} // namespace tracedeck
