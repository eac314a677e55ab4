// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/facts_view.h"

#include "views/status_shape.h"
#include "views/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace tracedeck {

namespace {

constexpr int kWidestLabel = 104;

QString coloured(const QString& text, const QColor& color)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(color.name(), text.toHtmlEscaped());
}

/// Status shapes as characters, because rich text has no painter: circle, diamond, square, ring.
QString shapeText(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return QStringLiteral("●");
    case Severity::Warning:
        return QStringLiteral("◆");
    case Severity::Critical:
        return QStringLiteral("■");
    case Severity::Unknown:
        return QStringLiteral("○");
    case Severity::None:
        break;
    }
    return {};
}

} // namespace

QString fittingText(const QString& text, qsizetype longest)
{
    QStringList words = text.split(u' ');
    for (QString& word : words) {
        if (word.size() > longest) {
            word = word.left(longest / 2) + QChar(0x2026) + word.right(longest / 2 - 1);
        }
    }
    return words.join(u' ');
}

QString breakableText(const QString& text)
{
    QString broken;
    for (const QChar c : text) {
        broken += c;
        if (c == u'_' || c == u'.' || c == u'/') {
            broken += QChar(0x200B);
        }
    }
    return broken;
}

FactsView::FactsView(QWidget* parent) : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 4, 12, 12);
    m_layout->setHorizontalSpacing(12);
    m_layout->setVerticalSpacing(8);
    m_layout->setColumnMinimumWidth(0, 74);
    m_layout->setColumnStretch(1, 1);
}

void FactsView::addLine()
{
    auto* label = new QLabel(this);
    auto* value = new QLabel(this);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setWordWrap(true);
    label->setMaximumWidth(theme().scaled(kWidestLabel)); // values need the room more
    value->setTextFormat(Qt::RichText);
    value->setWordWrap(true);
    value->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse
                                   | Qt::LinksAccessibleByKeyboard);
    connect(value, &QLabel::linkActivated, this, &FactsView::linkActivated);
    const int row = static_cast<int>(m_lines.size());
    m_layout->addWidget(label, row, 0);
    m_layout->addWidget(value, row, 1);
    m_layout->setRowStretch(row, 0);
    m_layout->setRowStretch(row + 1, 1);
    m_lines.push_back({label, value});
}

QString FactsView::richText(const RowFact& fact)
{
    const ThemeColors& colors = theme().colors;
    QString text;
    if (fact.severity != Severity::None) {
        text += coloured(shapeText(fact.severity) + u' ', severityColor(fact.severity));
    }
    if (!fact.chips.isEmpty()) {
        QStringList boxes;
        for (const QString& chip : fact.chips) {
            boxes.append(QStringLiteral("<span style=\"background-color:%1;color:%2\">&nbsp;%3&nbsp;</span>")
                             .arg(colors.hover.name(), colors.text2.name(), chip.toHtmlEscaped()));
        }
        text += boxes.join(QStringLiteral(" &#8203;"));
    } else if (!fact.link.isEmpty()) {
        text += QStringLiteral("<a href=\"%1\" style=\"color:%2;text-decoration:none\">%3</a>")
                    .arg(fact.link.toHtmlEscaped(), colors.accent.name(), fittingText(fact.value).toHtmlEscaped());
    } else {
        text += coloured(fittingText(fact.value), colors.text);
    }
    if (!fact.note.isEmpty()) {
        text += u' ' + coloured(fittingText(fact.note), colors.text3);
    }
    return text;
}

/// A heading stands out from the labels below it and keeps some distance from what is above.
void FactsView::applyLine(const Line& line, bool heading)
{
    QPalette looks = line.label->palette();
    looks.setColor(QPalette::WindowText, heading ? theme().colors.text : theme().colors.text2);
    line.label->setPalette(looks);
    line.label->setFont(heading ? theme().uiFont(theme().type.small, QFont::DemiBold) : theme().baseFont());
    line.label->setContentsMargins(0, heading ? 10 : 0, 0, 0);
}

void FactsView::setFacts(const std::vector<RowFact>& facts)
{
    while (m_lines.size() < facts.size()) {
        addLine();
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool used = i < facts.size();
        if (used && (i >= m_facts.size() || !(m_facts[i] == facts[i]))) {
            m_lines[i].label->setText(breakableText(facts[i].label));
            applyLine(m_lines[i], facts[i].heading);
            m_lines[i].value->setText(richText(facts[i]));
            const bool cut = fittingText(facts[i].value) != facts[i].value;
            m_lines[i].value->setToolTip(cut ? facts[i].value.toHtmlEscaped() : QString());
            m_lines[i].value->setAccessibleName(facts[i].label);
        }
        m_lines[i].label->setVisible(used);
        m_lines[i].value->setVisible(used);
    }
    m_facts = facts;
}

QStringList FactsView::texts() const
{
    QStringList texts;
    for (const RowFact& fact : m_facts) {
        if (fact.heading) {
            texts.append(fact.label);
            continue;
        }
        texts.append(fact.label + QStringLiteral(": ") + fact.value + fact.chips.join(u',')
                     + (fact.note.isEmpty() ? QString() : u' ' + fact.note));
    }
    return texts;
}

void FactsView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        const std::vector<RowFact> facts = std::exchange(m_facts, {});
        setFacts(facts);
    }
}

} // namespace tracedeck
