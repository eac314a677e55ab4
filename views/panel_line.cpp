// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/panel_line.h"

#include "views/theme.h"

#include <QEvent>
#include <QPainter>

namespace tracedeck {
namespace {

constexpr int kHeight = 44; ///< at the plain text size

} // namespace

PanelLine::PanelLine(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(theme().scaled(kHeight));
}

void PanelLine::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, height() - 1, width(), 1, theme().colors.line);
}

void PanelLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        setFixedHeight(theme().scaled(kHeight));
    }
}

} // namespace tracedeck
