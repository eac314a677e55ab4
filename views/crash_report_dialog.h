// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace tracedeck {

/// "Tracedeck ended unexpectedly last time": the report to read, copy, keep or delete. Nothing is sent. It
/// does not block the window behind it.
class CrashReportDialog : public QDialog {
    Q_OBJECT

public:
    CrashReportDialog(const QString& path, const QString& text, QWidget* parent);

    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void copyRequested(const QString& text);
    /// Closed with "Keep" or Esc (false), or with "Delete" (true).
    void answered(bool remove);

protected:
    void done(int result) override;

private:
    QPlainTextEdit* m_text;
    bool m_remove = false;
    bool m_answered = false;
};

} // namespace tracedeck
