// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/detail_drawer.h"

#include "views/facts_view.h"
#include "views/flat_button.h"
#include "views/tab_strip.h"
#include "views/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace tracedeck {

DetailDrawer::DetailDrawer(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_subtitle(new QLabel(this)),
      m_gone(new QLabel(this)),
      m_close(new FlatButton(QString(), this)),
      m_tabs(new TabStrip({{QStringLiteral("overview"), tr("Overview"), {}}, {QStringLiteral("json"), tr("JSON"), {}}},
                          this)),
      m_traces(new FlatButton(tr("Traces"), this)),
      m_body(new QStackedWidget(this)),
      m_view(new FactsView),
      m_json(new QPlainTextEdit)
{
    setAccessibleName(tr("Details"));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    m_subtitle->setWordWrap(true);
    m_gone->setWordWrap(true);
    m_gone->hide();
    m_close->setLook(FlatButton::Look::Plain);
    m_close->setIconName(QStringLiteral("close"));
    m_close->setAccessibleName(tr("Close details"));
    m_close->setToolTip(tr("Close  Esc"));
    m_traces->setKeyHint(QStringLiteral("t"));
    m_json->setReadOnly(true);
    m_json->setFrameShape(QFrame::NoFrame);
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_view);
    m_body->addWidget(scroll);
    m_body->addWidget(m_json);

    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_close, 0, Qt::AlignTop);
    auto* tabs = new QHBoxLayout;
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    tabs->addWidget(m_traces);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(15, 8, 8, 4);
    layout->setSpacing(6);
    layout->addLayout(header);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_gone);
    layout->addLayout(tabs);
    layout->addWidget(m_body, 1);
    connect(m_close, &QAbstractButton::clicked, this, &DetailDrawer::closeRequested);
    connect(m_view, &FactsView::linkActivated, this, &DetailDrawer::linkActivated);
    connect(m_tabs, &TabStrip::activated, this, [this](const QString& id) { showJson(id == QStringLiteral("json")); });
    connect(m_traces, &QAbstractButton::clicked, this, [this] { Q_EMIT linkActivated(m_facts.tracesLink); });
    applyLooks();
}

void DetailDrawer::showRow(const RowFacts& facts, const QString& goneText)
{
    const bool other = facts.key != m_facts.key;
    m_facts = facts;
    m_title->setText(facts.title);
    m_subtitle->setText(facts.subtitle);
    m_gone->setText(goneText);
    m_gone->setVisible(!goneText.isEmpty());
    m_traces->setVisible(!facts.tracesLink.isEmpty());
    m_view->setFacts(facts.facts);
    if (isJsonShown() || other) {
        const QString json = QString::fromUtf8(QJsonDocument(facts.json).toJson(QJsonDocument::Indented));
        if (json != m_json->toPlainText()) {
            m_json->setPlainText(json);
        }
    }
}

void DetailDrawer::showJson(bool json)
{
    m_tabs->setCurrent(json ? QStringLiteral("json") : QStringLiteral("overview"));
    m_body->setCurrentIndex(json ? 1 : 0);
    showRow(RowFacts(m_facts), m_gone->text());
}

bool DetailDrawer::isJsonShown() const
{
    return m_body->currentIndex() == 1;
}

QStringList DetailDrawer::texts() const
{
    return isJsonShown() ? m_json->toPlainText().split(u'\n') : m_view->texts();
}

void DetailDrawer::applyLooks()
{
    setFixedWidth(theme().scaled(theme().space.drawer));
    m_title->setFont(theme().uiFont(15, QFont::DemiBold));
    m_subtitle->setFont(theme().smallFont());
    m_json->setFont(theme().monoFont(11));
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme().colors.text3);
    m_subtitle->setPalette(dim);
    dim.setColor(QPalette::WindowText, theme().colors.warn);
    m_gone->setPalette(dim);
    QPalette flat = palette();
    flat.setColor(QPalette::Base, theme().colors.panel);
    m_json->setPalette(flat);
}

void DetailDrawer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, 0, 1, height(), theme().colors.line);
}

void DetailDrawer::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    // Setting palettes of children sends them, not this widget, a change.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

} // namespace tracedeck
