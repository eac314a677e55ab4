// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/empty_state.h"

#include "views/flat_button.h"
#include "views/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace tracedeck {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_hint(new QLabel(this)),
      m_action(new FlatButton(QString(), this)),
      m_offer(new FlatButton(QString(), this))
{
    m_title->setAlignment(Qt::AlignCenter);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_action->setLook(FlatButton::Look::Accent);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_action);
    buttons->addWidget(m_offer);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addStretch(3);
    connect(m_action, &QAbstractButton::clicked, this, &EmptyState::actionRequested);
    connect(m_offer, &QAbstractButton::clicked, this, &EmptyState::offerTaken);
    offer({});
    applyLooks();
}

void EmptyState::say(const QString& title, const QString& hint, const QString& action)
{
    m_title->setText(title);
    m_hint->setText(hint);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_action->updateGeometry();
    offer({});
}

void EmptyState::offer(const QString& text)
{
    m_offer->setText(text);
    m_offer->setVisible(!text.isEmpty());
    m_offer->updateGeometry();
}

QString EmptyState::text() const
{
    return m_title->text() + u'\n' + m_hint->text();
}

void EmptyState::applyLooks()
{
    m_title->setFont(theme().titleFont());
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme().colors.text2);
    m_hint->setPalette(dim);
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

} // namespace tracedeck
