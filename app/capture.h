// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/app_options.h"
#include "views/source_badge.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

class QWidget;

namespace tracedeck {

class Page;

/// What --screenshot and --dump look at.
struct CaptureSubject {
    QWidget* window = nullptr;
    std::function<Page*()> page;
    std::function<std::vector<SourceBadge>()> sources;
    /// What the application itself still waits for, as user words; empty = settled.
    std::function<QStringList()> missing;
};

/// Waits until the page is settled (or the time is up), lets one paint pass, writes picture and dump and
/// says how it ended: 0, 3 = not settled (what was missing goes to stderr), 1 = could not write.
class Capture : public QObject {
    Q_OBJECT

public:
    Capture(CaptureSubject subject, const AppOptions& options, QObject* parent = nullptr);
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void look();
    void write(const QStringList& missing);

    CaptureSubject m_subject;
    AppOptions m_options;
    QTimer m_poll;
    QElapsedTimer m_since;
    int m_settledLooks = 0;
};

} // namespace tracedeck
