// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_overview_tab.h"

#include "core/number_format.h"
#include "models/trace_overview.h"
#include "views/fact_list_view.h"
#include "views/service_share_view.h"
#include "views/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace tracedeck {
namespace {

constexpr std::size_t kSlowest = 10;

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
    label->setContentsMargins(12, 8, 0, 4);
    return label;
}

} // namespace

TraceOverviewTab::TraceOverviewTab(QWidget* parent)
    : QWidget(parent),
      m_facts(new FactListView(this)),
      m_shares(new ServiceShareView(this)),
      m_slowest(new FactListView(this))
{
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(4, 8, 4, 0);
    layout->setHorizontalSpacing(24);
    layout->setVerticalSpacing(0);
    layout->addWidget(heading(tr("Trace"), this), 0, 0);
    layout->addWidget(m_facts, 1, 0, 3, 1);
    layout->addWidget(heading(tr("Self time by service"), this), 0, 1);
    layout->addWidget(m_shares, 1, 1, Qt::AlignTop);
    layout->addWidget(heading(tr("Largest self time"), this), 2, 1);
    layout->addWidget(m_slowest, 3, 1);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(1, 3);
    layout->setRowStretch(3, 1);
    connect(m_slowest, &FactListView::linkActivated, this,
            [this](const QString& link) { Q_EMIT positionChosen(link.toUInt()); });
}

void TraceOverviewTab::setTrace(const TraceContent& content, std::int32_t utcOffsetSeconds)
{
    m_facts->setFacts(traceFacts(*content.spans, *content.layout, utcOffsetSeconds), tr("This trace has no spans."));
    m_shares->setShares(serviceShares(*content.spans, *content.layout));
    Facts slowest;
    for (const std::uint32_t position : slowestPositions(*content.spans, *content.layout, kSlowest)) {
        const std::uint32_t row = content.layout->row[position];
        const auto text = [](std::string_view utf8) {
            return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
        };
        Fact fact;
        fact.name = QString::fromStdString(formatDuration(content.layout->selfNs[position]).joined());
        fact.value = text(content.spans->service(row)) + QStringLiteral(" \u00B7 ")
            + text(content.spans->strings.view(content.spans->name[row]));
        fact.link = QString::number(position);
        slowest.push_back(std::move(fact));
    }
    m_slowest->setFacts(std::move(slowest), {});
}

void TraceOverviewTab::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
}

} // namespace tracedeck
