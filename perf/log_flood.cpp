// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/log_flood.h"

#include "sources/engine_source.h"

#include <QCoreApplication>

namespace tracedeck {

LogFlood::LogFlood(std::uint64_t linesPerSecond, std::uint64_t lines) : m_lines(lines)
{
    m_io.start();
    connect(&m_panel.lines(), &LogLines::changed, this, &LogFlood::count);
    connect(&m_engine, &QProcess::readyReadStandardOutput, this, &LogFlood::open);
    connect(&m_engine, &QProcess::errorOccurred, this, [this] { m_problem = m_engine.errorString(); });
    m_engine.start(QCoreApplication::applicationDirPath() + QStringLiteral("/tracedeck-log-engine"),
                   {QString::number(linesPerSecond), QString::number(lines)});
}

LogFlood::~LogFlood()
{
    m_log.reset();
    m_source.reset();
    m_io.quit();
    m_io.wait();
    disconnect(&m_engine, nullptr, this, nullptr);
    m_engine.closeWriteChannel();
    m_engine.waitForFinished();
}

void LogFlood::open()
{
    const QStringList said = QString::fromUtf8(m_engine.readLine()).trimmed().split(u' ');
    if (m_source != nullptr || said.size() != 2) {
        return;
    }
    EngineSetup setup;
    setup.instance = "docker:flood";
    setup.label = "Docker";
    setup.endpoint.path = said[0];
    m_source = std::make_shared<EngineSource>(std::move(setup), m_io);
    m_log = std::make_unique<LogController>(m_panel, [this](const QString&) { return m_source; });
    m_log->open(said[1], QStringLiteral("web-0"));
}

void LogFlood::count()
{
    // At most LogController::kMostPending rows come at once and more are kept, so none is missed.
    const LogLines& lines = m_panel.lines();
    ++m_batches;
    for (std::size_t i = lines.indexOfNumber(m_seen); i < lines.shownCount(); ++i) {
        m_shown += lines.shown(i).dropped == 0 ? 1 : 0;
        m_seen = lines.number(i) + 1;
    }
}

bool LogFlood::hasEnded()
{
    return m_panel.stateText().contains(QStringLiteral("ended"));
}

} // namespace tracedeck
