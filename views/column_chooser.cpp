// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/column_chooser.h"

#include "views/flat_button.h"
#include "views/grouped_table_view.h"
#include "views/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>

namespace tracedeck {
namespace {
constexpr int kColumnIdRole = Qt::UserRole;
constexpr QSize kChooserSize{264, 420};
} // namespace

ColumnChooser::ColumnChooser(GroupedTableView* table, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_table(table), m_search(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Columns"));
    resize(theme().scaled(kChooserSize.width()), theme().scaled(kChooserSize.height()));
    m_search->setPlaceholderText(tr("Search columns"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Columns, in order"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->installEventFilter(this);
    auto* hint = new QLabel(tr("Drag, or Alt+Up and Alt+Down, to reorder"), this);
    hint->setFont(theme().tinyFont());
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* widths = new FlatButton(tr("Automatic widths"), this);
    auto* reset = new FlatButton(tr("Reset"), this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(widths);
    buttons->addWidget(reset);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(hint);
    layout->addLayout(buttons);
    fill();
    connect(m_search, &QLineEdit::textChanged, this, &ColumnChooser::filter);
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (!m_filling) {
            m_table->setColumnWanted(item->data(kColumnIdRole).toString(), item->checkState() == Qt::Checked);
        }
    });
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ColumnChooser::takeOrder);
    connect(widths, &QAbstractButton::clicked, m_table, &GroupedTableView::resetColumnWidths);
    connect(reset, &QAbstractButton::clicked, this, [this] {
        m_table->resetColumns();
        fill();
        filter(m_search->text());
    });
}

void ColumnChooser::openAt(const QPoint& globalPosition)
{
    QPoint at = globalPosition;
    if (const QScreen* on = m_table->screen()) {
        const QRect room = on->availableGeometry();
        at.setX(std::max(room.left(), std::min(at.x(), room.right() - width())));
        at.setY(std::max(room.top(), std::min(at.y(), room.bottom() - height())));
    }
    move(at);
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void ColumnChooser::fill()
{
    m_filling = true;
    m_list->clear();
    for (const GroupedTableView::ColumnEntry& column : m_table->columnEntries()) {
        auto* item = new QListWidgetItem(column.title, m_list);
        item->setData(kColumnIdRole, column.id);
        item->setSizeHint(QSize(0, theme().scaled(theme().space.rowCompact)));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled);
        item->setCheckState(column.wanted ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
    m_list->setCurrentRow(0);
}

void ColumnChooser::filter(const QString& text)
{
    QListWidgetItem* first = nullptr;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* item = m_list->item(i);
        item->setHidden(!item->text().contains(text.trimmed(), Qt::CaseInsensitive));
        first = first == nullptr && !item->isHidden() ? item : first;
    }
    m_list->setCurrentItem(first);
}

void ColumnChooser::takeOrder()
{
    for (int place = 0; place < m_list->count(); ++place) {
        m_table->setColumnPlace(m_list->item(place)->data(kColumnIdRole).toString(), place);
    }
}

bool ColumnChooser::moveCurrent(int by)
{
    const int from = m_list->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count()) {
        return false;
    }
    m_filling = true;
    QListWidgetItem* item = m_list->takeItem(from);
    m_list->insertItem(to, item);
    m_list->setCurrentItem(item);
    m_filling = false;
    m_table->setColumnPlace(item->data(kColumnIdRole).toString(), to);
    return true;
}

void ColumnChooser::toggle(QListWidgetItem* item)
{
    if (item != nullptr && !item->isHidden()) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    }
}

bool ColumnChooser::listKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers.testFlag(Qt::AltModifier) && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        moveCurrent(key == Qt::Key_Up ? -1 : 1);
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        toggle(m_list->currentItem());
        return true;
    }
    return false;
}

bool ColumnChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) {
        return QFrame::eventFilter(watched, event);
    }
    const auto* pressed = static_cast<QKeyEvent*>(event);
    if (watched == m_search && pressed->key() == Qt::Key_Down && !pressed->modifiers().testFlag(Qt::AltModifier)) {
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    return listKey(pressed->key(), pressed->modifiers()) || QFrame::eventFilter(watched, event);
}

void ColumnChooser::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace tracedeck
