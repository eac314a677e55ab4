// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_list_view.h"

#include "views/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kMargin = 12;
constexpr int kValueColumn = 96; ///< plain facts line up here; scaled
constexpr int kWide = 560; ///< from here on a list is no panel; scaled
constexpr int kMaxLongLines = 14;

QFont nameFont(const Fact& fact)
{
    return fact.mono ? theme().monoFont(theme().type.tiny) : theme().baseFont();
}

/// Identifiers break anywhere, sentences between words.
int wrapOf(const Fact& fact)
{
    return fact.mono ? Qt::TextWrapAnywhere : Qt::TextWordWrap;
}

QFont valueFont(const Fact& fact)
{
    return fact.mono ? theme().smallFont() : theme().baseFont();
}

} // namespace

FactListView::FactListView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Details"));
}

void FactListView::setFacts(Facts facts, const QString& emptyText)
{
    const bool sameNames = std::equal(facts.begin(), facts.end(), m_facts.begin(), m_facts.end(),
                                      [](const Fact& a, const Fact& b) { return a.name == b.name; });
    if (!sameNames) {
        m_current = -1;
        m_revealed.clear();
        verticalScrollBar()->setValue(0);
    } else {
        // Another value under the same name is another secret: it was never asked for.
        std::erase_if(m_revealed, [&](int line) {
            const auto at = static_cast<std::size_t>(line);
            return facts[at].value != m_facts[at].value;
        });
    }
    m_facts = std::move(facts);
    m_emptyText = emptyText;
    layoutLines();
    describeCurrent();
    viewport()->update();
}

void FactListView::describeCurrent()
{
    const bool known = m_current >= 0 && m_current < static_cast<int>(m_facts.size());
    setAccessibleDescription(
        known ? m_facts[static_cast<std::size_t>(m_current)].name + QStringLiteral(": ") + copyText() : QString());
}

QString FactListView::copyText() const
{
    if (m_current < 0 || m_current >= static_cast<int>(m_facts.size())) {
        return {};
    }
    return shownValue(m_facts[static_cast<std::size_t>(m_current)], m_revealed.count(m_current) != 0);
}

void FactListView::setFitContent(bool fit)
{
    m_fit = fit;
    setSizePolicy(QSizePolicy::Expanding, fit ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    updateGeometry();
}

QSize FactListView::sizeHint() const
{
    return {300, m_fit ? m_contentHeight : 200};
}

QSize FactListView::minimumSizeHint() const
{
    return {120, m_fit ? m_contentHeight : 60};
}

/// Where values of attributes begin. In a panel (0) they stand at the right
/// edge, as keys vary in length; where the list is wide, eyes need not go that
/// far.
int FactListView::attributeColumn() const
{
    if (viewport()->width() < theme().scaled(kWide)) {
        return 0;
    }
    int widest = theme().scaled(kValueColumn);
    for (const Fact& fact : m_facts) {
        if (fact.mono) {
            widest = std::max(widest, QFontMetrics(nameFont(fact)).horizontalAdvance(fact.name) + 16);
        }
    }
    return std::min(widest, viewport()->width() / 3);
}

void FactListView::layoutLines()
{
    const int width = std::max(viewport()->width() - 2 * kMargin, 40);
    const int rowHeight = theme().scaled(26);
    m_attributeColumn = attributeColumn();
    int top = 4;
    m_lines.clear();
    for (const Fact& fact : m_facts) {
        const QFontMetrics names(nameFont(fact));
        const QFontMetrics values(valueFont(fact));
        Line line;
        line.top = top;
        line.height = rowHeight;
        const int nameWidth = names.horizontalAdvance(fact.name);
        const int column = fact.mono ? std::max(nameWidth + 16, m_attributeColumn) : theme().scaled(kValueColumn);
        const QString value = fact.note.isEmpty() ? fact.value : fact.value + QStringLiteral("  ") + fact.note;
        const bool fits = !value.contains(u'\n') && column + values.horizontalAdvance(value) <= width;
        // A long plain value goes on in its column; identifiers and texts of several lines need the whole width.
        const bool aside = !fact.mono && nameWidth < column && !value.contains(u'\n');
        line.place = fits && nameWidth < column ? Line::Place::Beside
            : aside                             ? Line::Place::Column
                                                : Line::Place::Below;
        if (line.place != Line::Place::Beside) {
            const bool below = line.place == Line::Place::Below;
            const QRect room(0, 0, std::max(below ? width : width - column, 40), 100000);
            const int wrapped = values.boundingRect(room, wrapOf(fact), value).height();
            const int shown = std::min(wrapped, values.lineSpacing() * kMaxLongLines);
            line.height += below ? shown + 6 : std::max(shown - values.lineSpacing(), 0);
        }
        top += line.height;
        m_lines.push_back(line);
    }
    m_contentHeight = top + 4;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight);
    verticalScrollBar()->setRange(0, std::max(m_contentHeight - viewport()->height(), 0));
    // "As needed" is not looked at again while the area is being resized, so it is said here.
    const bool scrolls = !m_fit && m_contentHeight > viewport()->height();
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    if (m_fit) {
        updateGeometry();
    }
}

void FactListView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme().colors.panel);
    if (m_facts.empty()) {
        painter.setFont(theme().baseFont());
        painter.setPen(theme().colors.text3);
        painter.drawText(viewport()->rect().adjusted(kMargin, 8, -kMargin, 0),
                         Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const int offset = verticalScrollBar()->value();
    for (int i = 0; i < static_cast<int>(m_lines.size()); ++i) {
        Line line = m_lines[static_cast<std::size_t>(i)];
        line.top -= offset;
        if (line.top + line.height >= 0 && line.top < viewport()->height()) {
            paintLine(painter, m_facts[static_cast<std::size_t>(i)], line, i == m_current);
        }
    }
}

void FactListView::paintLine(QPainter& painter, const Fact& fact, const Line& line, bool current) const
{
    const ThemeColors& colors = theme().colors;
    const QRect rect(0, line.top, viewport()->width(), line.height);
    if (current && hasFocus()) {
        painter.fillRect(rect, colors.selection);
    }
    const int rowHeight = theme().scaled(26);
    const QRect nameRect(kMargin, line.top, rect.width() - 2 * kMargin, rowHeight);
    painter.setFont(nameFont(fact));
    painter.setPen(colors.text2);
    painter.drawText(nameRect, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(painter.font()).elidedText(fact.name, Qt::ElideMiddle, nameRect.width()));
    const int index = static_cast<int>(&fact - m_facts.data());
    const QString value = shownValue(fact, m_revealed.count(index) != 0);
    painter.setFont(valueFont(fact));
    painter.setPen(fact.bad ? colors.bad : fact.link.isEmpty() ? colors.text : colors.accent);
    const QFontMetrics metrics(painter.font());
    if (line.place != Line::Place::Beside) {
        QRect room(kMargin, line.top + rowHeight - 2, nameRect.width(), line.height - rowHeight);
        if (line.place == Line::Place::Column) {
            room.setRect(kMargin + theme().scaled(kValueColumn), line.top + (rowHeight - metrics.lineSpacing()) / 2,
                         nameRect.width() - theme().scaled(kValueColumn),
                         line.height - rowHeight + metrics.lineSpacing());
        }
        painter.drawText(room, wrapOf(fact), fact.note.isEmpty() ? value : value + QStringLiteral("  ") + fact.note);
    } else {
        const int names = QFontMetrics(nameFont(fact)).horizontalAdvance(fact.name) + 16;
        const int left = !fact.mono  ? kMargin + theme().scaled(kValueColumn)
            : m_attributeColumn == 0 ? nameRect.right() - metrics.horizontalAdvance(value) + 1
                                     : kMargin + std::max(m_attributeColumn, names);
        painter.drawText(QRect(left, line.top, nameRect.right() - left + 1, rowHeight),
                         Qt::AlignVCenter | Qt::AlignLeft, value);
        if (!fact.note.isEmpty()) {
            painter.setPen(colors.text3);
            painter.drawText(QRect(left + metrics.horizontalAdvance(value) + 8, line.top, rect.width(), rowHeight),
                             Qt::AlignVCenter | Qt::AlignLeft, fact.note);
        }
    }
    if (fact.mono) {
        painter.setPen(colors.line);
        painter.drawLine(kMargin, rect.bottom(), rect.right() - kMargin, rect.bottom());
    }
}

int FactListView::lineAt(int y) const
{
    const int target = y + verticalScrollBar()->value();
    for (int i = 0; i < static_cast<int>(m_lines.size()); ++i) {
        const Line& line = m_lines[static_cast<std::size_t>(i)];
        if (target >= line.top && target < line.top + line.height) {
            return i;
        }
    }
    return -1;
}

void FactListView::activate(int line)
{
    if (line < 0) {
        return;
    }
    const Fact& fact = m_facts[static_cast<std::size_t>(line)];
    if (!fact.link.isEmpty()) {
        Q_EMIT linkActivated(fact.link);
    } else if (fact.secret) {
        m_revealed.insert(line);
        describeCurrent();
    }
    viewport()->update();
}

void FactListView::moveCurrent(int by)
{
    if (m_facts.empty()) {
        return;
    }
    m_current = std::clamp(m_current + by, 0, static_cast<int>(m_facts.size()) - 1);
    const Line& line = m_lines[static_cast<std::size_t>(m_current)];
    QScrollBar* bar = verticalScrollBar();
    // Of a line taller than the list the beginning is shown.
    bar->setValue(std::min(std::max(bar->value(), line.top + line.height - viewport()->height()), line.top));
    describeCurrent();
    viewport()->update();
}

void FactListView::mousePressEvent(QMouseEvent* event)
{
    m_current = lineAt(event->position().toPoint().y());
    describeCurrent();
    if (event->button() == Qt::LeftButton) {
        activate(m_current);
    }
    viewport()->update();
}

void FactListView::mouseMoveEvent(QMouseEvent* event)
{
    const int line = lineAt(event->position().toPoint().y());
    const bool active = line >= 0
        && (!m_facts[static_cast<std::size_t>(line)].link.isEmpty() || m_facts[static_cast<std::size_t>(line)].secret);
    viewport()->setCursor(active ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FactListView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(copyText());
    } else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_J) {
        moveCurrent(1);
    } else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_K) {
        moveCurrent(-1);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        activate(m_current);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void FactListView::contextMenuEvent(QContextMenuEvent* event)
{
    m_current = lineAt(event->pos().y());
    viewport()->update();
    if (m_current < 0) {
        return;
    }
    const Fact fact = m_facts[static_cast<std::size_t>(m_current)];
    const bool revealed = m_revealed.count(m_current) != 0;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy value"), this, [this] { QApplication::clipboard()->setText(copyText()); });
    menu->addAction(tr("Copy name and value"), this, [fact, revealed] {
        QApplication::clipboard()->setText(fact.name + QStringLiteral(": ") + shownValue(fact, revealed));
    });
    if (fact.mono && (!fact.secret || revealed)) {
        menu->addAction(tr("Find this value"), this, [this, fact] { Q_EMIT filterRequested(fact.name, fact.value); });
    }
    menu->popup(event->globalPos());
}

void FactListView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layoutLines();
}

void FactListView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        layoutLines();
        viewport()->update();
    }
}

} // namespace tracedeck
