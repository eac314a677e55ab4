// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/detail_drawer.h"

#include "views/edge_grip.h"
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
#include <algorithm>
#include <cmath>

namespace tracedeck {

DetailDrawer::DetailDrawer(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_subtitle(new QLabel(this)),
      m_gone(new QLabel(this)),
      m_close(new FlatButton(QString(), this)),
      m_tabs(new TabStrip({{QStringLiteral("overview"), tr("Overview"), {}},
                           {QStringLiteral("json"), tr("JSON"), {}},
                           {QStringLiteral("inspect"), tr("Inspect"), {}}},
                          this)),
      m_traces(new FlatButton(tr("Traces"), this)),
      m_body(new QStackedWidget(this)),
      m_grip(new EdgeGrip(this)),
      m_width(theme().space.drawer),
      m_view(new FactsView),
      m_json(new QPlainTextEdit),
      m_inspect(new QPlainTextEdit)
{
    setAccessibleName(tr("Details"));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    m_subtitle->setWordWrap(true);
    m_gone->setWordWrap(true);
    m_gone->setContentsMargins(0, 0, 8, 0);
    m_gone->hide();
    m_close->setLook(FlatButton::Look::Plain);
    m_close->setIconName(QStringLiteral("close"));
    m_close->setAccessibleName(tr("Close details"));
    m_close->setToolTip(tr("Close  Esc"));
    m_traces->setKeyHint(QStringLiteral("t"));
    for (QPlainTextEdit* text : {m_json, m_inspect}) {
        text->setReadOnly(true);
        text->setFrameShape(QFrame::NoFrame);
        text->setLineWrapMode(QPlainTextEdit::NoWrap);
    }
    m_inspect->setAccessibleName(tr("What the source tells about this row"));
    m_body->addWidget(scrolled(m_view));
    m_body->addWidget(m_json);
    m_body->addWidget(m_inspect);
    m_tabIds = {QStringLiteral("overview"), QStringLiteral("json"), QStringLiteral("inspect")};

    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_close, 0, Qt::AlignTop);
    constexpr int kRight = 8; // of what does not scroll: scroll bars stand at the edge
    header->setContentsMargins(0, 0, kRight, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(15, 8, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(header);
    auto* about = new QHBoxLayout; // the tabs need the whole width for themselves
    about->setContentsMargins(0, 0, kRight, 0);
    about->addWidget(m_subtitle, 1);
    about->addWidget(m_traces, 0, Qt::AlignTop);
    layout->addLayout(about);
    layout->addWidget(m_gone);
    layout->addWidget(m_tabs);
    layout->addWidget(m_body, 1);
    connect(m_close, &QAbstractButton::clicked, this, &DetailDrawer::closeRequested);
    connect(m_view, &FactsView::linkActivated, this, &DetailDrawer::linkActivated);
    connect(m_tabs, &TabStrip::activated, this, [this](const QString& id) {
        if (id == QStringLiteral("inspect")) {
            Q_EMIT inspectRequested();
        }
        showTab(id);
    });
    connect(m_grip, &EdgeGrip::dragged, this,
            [this](int wider) { setWantedWidth(m_width + static_cast<int>(std::lround(wider / theme().textScale))); });
    connect(m_grip, &EdgeGrip::released, this, [this] { Q_EMIT widthChosen(m_width); });
    connect(m_traces, &QAbstractButton::clicked, this, [this] { Q_EMIT linkActivated(m_facts.tracesLink); });
    setWantedWidth(m_width);
}

QWidget* DetailDrawer::scrolled(QWidget* widget)
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(widget);
    return scroll;
}

void DetailDrawer::addTab(const QString& id, const QString& title, QWidget* widget)
{
    const QString before = QStringLiteral("json");
    const qsizetype place = m_tabIds.indexOf(before);
    m_tabs->insertTab({id, title, {}}, before);
    m_body->insertWidget(static_cast<int>(place), scrolled(widget));
    m_tabIds.insert(place, id);
}

void DetailDrawer::setWantedWidth(int width)
{
    constexpr int kNarrowest = 280;
    constexpr int kWidest = 960;
    m_width = std::clamp(width, kNarrowest, kWidest);
    setFixedWidth(theme().scaled(m_width));
}

QString DetailDrawer::currentTab() const
{
    return m_tabIds.value(m_body->currentIndex());
}

void DetailDrawer::showRow(const RowFacts& facts, const QString& goneText)
{
    const bool other = facts.key != m_facts.key;
    if (other && isInspectShown()) {
        m_body->setCurrentIndex(0);
        m_tabs->setCurrent(QStringLiteral("overview"));
    }
    m_facts = facts;
    m_title->setText(facts.title);
    m_subtitle->setText(facts.subtitle);
    m_gone->setText(goneText);
    m_gone->setVisible(!goneText.isEmpty());
    m_traces->setVisible(!facts.tracesLink.isEmpty());
    m_view->setFacts(sectionedFacts(facts, m_levels));
    if (isJsonShown() || other) {
        const QString json = QString::fromUtf8(QJsonDocument(facts.json).toJson(QJsonDocument::Indented));
        if (json != m_json->toPlainText()) {
            m_json->setPlainText(json);
        }
    }
    Q_EMIT rowShown(facts.key);
}

void DetailDrawer::showJson(bool json)
{
    showTab(json ? QStringLiteral("json") : QStringLiteral("overview"));
}

void DetailDrawer::showTab(const QString& id)
{
    const qsizetype page = m_tabIds.indexOf(id);
    if (page < 0) {
        return;
    }
    m_tabs->setCurrent(id);
    m_body->setCurrentIndex(static_cast<int>(page));
    showRow(RowFacts(m_facts), m_gone->text());
}

bool DetailDrawer::isJsonShown() const
{
    return currentTab() == QStringLiteral("json");
}

void DetailDrawer::showInspect(const QString& text)
{
    m_inspect->setPlainText(text);
    showTab(QStringLiteral("inspect"));
}

bool DetailDrawer::isInspectShown() const
{
    return currentTab() == QStringLiteral("inspect");
}

QStringList DetailDrawer::texts() const
{
    if (isInspectShown()) {
        return m_inspect->toPlainText().split(u'\n');
    }
    return isJsonShown() ? m_json->toPlainText().split(u'\n') : m_view->texts();
}

void DetailDrawer::applyLooks()
{
    setWantedWidth(m_width);
    m_title->setFont(theme().uiFont(15, QFont::DemiBold));
    m_subtitle->setFont(theme().smallFont());
    m_json->setFont(theme().monoFont(11));
    m_inspect->setFont(theme().monoFont(11));
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme().colors.text3);
    m_subtitle->setPalette(dim);
    dim.setColor(QPalette::WindowText, theme().colors.warn);
    m_gone->setPalette(dim);
    QPalette flat = palette();
    flat.setColor(QPalette::Base, theme().colors.panel);
    m_json->setPalette(flat);
    m_inspect->setPalette(flat);
}

void DetailDrawer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    const int line = m_tabs->geometry().bottom(); // that of the tabs goes on to the left edge
    painter.fillRect(QRect(0, line, m_tabs->x(), 1), theme().colors.line);
}

void DetailDrawer::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_grip->setGeometry(0, 0, 5, height());
    m_grip->raise();
}

bool DetailDrawer::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    // Setting palettes of children sends them, not this widget, a change. Fonts are loaded by the first drawer that
    // is shown, not by the start of the program.
    const bool looks = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (event->type() == QEvent::Polish || (looks && testAttribute(Qt::WA_WState_Polished))) {
        applyLooks();
    } else if (looks) {
        setWantedWidth(m_width);
    }
    return done;
}

} // namespace tracedeck
