// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/filter_chips.h"

#include "models/plural_text.h"
#include "selectors/query_edit.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr int kChipGap = 6;
constexpr int kMostTextWidth = 180;
} // namespace

FilterChips::FilterChips(QWidget* parent)
    : QWidget(parent), m_more(new FlatButton(QString(), this)), m_menu(new QMenu(this))
{
    setAccessibleName(tr("Filters in force"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_more->setPopupMenu(m_menu);
    m_more->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &FilterChips::fillMenu);
}

void FilterChips::setChips(std::vector<FilterChip> chips)
{
    // The same chips again only get their new actions: nothing blinks while values refresh.
    m_chips = std::move(chips);
    while (m_buttons.size() < m_chips.size()) {
        auto* button = new FlatButton(QString(), this);
        button->setIconName(QStringLiteral("close"));
        button->installEventFilter(this);
        const std::size_t index = m_buttons.size();
        connect(button, &QAbstractButton::clicked, this, [this, index] {
            if (index < m_chips.size()) {
                const auto remove = m_chips[index].remove; // outlives the chips it replaces
                remove();
            }
        });
        m_buttons.push_back(button);
    }
    arrange();
}

void FilterChips::arrange()
{
    const QFontMetrics metrics(theme().smallFont());
    const auto moreText = [this](int hidden) {
        const bool all = hidden == static_cast<int>(m_chips.size());
        return all ? pluralText(static_cast<std::uint64_t>(hidden), tr("filter"), tr("filters"))
                   : tr("+%1").arg(hidden);
    };
    std::vector<int> widths;
    int wanted = 0;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        FlatButton* button = m_buttons[i];
        const QString text = metrics.elidedText(m_chips[i].text, Qt::ElideMiddle, theme().scaled(kMostTextWidth));
        if (button->text() != text) {
            button->setText(text);
        }
        button->setToolTip(tr("%1 · click or Del takes it away").arg(m_chips[i].text));
        button->setAccessibleName(tr("Filter %1, Delete takes it away").arg(m_chips[i].text));
        widths.push_back(button->sizeHint().width());
        wanted += widths.back() + (i > 0 ? kChipGap : 0);
    }
    m_more->setText(moreText(static_cast<int>(m_chips.size())));
    const int room = wanted <= width() ? width() : width() - m_more->sizeHint().width() - kChipGap;
    int x = 0;
    m_fitting = 0;
    for (std::size_t i = 0; i < m_chips.size() && x + widths[i] <= room; ++i) {
        m_buttons[i]->setGeometry(x, (height() - m_buttons[i]->sizeHint().height()) / 2, widths[i],
                                  m_buttons[i]->sizeHint().height());
        x += widths[i] + kChipGap;
        ++m_fitting;
    }
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setVisible(static_cast<int>(i) < m_fitting);
    }
    const int hidden = static_cast<int>(m_chips.size()) - m_fitting;
    m_more->setText(moreText(hidden));
    const QSize size = m_more->sizeHint();
    m_more->setGeometry(x, (height() - size.height()) / 2, std::min(size.width(), std::max(0, width() - x)),
                        size.height());
    m_more->setVisible(hidden > 0);
    setAccessibleDescription(texts().join(QStringLiteral(", ")));
}

void FilterChips::fillMenu()
{
    m_menu->clear();
    for (std::size_t i = static_cast<std::size_t>(m_fitting); i < m_chips.size(); ++i) {
        connect(m_menu->addAction(tr("Take away: %1").arg(m_chips[i].text)), &QAction::triggered, this,
                m_chips[i].remove);
    }
}

QStringList FilterChips::texts() const
{
    QStringList texts;
    for (const FilterChip& chip : m_chips) {
        texts.append(chip.text);
    }
    return texts;
}

void FilterChips::focusChip(int index)
{
    if (index >= 0 && index < m_fitting) {
        m_buttons[static_cast<std::size_t>(index)]->setFocus(Qt::TabFocusReason);
    }
}

bool FilterChips::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto found = std::find(m_buttons.begin(), m_buttons.end(), watched);
        const int index = static_cast<int>(found - m_buttons.begin());
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            (*found)->click();
            focusChip(std::min(index, m_fitting - 1));
            return true;
        case Qt::Key_Left:
        case Qt::Key_Right:
            focusChip(index + (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Left ? -1 : 1));
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QSize FilterChips::sizeHint() const
{
    return {0, theme().scaled(28)};
}

QSize FilterChips::minimumSizeHint() const
{
    return {m_chips.empty() ? 0 : m_more->sizeHint().width(), theme().scaled(28)};
}

void FilterChips::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void FilterChips::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        arrange();
    }
}

std::vector<FilterChip> queryChips(const QString& query, const std::function<void(QString)>& take)
{
    std::vector<FilterChip> chips;
    for (const QueryPart& part : queryParts(query.toStdString())) {
        chips.push_back(
            {QString::fromStdString(part.text), [take, rest = QString::fromStdString(part.without)] { take(rest); }});
    }
    return chips;
}

} // namespace tracedeck
