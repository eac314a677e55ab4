// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/note_strip.h"

#include "views/flat_button.h"
#include "views/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace tracedeck {

NoteStrip::NoteStrip(QWidget* parent)
    : QWidget(parent),
      m_strong(new QLabel(this)),
      m_rest(new QLabel(this)),
      m_action(new FlatButton({}, this)),
      m_cross(new FlatButton(QStringLiteral("\u2715"), this))
{
    for (QLabel* label : {m_strong, m_rest}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_strong->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_cross->setLook(FlatButton::Look::Plain);
    m_cross->setAccessibleName(tr("Put this note away"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 4, 12, 4);
    line->setSpacing(8);
    line->addWidget(m_strong);
    line->addWidget(m_rest, 1);
    line->addWidget(m_action);
    line->addWidget(m_cross);
    connect(m_action, &FlatButton::clicked, this, &NoteStrip::actionRequested);
    connect(m_cross, &FlatButton::clicked, this, &NoteStrip::dismissed);
    applyLooks();
    hide();
}

void NoteStrip::say(const QString& strong, const QString& rest, const QString& action, bool dismissable)
{
    m_strong->setText(strong);
    m_rest->setText(rest);
    m_rest->setToolTip(rest);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_cross->setVisible(dismissable);
    setAccessibleName(text());
}

QString NoteStrip::text() const
{
    return m_rest->text().isEmpty() ? m_strong->text() : m_strong->text() + u' ' + m_rest->text();
}

void NoteStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.raised);
    painter.setPen(theme().colors.line);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

void NoteStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

void NoteStrip::applyLooks()
{
    const auto look = [](QLabel* label, const QFont& font, const QColor& color) {
        QPalette palette = label->palette();
        if (palette.color(QPalette::WindowText) != color) {
            palette.setColor(QPalette::WindowText, color);
            label->setPalette(palette);
        }
        if (label->font() != font) {
            label->setFont(font);
        }
    };
    look(m_strong, theme().uiFont(theme().type.base, QFont::DemiBold), theme().colors.text);
    look(m_rest, theme().baseFont(), theme().colors.text2);
}

} // namespace tracedeck
