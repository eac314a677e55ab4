// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pick_panel.h"

#include "views/suggestion_delegate.h"
#include "views/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr int kPanelWidth = 620;
constexpr int kPanelTop = 56;
constexpr int kPanelLines = 12;
constexpr int kHeadHeight = 110; // what stands above the lines, with room below

int lineHeight()
{
    return theme().scaled(SuggestionDelegate::kLineHeight);
}
} // namespace

PickPanel::PickPanel(QWidget* window)
    : QFrame(window),
      m_title(new QLabel(this)),
      m_input(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_nothing(new QLabel(this))
{
    m_title->setIndent(12);
    m_input->setFrame(false);
    m_input->setTextMargins(10, 0, 10, 0);
    m_input->setMinimumHeight(36);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new SuggestionDelegate(false, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_nothing->setIndent(12);
    m_nothing->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 10, 1, 8);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_input);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list, 1);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textEdited, this, &PickPanel::textChanged);
    connect(m_list, &QListWidget::itemClicked, this, &PickPanel::choose);
    hide();
}

void PickPanel::open(const QString& title, const QString& placeholder, const QString& text, bool needsLine)
{
    const QWidget* window = parentWidget();
    const int width = std::min(theme().scaled(kPanelWidth), window->width() - 32);
    setGeometry((window->width() - width) / 2, kPanelTop, width, layout()->sizeHint().height());
    setAccessibleName(title);
    m_title->setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
    m_title->setText(title);
    m_input->setPlaceholderText(placeholder);
    m_input->setAccessibleName(title);
    m_input->setText(text);
    m_input->selectAll();
    m_needsLine = needsLine;
    setLines({});
    show();
    raise();
    m_input->setFocus(Qt::PopupFocusReason);
}

void PickPanel::setLines(const std::vector<Suggestion>& lines, const QString& nothing)
{
    m_list->clear();
    for (const Suggestion& line : lines) {
        auto* item = new QListWidgetItem(line.text, m_list);
        item->setData(SuggestionDelegate::kDetailRole, line.detail);
        item->setData(Qt::AccessibleDescriptionRole, line.detail);
        if (!line.selectable) {
            item->setFlags(Qt::NoItemFlags);
        }
    }
    const int most = std::max(1, (parentWidget()->height() - kPanelTop - theme().scaled(kHeadHeight)) / lineHeight());
    m_list->setFixedHeight(std::min({m_list->count(), kPanelLines, most}) * lineHeight());
    m_list->setVisible(m_list->count() > 0);
    m_nothing->setText(nothing);
    m_nothing->setVisible(lines.empty() && !nothing.isEmpty());
    layout()->activate();
    resize(width(), layout()->sizeHint().height());
    if (m_needsLine) {
        m_list->setCurrentRow(0);
    }
}

void PickPanel::close()
{
    if (isVisible()) {
        hide();
        Q_EMIT closed();
    }
}

QString PickPanel::text() const
{
    return m_input->text();
}

QString PickPanel::title() const
{
    return m_title->text();
}

QStringList PickPanel::texts() const
{
    QStringList texts;
    for (int row = 0; row < m_list->count(); ++row) {
        texts.append(m_list->item(row)->text() + u'\t'
                     + m_list->item(row)->data(SuggestionDelegate::kDetailRole).toString());
    }
    return texts;
}

void PickPanel::choose()
{
    const QListWidgetItem* item = m_list->currentItem();
    const int line = item != nullptr && (item->flags() & Qt::ItemIsEnabled) != 0 ? m_list->currentRow() : -1;
    const QString typed = m_input->text().trimmed();
    if (line < 0 && (m_needsLine || typed.isEmpty())) {
        return;
    }
    close();
    Q_EMIT chosen(line, typed);
}

bool PickPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason) {
        close();
    } else if (event->type() == QEvent::KeyPress) {
        const int row = m_list->currentRow();
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            close();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose();
            return true;
        case Qt::Key_Down:
            m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
            return true;
        case Qt::Key_Up:
            m_list->setCurrentRow(std::max(row - 1, m_needsLine ? 0 : -1));
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void PickPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.window);
    painter.fillRect(1, m_input->geometry().bottom() + 2, width() - 2, 1, theme().colors.line);
    painter.setPen(theme().colors.accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace tracedeck
