// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/search_field.h"

#include "views/icons.h"
#include "views/theme.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QTextCharFormat>

namespace tracedeck {

namespace {

constexpr int kHintWidth = 20;

QColor tokenColor(QueryToken::Kind kind)
{
    const ThemeColors& colors = theme().colors;
    switch (kind) {
    case QueryToken::Kind::Field:
        return colors.accent;
    case QueryToken::Kind::Operator:
    case QueryToken::Kind::Keyword:
    case QueryToken::Kind::Parenthesis:
    case QueryToken::Kind::Comma:
    case QueryToken::Kind::Negation:
        return colors.text2;
    case QueryToken::Kind::Value:
        return colors.warn;
    case QueryToken::Kind::Phrase:
        return colors.ok;
    case QueryToken::Kind::Error:
        return colors.bad;
    case QueryToken::Kind::Word:
        break;
    }
    return colors.text;
}

} // namespace

int characterOfByte(const QString& text, std::uint32_t byte)
{
    std::uint32_t seen = 0;
    int position = 0;
    while (position < text.size() && seen < byte) {
        const QChar unit = text.at(position);
        if (unit.isHighSurrogate()) {
            seen += 4;
            position += 2;
        } else {
            seen += unit.unicode() < 0x80 ? 1 : unit.unicode() < 0x800 ? 2 : 3;
            ++position;
        }
    }
    return std::min<int>(position, static_cast<int>(text.size()));
}

SearchField::SearchField(QWidget* parent) : QLineEdit(parent)
{
    setFrame(false);
    setTextMargins(10, 0, kHintWidth + 14, 0);
    // The frame is painted here, so the base below the text must not cover it.
    QPalette clear = palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    setPalette(clear);
    setAccessibleName(tr("Search"));
    connect(this, &QLineEdit::textEdited, this, &SearchField::edited);
}

void SearchField::showQuery(const QString& text, const QueryFeedback& feedback)
{
    if (QLineEdit::text() != text) {
        setText(text);
    }
    setFeedback(feedback);
}

void SearchField::setFeedback(const QueryFeedback& feedback)
{
    m_feedback = feedback;
    setAccessibleDescription(feedback.error);
    colourTokens();
    update();
}

void SearchField::setReachedBySlash(bool reached)
{
    if (reached != m_reachedBySlash) {
        m_reachedBySlash = reached;
        update();
    }
}

void SearchField::colourTokens()
{
    // A line edit has no rich text; formats travel as attributes of an otherwise empty input method event.
    QList<QInputMethodEvent::Attribute> attributes;
    const auto add = [&](TextSpan where, const QTextCharFormat& format) {
        const int begin = characterOfByte(text(), where.begin);
        const int end = characterOfByte(text(), where.end);
        if (end > begin) {
            attributes.append(QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat, begin - cursorPosition(),
                                                           end - begin, format));
        }
    };
    for (const QueryToken& token : m_feedback.tokens) {
        QTextCharFormat format;
        format.setForeground(tokenColor(token.kind));
        add(token.where, format);
    }
    if (hasError()) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(theme().colors.bad);
        format.setForeground(theme().colors.bad);
        add(m_feedback.errorAt, format);
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    const ThemeColors& colors = theme().colors;
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setBrush(colors.window);
        painter.setPen(hasError()       ? QPen(colors.bad, 1.5)
                           : hasFocus() ? QPen(colors.accent, 1.5)
                                        : QPen(colors.line, 1));
        painter.drawRoundedRect(frame, theme().space.radius, theme().space.radius);
        if (m_reachedBySlash && !hasFocus()) {
            const QRectF box(width() - kHintWidth - 8.5, (height() - 20) / 2.0 + 0.5, kHintWidth - 3, 19);
            painter.setPen(colors.line);
            painter.setBrush(colors.raised);
            painter.drawRoundedRect(box, 4, 4);
            painter.setPen(colors.text2);
            painter.setFont(theme().monoFont(12));
            painter.drawText(box, Qt::AlignCenter, QStringLiteral("/"));
        }
    }
    QLineEdit::paintEvent(event);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Down) {
        Q_EMIT leaveRequested();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        // The frame is painted here, so the base below the text must not cover it.
        QPalette own = palette();
        if (own.color(QPalette::Base).alpha() != 0) {
            own.setColor(QPalette::Base, Qt::transparent);
            setPalette(own);
        }
        colourTokens();
    }
}

} // namespace tracedeck
