// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/top_bar.h"

#include "views/flat_button.h"
#include "views/icons.h"
#include "views/search_field.h"
#include "views/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace tracedeck {

namespace {

/// Mark and, with room, the name of the program.
class Brand : public QWidget {
public:
    using QWidget::QWidget;
    bool nameVisible = true;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.drawPixmap(nameVisible ? 12 : (width() - 16) / 2, (height() - 16) / 2,
                           iconPixmap(u"tracedeck", Qt::black, 16, devicePixelRatioF()));
        if (nameVisible) {
            painter.setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
            painter.setPen(theme().colors.text);
            painter.drawText(rect().adjusted(36, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                             QStringLiteral("Tracedeck"));
        }
    }
};

} // namespace

TopBar::TopBar(QWidget* parent)
    : QWidget(parent),
      m_brand(new Brand(this)),
      m_search(new SearchField(this)),
      m_views(new FlatButton(tr("Saved views"), this)),
      m_viewsMenu(new QMenu(this)),
      m_sources(new FlatButton(QString(), this)),
      m_commands(new FlatButton(tr("Commands"), this)),
      m_menuButton(new FlatButton(QString(), this))
{
    setFixedHeight(theme().scaled(theme().space.topBar));
    m_commands->setKeyHint(QStringLiteral("Ctrl K"));
    m_menuButton->setIconName(QStringLiteral("menu"));
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setToolTip(tr("Menu  F10"));
    m_sources->setToolTip(tr("Sources"));
    m_views->setPopupMenu(m_viewsMenu);
    m_search->setFixedHeight(theme().scaled(28));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 14, 1);
    layout->setSpacing(10);
    layout->addWidget(m_brand);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_views);
    layout->addWidget(m_sources);
    layout->addWidget(m_commands);
    layout->addWidget(m_menuButton);
    setBrandWidth(theme().space.rail, true);
    connect(m_commands, &QAbstractButton::clicked, this, &TopBar::commandsRequested);
    connect(m_sources, &QAbstractButton::clicked, this, &TopBar::sourcesRequested);
}

void TopBar::setWorstSource(const WorstSource& worst)
{
    m_sources->setSeverity(worst.severity);
    if (m_sources->text() != worst.text) {
        m_sources->setText(worst.text);
        m_sources->updateGeometry();
    }
}

void TopBar::setMenu(QMenu* menu)
{
    m_menuButton->setPopupMenu(menu);
}

void TopBar::openMenu()
{
    m_menuButton->click();
}

void TopBar::setBrandWidth(int width, bool nameVisible)
{
    static_cast<Brand*>(m_brand)->nameVisible = nameVisible;
    m_brand->setFixedWidth(nameVisible ? width - 10 : width - 4);
    m_brand->update();
}

void TopBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, height() - 1, width(), 1, theme().colors.line);
}

void TopBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        setFixedHeight(theme().scaled(theme().space.topBar));
        m_search->setFixedHeight(theme().scaled(28));
    }
}

} // namespace tracedeck
