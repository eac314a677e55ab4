// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sources_dialog.h"

#include "views/connection_editor.h"
#include "views/flat_button.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kSeverityRole = Qt::UserRole + 1;
constexpr int kSecondLineRole = Qt::UserRole + 2;
constexpr int kStateRole = Qt::UserRole + 3;

/// Two lines per connection: shape, name and state; address below.
class ConnectionRowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {100, theme().scaled(48)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& colors = theme().colors;
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        painter->fillRect(option.rect, selected ? colors.selection : colors.window);
        if (selected) {
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.accent);
        }
        paintStatusShape(*painter, QPointF(option.rect.left() + 18, option.rect.top() + option.rect.height() / 3.0),
                         static_cast<Severity>(index.data(kSeverityRole).toInt()));
        const QRect text = option.rect.adjusted(34, 4, -14, -4);
        const QRect first(text.left(), text.top(), text.width(), text.height() / 2);
        const QRect second(text.left(), first.bottom(), text.width(), text.height() / 2);
        painter->setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
        painter->setPen(colors.text);
        const QString name = index.data(Qt::DisplayRole).toString();
        painter->drawText(first, Qt::AlignVCenter, name);
        const int used = painter->fontMetrics().horizontalAdvance(name) + 20;
        painter->setFont(theme().smallFont());
        painter->setPen(colors.text2);
        const QFontMetrics metrics = painter->fontMetrics();
        painter->drawText(first.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignRight,
                          metrics.elidedText(index.data(kStateRole).toString(), Qt::ElideRight, first.width() - used));
        painter->setPen(colors.text3);
        painter->drawText(second, Qt::AlignVCenter,
                          metrics.elidedText(index.data(kSecondLineRole).toString(), Qt::ElideMiddle, second.width()));
    }
};

} // namespace

SourcesDialog::SourcesDialog(QWidget* parent)
    : QDialog(parent),
      m_pages(new QStackedWidget(this)),
      m_list(new QListWidget),
      m_empty(new QLabel(this)),
      m_editor(new ConnectionEditor),
      m_add(new FlatButton(tr("Add source"))),
      m_edit(new FlatButton(tr("Edit"))),
      m_pause(new FlatButton(tr("Pause"))),
      m_remove(new FlatButton(tr("Remove"))),
      m_copy(new FlatButton(tr("Copy diagnostics")))
{
    setWindowTitle(tr("Sources"));
    resize(theme().scaled(680), theme().scaled(580));
    buildList();
    m_pages->addWidget(m_editor);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_editor, &ConnectionEditor::cancelRequested, this, [this] { showList(); });
}

void SourcesDialog::buildList()
{
    auto* page = new QWidget;
    auto* heading = new QLabel(tr("Sources"), page);
    heading->setFont(theme().titleFont());
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new ConnectionRowDelegate(m_list));
    m_list->setAccessibleName(tr("Sources"));
    m_empty->setParent(page);
    m_empty->setWordWrap(true);
    m_empty->setText(
        tr("No source was added so far. Add Docker, Podman or a Pulse server to see them in the same table."));
    m_add->setLook(FlatButton::Look::Accent);
    auto* buttons = new QHBoxLayout;
    for (FlatButton* button : {m_add, m_edit, m_pause, m_remove}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    buttons->addWidget(m_copy);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(heading);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    m_pages->addWidget(page);
    connect(m_list, &QListWidget::currentRowChanged, this, &SourcesDialog::refreshButtons);
    connect(m_list, &QListWidget::itemActivated, this, [this] { Q_EMIT editRequested(currentId()); });
    connect(m_add, &QAbstractButton::clicked, this, &SourcesDialog::addRequested);
    connect(m_edit, &QAbstractButton::clicked, this, [this] { Q_EMIT editRequested(currentId()); });
    connect(m_pause, &QAbstractButton::clicked, this, [this] {
        if (const ConnectionRow* row = current()) {
            Q_EMIT pauseRequested(row->id, !row->paused);
        }
    });
    connect(m_remove, &QAbstractButton::clicked, this, [this] { Q_EMIT removeRequested(currentId()); });
    connect(m_copy, &QAbstractButton::clicked, this, &SourcesDialog::copyRequested);
}

const ConnectionRow* SourcesDialog::current() const
{
    const int row = m_list->currentRow();
    return row < 0 || row >= static_cast<int>(m_rows.size()) ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

QString SourcesDialog::currentId() const
{
    const ConnectionRow* row = current();
    return row == nullptr ? QString() : row->id;
}

bool SourcesDialog::isEditing() const
{
    return m_pages->currentIndex() == 1;
}

void SourcesDialog::setConnections(const std::vector<ConnectionRow>& rows)
{
    const QString selected = currentId();
    m_rows = rows;
    // Items are reused, so that a state that moves on does not disturb a selection or a scroll position.
    while (m_list->count() > static_cast<int>(rows.size())) {
        delete m_list->takeItem(m_list->count() - 1);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ConnectionRow& row = rows[i];
        if (m_list->count() <= static_cast<int>(i)) {
            m_list->addItem(QString());
        }
        QListWidgetItem* item = m_list->item(static_cast<int>(i));
        const QString second = row.origin.isEmpty() ? row.address : row.address + QStringLiteral(" · ") + row.origin;
        item->setText(row.label);
        item->setData(kSeverityRole, static_cast<int>(row.severity));
        item->setData(kSecondLineRole, second);
        item->setData(kStateRole, row.state);
        item->setData(Qt::AccessibleTextRole,
                      QString(row.label + QStringLiteral(", ") + row.state + QStringLiteral(", ") + second));
        if (row.id == selected) {
            m_list->setCurrentRow(static_cast<int>(i));
        }
    }
    m_empty->setVisible(rows.empty());
    refreshButtons();
}

void SourcesDialog::refreshButtons()
{
    const ConnectionRow* row = current();
    m_edit->setEnabled(row != nullptr);
    m_edit->setText(row != nullptr && row->locked ? tr("Show") : tr("Edit"));
    m_pause->setEnabled(row != nullptr);
    m_pause->setText(row != nullptr && row->paused ? tr("Resume") : tr("Pause"));
    m_remove->setEnabled(row != nullptr && !row->locked);
    m_remove->setToolTip(row != nullptr && row->locked ? tr("Your team set it up") : QString());
    for (FlatButton* button : {m_edit, m_pause}) {
        button->updateGeometry();
    }
}

void SourcesDialog::showList(const QString& select)
{
    m_pages->setCurrentIndex(0);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == select) {
            m_list->setCurrentRow(static_cast<int>(i));
        }
    }
    if (m_list->currentRow() < 0 && m_list->count() > 0) {
        m_list->setCurrentRow(0);
    }
    m_list->setFocus(Qt::OtherFocusReason);
}

void SourcesDialog::showEditor(const ConnectionDraft& draft)
{
    m_pages->setCurrentIndex(1);
    m_editor->edit(draft);
}

QStringList SourcesDialog::texts() const
{
    QStringList out;
    for (const ConnectionRow& row : m_rows) {
        out.append(row.label + QStringLiteral(", ") + row.state);
    }
    return out;
}

void SourcesDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isEditing()) {
        showList();
    } else if (event->key() == Qt::Key_Delete && !isEditing() && m_remove->isEnabled()) {
        m_remove->click();
    } else if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QDialog::keyPressEvent(event); // Enter belongs to the field or the list that has the focus
    }
}

} // namespace tracedeck
