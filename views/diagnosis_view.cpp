// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/diagnosis_view.h"

#include "views/flat_button.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace tracedeck {
namespace {

/// The shape in front of a line; decoration, the words say the same.
class ShapeMark : public QWidget {
public:
    ShapeMark(Severity severity, QWidget* parent) : QWidget(parent), m_severity(severity)
    {
        setFixedSize(theme().scaled(16), theme().scaled(18));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintStatusShape(painter, QPointF(width() / 2.0, height() / 2.0), m_severity);
    }

private:
    Severity m_severity;
};

QString severityWord(Severity severity)
{
    return severity == Severity::Critical ? DiagnosisView::tr("failed")
        : severity == Severity::Warning   ? DiagnosisView::tr("careful")
                                          : DiagnosisView::tr("fine");
}

} // namespace

DiagnosisView::DiagnosisView(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setAccessibleName(tr("Diagnosis"));
    m_layout->setContentsMargins(0, 4, 0, 4);
    m_layout->setSpacing(4);
}

void DiagnosisView::setLines(const std::vector<DiagnosisLine>& lines)
{
    m_lines = lines;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const DiagnosisLine& line : lines) {
        auto* row = new QWidget(this);
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        if (line.severity != Severity::None) {
            layout->addWidget(new ShapeMark(line.severity, row), 0, Qt::AlignTop);
        }
        if (!line.name.isEmpty()) {
            auto* name = new QLabel(line.name, row);
            name->setFixedWidth(theme().scaled(92));
            layout->addWidget(name, 0, Qt::AlignTop);
        }
        auto* text = new QLabel(line.text, row);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        QPalette look = text->palette();
        look.setColor(QPalette::WindowText,
                      line.severity == Severity::Critical      ? theme().colors.bad
                          : line.severity == Severity::Warning ? theme().colors.warn
                                                               : theme().colors.text2);
        text->setPalette(look);
        text->setAccessibleDescription(severityWord(line.severity));
        layout->addWidget(text, 1);
        m_layout->addWidget(row);
        if (!line.command.isEmpty()) {
            addCommand(line.command);
        }
    }
    m_layout->addStretch(1);
}

void DiagnosisView::addCommand(const QString& command)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(theme().scaled(16 + 92) + 16, 0, 0, 0);
    layout->setSpacing(8);
    auto* text = new QLabel(command, row);
    text->setTextFormat(Qt::PlainText);
    text->setFont(theme().monoFont(12));
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* copy = new FlatButton(tr("Copy command"), row);
    connect(copy, &QAbstractButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    layout->addWidget(text);
    layout->addWidget(copy);
    layout->addStretch(1);
    m_layout->addWidget(row);
}

void DiagnosisView::setMessage(const QString& text)
{
    setLines({{QString(), text, Severity::None}});
}

QStringList DiagnosisView::texts() const
{
    QStringList out;
    for (const DiagnosisLine& line : m_lines) {
        out.append(line.name.isEmpty() ? line.text
                                       : line.name + QStringLiteral(": ") + severityWord(line.severity)
                           + QStringLiteral(", ") + line.text);
    }
    return out;
}

} // namespace tracedeck
