// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/service_section.h"

#include "models/cell_text.h"
#include "views/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {
namespace {
constexpr int kTitleHeight = 32;
} // namespace

ServiceSection::ServiceSection(GroupedTableModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_table(new GroupedTableView(this))
{
    m_table->setTableModel(model);
    m_table->setAccessibleName(tr("Backup and mail"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme().scaled(kTitleHeight), 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table);
    connect(model, &GroupedTableModel::applied, this, &ServiceSection::arrange);
    arrange();
}

QString ServiceSection::titleText() const
{
    const auto shown = static_cast<std::uint32_t>(m_model->rowCount());
    const auto total = static_cast<std::uint32_t>(std::max<std::uint64_t>(m_total, shown));
    return tr("Backup and mail") + QStringLiteral("  ") + shownOfTotal(shown, total);
}

void ServiceSection::setTotal(std::uint64_t total)
{
    if (total != m_total) {
        m_total = total;
        update();
    }
}

void ServiceSection::setDensity(RowDensity density)
{
    m_table->setDensity(density);
    arrange();
}

void ServiceSection::arrange()
{
    const int rows = std::min(m_model->rowCount(), kMostRows);
    const int title = theme().scaled(kTitleHeight);
    layout()->setContentsMargins(0, title, 0, 0);
    const int header = m_table->horizontalHeader()->sizeHint().height();
    setFixedHeight(title + header + rows * m_table->verticalHeader()->defaultSectionSize());
    setVisible(rows > 0);
    update();
}

void ServiceSection::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int title = theme().scaled(kTitleHeight);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, 0, width(), 1, theme().colors.line);
    painter.setPen(theme().colors.text);
    painter.setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
    painter.drawText(QRect(8, 0, width() - 16, title), Qt::AlignVCenter | Qt::AlignLeft, titleText());
}

void ServiceSection::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        arrange();
    }
}

} // namespace tracedeck
