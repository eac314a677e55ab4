// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/crash_report_dialog.h"

#include "views/flat_button.h"
#include "views/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace tracedeck {

CrashReportDialog::CrashReportDialog(const QString& path, const QString& text, QWidget* parent)
    : QDialog(parent), m_text(new QPlainTextEdit(text, this))
{
    setWindowTitle(tr("Tracedeck ended unexpectedly"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(theme().scaled(760), theme().scaled(460));
    auto* title = new QLabel(tr("Tracedeck ended unexpectedly last time"), this);
    title->setFont(theme().titleFont());
    auto* hint = new QLabel(tr("This report stayed on this machine, nothing was sent. If you report the problem, "
                               "read it first and attach it.\n%1")
                                .arg(path),
                            this);
    hint->setWordWrap(true);
    hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setReadOnly(true);
    m_text->setFont(theme().monoFont(12));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("Crash report"));
    auto* copy = new FlatButton(tr("Copy report"), this);
    auto* remove = new FlatButton(tr("Delete"), this);
    auto* keep = new FlatButton(tr("Keep"), this);
    keep->setLook(FlatButton::Look::Accent);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(remove);
    buttons->addWidget(keep);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addWidget(m_text, 1);
    layout->addLayout(buttons);
    connect(copy, &QAbstractButton::clicked, this, [this] { Q_EMIT copyRequested(m_text->toPlainText()); });
    connect(remove, &QAbstractButton::clicked, this, [this] {
        m_remove = true;
        accept();
    });
    connect(keep, &QAbstractButton::clicked, this, &QDialog::accept);
    keep->setFocus();
}

QString CrashReportDialog::text() const
{
    return m_text->toPlainText();
}

void CrashReportDialog::done(int result)
{
    if (!m_answered) {
        m_answered = true;
        Q_EMIT answered(m_remove);
    }
    QDialog::done(result);
}

} // namespace tracedeck
