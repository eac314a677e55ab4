// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/command_palette.h"

#include "selectors/fuzzy_match.h"
#include "views/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

namespace {

constexpr int kIdRole = Qt::UserRole;
constexpr int kKeysRole = Qt::UserRole + 1;

/// Title on the left, keys on the right.
class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& colors = theme().colors;
        if ((option.state & QStyle::State_Selected) != 0) {
            painter->fillRect(option.rect, colors.accentBg);
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.accent);
        }
        const QRect text = option.rect.adjusted(14, 0, -14, 0);
        painter->setPen(colors.text);
        painter->setFont(theme().baseFont());
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, index.data(Qt::DisplayRole).toString());
        painter->setPen(colors.text3);
        painter->setFont(theme().monoFont(11));
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, index.data(kKeysRole).toString());
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {100, theme().scaled(28)};
    }
};

std::optional<int> scoreOf(const CommandItem& item, const QString& text)
{
    if (text.startsWith(u':')) {
        const QString wanted = text.mid(1).trimmed();
        if (item.alias.isEmpty() || !item.alias.startsWith(wanted, Qt::CaseInsensitive)) {
            return std::nullopt;
        }
        return 1000 - static_cast<int>(item.alias.size());
    }
    const std::optional<int> title = fuzzyScore(text.toStdString(), item.title.toStdString());
    const std::optional<int> alias =
        item.alias.isEmpty() ? std::nullopt : fuzzyScore(text.toStdString(), item.alias.toStdString());
    return title && alias ? std::max(title, alias) : title ? title : alias;
}

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window), m_input(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setAccessibleName(tr("Commands"));
    m_input->setPlaceholderText(tr("Type a command, or : and a short name"));
    m_input->setFrame(false);
    m_input->setTextMargins(10, 0, 10, 0);
    m_input->setMinimumHeight(40);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_input);
    layout->addWidget(m_list, 1);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::refill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    hide();
}

void CommandPalette::setCommands(std::vector<CommandItem> commands)
{
    m_commands = std::move(commands);
}

void CommandPalette::open(const QString& text)
{
    const QWidget* window = parentWidget();
    const int width = std::min(560, window->width() - 32);
    const int height = std::min(theme().scaled(28) * 12 + 44, window->height() - 80);
    setGeometry((window->width() - width) / 2, 56, width, height);
    m_input->setText(text);
    refill(text);
    show();
    raise();
    m_input->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::close()
{
    if (isVisible()) {
        hide();
        Q_EMIT closed();
    }
}

QStringList CommandPalette::listedIds() const
{
    QStringList ids;
    for (int row = 0; row < m_list->count(); ++row) {
        ids.append(m_list->item(row)->data(kIdRole).toString());
    }
    return ids;
}

void CommandPalette::refill(const QString& text)
{
    std::vector<std::pair<int, const CommandItem*>> found;
    for (const CommandItem& item : m_commands) {
        if (!item.inPalette) {
            continue;
        }
        if (const std::optional<int> score = scoreOf(item, text)) {
            found.emplace_back(*score, &item);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    for (const auto& [score, item] : found) {
        auto* entry = new QListWidgetItem(
            text.startsWith(u':') ? u':' + item->alias + QStringLiteral("   ") + item->title : item->title);
        entry->setData(kIdRole, item->id);
        entry->setData(kKeysRole, item->keys.join(QStringLiteral("  ")));
        m_list->addItem(entry);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::choose()
{
    const QListWidgetItem* entry = m_list->currentItem();
    if (entry == nullptr) {
        return;
    }
    const QString id = entry->data(kIdRole).toString();
    close();
    Q_EMIT chosen(id);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut) {
        close();
    } else if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_list->currentRow();
        switch (key->key()) {
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
            m_list->setCurrentRow(std::max(row - 1, 0));
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.window);
    painter.setPen(theme().colors.accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace tracedeck
