// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capture.h"

#include "app/dump_writer.h"
#include "views/page.h"

#include <QBuffer>
#include <QPixmap>
#include <cstdio>

namespace tracedeck {

namespace {
constexpr int kLookEveryMs = 20;
constexpr int kLooksSettled = 2; // the second look comes after at least one paint of the settled state
} // namespace

Capture::Capture(CaptureSubject subject, const AppOptions& options, QObject* parent)
    : QObject(parent), m_subject(std::move(subject)), m_options(options)
{
    m_poll.setInterval(kLookEveryMs);
    connect(&m_poll, &QTimer::timeout, this, &Capture::look);
}

void Capture::start()
{
    m_since.start();
    m_poll.start();
}

void Capture::look()
{
    QStringList missing = m_subject.missing();
    if (const Page* page = m_subject.page()) {
        missing += page->missing();
    }
    m_settledLooks = missing.isEmpty() ? m_settledLooks + 1 : 0;
    if (m_settledLooks == 1) {
        m_subject.window->repaint();
    }
    const bool late = m_since.elapsed() >= m_options.settleMs;
    if (m_settledLooks >= kLooksSettled || late) {
        m_poll.stop();
        write(missing);
    }
}

void Capture::write(const QStringList& missing)
{
    int code = missing.isEmpty() ? 0 : 3;
    if (!missing.isEmpty()) {
        std::fprintf(stderr, "not settled, missing: %s\n", qPrintable(missing.join(QStringLiteral("; "))));
    }
    const auto store = [&code](const QString& file, const QByteArray& content) {
        const Result<void> written = writeFileWhole(file, content);
        if (!written) {
            std::fprintf(stderr, "%s: %s\n", written.error().source.c_str(), written.error().what.c_str());
            code = 1;
        }
    };
    if (!m_options.screenshotFile.isEmpty()) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        m_subject.window->grab().save(&buffer, "PNG");
        store(m_options.screenshotFile, png);
    }
    if (!m_options.dumpFile.isEmpty()) {
        const Page* page = m_subject.page();
        store(m_options.dumpFile,
              dumpJson(page != nullptr ? page->pageId() : QString(), page != nullptr ? page->dump() : PageDump(),
                       m_subject.sources(), missing));
    }
    Q_EMIT finished(code);
}

} // namespace tracedeck
