// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/suggestion_popup.h"

#include "views/suggestion_delegate.h"
#include "views/theme.h"

#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

namespace {

constexpr int kMostWidth = 560;
constexpr int kHintHeight = 24;
constexpr int kMostLines = 10;
} // namespace

SuggestionPopup::SuggestionPopup(QWidget* window) : QFrame(window), m_list(new QListWidget(this))
{
    setAccessibleName(tr("Suggestions"));
    setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new SuggestionDelegate(true, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(m_list);
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) {
        const int row = m_list->row(item);
        if (isSelectable(row)) {
            Q_EMIT chosen(row);
        }
    });
    hide();
}

void SuggestionPopup::open(const std::vector<Suggestion>& suggestions, const QWidget* anchor, const QString& hint)
{
    m_picked = -1;
    m_list->clear();
    if (suggestions.empty()) {
        close();
        return;
    }
    m_hint = hint;
    for (const Suggestion& suggestion : suggestions) {
        auto* item = new QListWidgetItem(suggestion.text, m_list);
        item->setData(SuggestionDelegate::kDetailRole, suggestion.detail);
        item->setData(Qt::AccessibleDescriptionRole, suggestion.detail);
        if (!suggestion.selectable) {
            item->setFlags(Qt::NoItemFlags);
        }
    }
    placeUnder(anchor);
    show();
    raise();
}

void SuggestionPopup::placeUnder(const QWidget* anchor)
{
    const QWidget* window = parentWidget();
    const QPoint at = anchor->mapTo(window, QPoint(0, anchor->height() + 4));
    const int hintHeight = m_hint.isEmpty() ? 0 : theme().scaled(kHintHeight);
    const int lines = std::min(m_list->count(), kMostLines);
    const int height = lines * theme().scaled(SuggestionDelegate::kLineHeight) + hintHeight + 2;
    layout()->setContentsMargins(1, 1, 1, 1 + hintHeight);
    setGeometry(at.x(), at.y(), std::min({kMostWidth, anchor->width(), window->width() - at.x() - 8}),
                std::min(height, window->height() - at.y() - 8));
}

void SuggestionPopup::close()
{
    m_picked = -1;
    hide();
}

bool SuggestionPopup::isSelectable(int row) const
{
    return row >= 0 && row < m_list->count() && (m_list->item(row)->flags() & Qt::ItemIsEnabled) != 0;
}

int SuggestionPopup::first() const
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (isSelectable(row)) {
            return row;
        }
    }
    return -1;
}

void SuggestionPopup::moveBy(int step)
{
    int row = m_picked + step;
    while (row >= 0 && row < m_list->count() && !isSelectable(row)) {
        row += step;
    }
    if (row >= m_list->count()) {
        return;
    }
    m_picked = std::max(row, -1);
    m_list->setCurrentRow(m_picked);
    if (m_picked < 0) {
        m_list->clearSelection();
    }
}

QStringList SuggestionPopup::texts() const
{
    QStringList texts;
    for (int row = 0; row < m_list->count(); ++row) {
        texts.append(m_list->item(row)->text());
    }
    return texts;
}

void SuggestionPopup::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    if (!m_hint.isEmpty()) {
        const QRect foot(0, height() - theme().scaled(kHintHeight), width(), theme().scaled(kHintHeight));
        painter.fillRect(foot.adjusted(0, 0, 0, 1 - foot.height()), colors.line);
        painter.setFont(theme().tinyFont());
        painter.setPen(colors.text2);
        painter.drawText(foot.adjusted(13, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, m_hint);
    }
    painter.setPen(colors.accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace tracedeck
