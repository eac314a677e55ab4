// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/span_details_panel.h"

#include "models/span_facts.h"
#include "selectors/service_colors.h"
#include "views/fact_list_view.h"
#include "views/flat_button.h"
#include "views/tab_strip.h"
#include "views/theme.h"
#include "views/waterfall_painter.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace tracedeck {

SpanDetailsPanel::SpanDetailsPanel(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_summary(new FactListView(this)),
      m_tabs(new TabStrip({{QStringLiteral("attributes"), tr("Attributes"), {}},
                           {QStringLiteral("resource"), tr("Resource"), {}},
                           {QStringLiteral("events"), tr("Events"), {}},
                           {QStringLiteral("links"), tr("Links"), {}}},
                          this)),
      m_list(new FactListView(this))
{
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_summary->setFitContent(true);
    auto* close = new FlatButton(QStringLiteral("\u2715"), this);
    close->setLook(FlatButton::Look::Plain);
    close->setAccessibleName(tr("Close details"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(24, 10, 6, 4);
    head->addWidget(m_title, 1);
    head->addWidget(close, 0, Qt::AlignTop);
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(12, 4, 12, 0);
    tabs->addWidget(m_tabs, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_summary);
    layout->addLayout(tabs);
    layout->addWidget(m_list, 1);
    connect(close, &FlatButton::clicked, this, &SpanDetailsPanel::closeRequested);
    connect(m_tabs, &TabStrip::activated, this, [this] { fillTab(); });
    for (FactListView* list : {m_summary, m_list}) {
        connect(list, &FactListView::linkActivated, this, &SpanDetailsPanel::linkActivated);
        connect(list, &FactListView::filterRequested, this, &SpanDetailsPanel::filterRequested);
    }
    applyFonts();
}

void SpanDetailsPanel::showSpan(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout,
                                std::uint32_t position)
{
    m_spans = std::move(spans);
    m_layout = std::move(layout);
    m_position = position;
    const std::uint32_t row = m_layout->row[position];
    const auto text = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    m_title->setText(text(m_spans->service(row)) + QStringLiteral(" \u00B7 ")
                     + text(m_spans->strings.view(m_spans->name[row])));
    m_summary->setFacts(spanFacts(*m_spans, *m_layout, position), {});
    const auto count = [](std::uint32_t n) { return n == 0 ? QString() : QString::number(n); };
    m_tabs->setCount(QStringLiteral("attributes"), count(m_spans->attributes[row].size()));
    m_tabs->setCount(QStringLiteral("resource"), count(m_spans->resources.attributes[m_spans->resource[row]].size()));
    m_tabs->setCount(QStringLiteral("events"), count(m_spans->events[row].size()));
    m_tabs->setCount(QStringLiteral("links"), count(m_spans->links[row].size()));
    fillTab();
    update();
}

QString SpanDetailsPanel::shownTab() const
{
    return m_tabs->current();
}

void SpanDetailsPanel::setShownTab(const QString& id)
{
    m_tabs->setCurrent(id);
    fillTab();
}

void SpanDetailsPanel::fillTab()
{
    if (m_spans == nullptr || m_position == SpanLayout::kNoParent) {
        return;
    }
    const std::uint32_t row = m_layout->row[m_position];
    const QString tab = m_tabs->current();
    if (tab == u"resource") {
        Facts facts = m_placeFinder ? m_placeFinder(*m_spans, row) : Facts();
        for (Fact& fact : resourceFacts(*m_spans, row)) {
            facts.push_back(std::move(fact));
        }
        m_list->setFacts(std::move(facts), tr("The resource has no attributes."));
    } else if (tab == u"events") {
        m_list->setFacts(eventFacts(*m_spans, row), tr("This span recorded no events."));
    } else if (tab == u"links") {
        m_list->setFacts(linkFacts(*m_spans, row), tr("This span links to no other trace."));
    } else {
        m_list->setFacts(attributeFacts(*m_spans, m_spans->attributes[row]), tr("This span has no attributes."));
    }
}

void SpanDetailsPanel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.setPen(theme().colors.line);
    painter.drawLine(0, 0, 0, height());
    if (m_spans != nullptr && m_position != SpanLayout::kNoParent) {
        painter.fillRect(QRect(13, m_title->y() + 3, 4, theme().scaled(16)),
                         serviceColor(*m_spans, serviceColors(*m_spans), m_layout->row[m_position]));
    }
}

void SpanDetailsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        applyFonts();
        fillTab();
    }
}

void SpanDetailsPanel::applyFonts()
{
    const QFont font = theme().uiFont(theme().type.base + 1, QFont::DemiBold);
    if (m_title->font() != font) {
        m_title->setFont(font);
    }
}

} // namespace tracedeck
