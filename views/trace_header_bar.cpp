// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_header_bar.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "models/plural_text.h"
#include "models/trace_overview.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QPainter>
#include <QUrl>

namespace tracedeck {

TraceHeaderBar::TraceHeaderBar(QWidget* parent) : QWidget(parent), m_back(new FlatButton(tr("\u2039 Traces"), this))
{
    m_back->setLook(FlatButton::Look::Plain);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    connect(m_back, &FlatButton::clicked, this, &TraceHeaderBar::backRequested);
}

QSize TraceHeaderBar::sizeHint() const
{
    return {600, theme().scaled(48)};
}

void TraceHeaderBar::add(Role role, const QString& text, const QString& target)
{
    if (!text.isEmpty()) {
        m_pieces.push_back({role, text, target, {}});
    }
}

void TraceHeaderBar::setTrace(const SpanTable& spans, const SpanLayout& layout, std::int32_t utcOffsetSeconds)
{
    m_pieces.clear();
    if (layout.size() > 0) {
        const auto text = [](std::string_view utf8) {
            return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
        };
        const std::uint32_t root = layout.row[rootPosition(layout)];
        const QString id = QString::fromStdString(spans.traceId[root].toHex());
        add(Role::Title, text(spans.strings.view(spans.name[root])));
        add(Role::Plain, text(spans.service(root)));
        add(Role::Id, id.left(8) + QStringLiteral("\u2026") + id.right(6), id);
        add(Role::Strong, QString::fromStdString(formatDuration(layout.endNs - layout.startNs).joined()));
        if (layout.errors > 0) {
            add(Role::Error, QStringLiteral("\u2715 ") + pluralText(layout.errors, tr("error"), tr("errors")));
        }
        add(Role::Plain, QString::fromStdString(formatDayAndTime(layout.startNs, utcOffsetSeconds)));
        add(Role::Plain, pluralText(layout.size(), tr("span"), tr("spans")));
        add(Role::Plain, pluralText(serviceShares(spans, layout).size(), tr("service"), tr("services")));
        for (const Fact& fact : traceFacts(spans, layout, utcOffsetSeconds)) {
            if (fact.name == QCoreApplication::translate("TraceOverview", "Host")) {
                const QString encoded =
                    QString::fromUtf8(QUrl::toPercentEncoding(QStringLiteral("name:") + fact.value));
                add(Role::Link, tr("on %1").arg(fact.value), QStringLiteral("tracedeck://infrastructure?q=") + encoded);
            }
        }
    }
    layoutPieces();
    QStringList words;
    for (const Piece& piece : m_pieces) {
        words.push_back(piece.text);
    }
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

QFont TraceHeaderBar::fontOf(Role role) const
{
    switch (role) {
    case Role::Title:
        return theme().titleFont();
    case Role::Id:
        return theme().monoFont(theme().type.small);
    case Role::Strong:
        return theme().uiFont(theme().type.base, QFont::DemiBold);
    case Role::Plain:
    case Role::Error:
    case Role::Link:
        break;
    }
    return theme().baseFont();
}

void TraceHeaderBar::layoutPieces()
{
    m_back->adjustSize();
    m_back->move(8, (height() - m_back->height()) / 2);
    int x = m_back->geometry().right() + 12;
    for (Piece& piece : m_pieces) {
        const int width = QFontMetrics(fontOf(piece.role)).horizontalAdvance(piece.text);
        const bool fits = x + width <= this->width() - 12 || piece.role == Role::Title;
        piece.rect = fits ? QRect(x, 0, std::min(width, std::max(this->width() - 12 - x, 0)), height()) : QRect();
        x += width + 16;
    }
}

const TraceHeaderBar::Piece* TraceHeaderBar::pieceAt(QPoint at) const
{
    for (const Piece& piece : m_pieces) {
        if (!piece.target.isEmpty() && piece.rect.contains(at)) {
            return &piece;
        }
    }
    return nullptr;
}

void TraceHeaderBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const ThemeColors& colors = theme().colors;
    painter.fillRect(rect(), colors.panel);
    for (const Piece& piece : m_pieces) {
        if (piece.rect.isEmpty()) {
            continue;
        }
        const bool link = piece.role == Role::Link;
        const bool bright = piece.role == Role::Title || piece.role == Role::Strong;
        painter.setFont(fontOf(piece.role));
        painter.setPen(piece.role == Role::Error ? colors.bad
                           : link                ? colors.accent
                           : bright              ? colors.text
                                                 : colors.text2);
        painter.drawText(piece.rect, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(painter.font()).elidedText(piece.text, Qt::ElideRight, piece.rect.width() + 1));
    }
}

void TraceHeaderBar::mousePressEvent(QMouseEvent* event)
{
    const Piece* piece = pieceAt(event->position().toPoint());
    if (piece == nullptr) {
        return;
    }
    if (piece->role == Role::Link) {
        Q_EMIT linkActivated(piece->target);
    } else {
        QApplication::clipboard()->setText(piece->target);
        Q_EMIT idCopied(piece->target);
    }
}

void TraceHeaderBar::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(pieceAt(event->position().toPoint()) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TraceHeaderBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        layoutPieces(); // smaller text leaves the height, and so the size, as it is
    }
}

void TraceHeaderBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layoutPieces();
}

} // namespace tracedeck
