// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/compare_panel.h"

#include "views/facts_view.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tracedeck {
namespace {

constexpr int kPanelWidth = 520;
constexpr int kLabelWidth = 112;
constexpr qsizetype kLongestWord = 20; // fits half the panel

void colourLabel(QLabel* label, const QColor& color, const QFont& font)
{
    QPalette looks = label->palette();
    if (looks.color(QPalette::WindowText) != color) {
        looks.setColor(QPalette::WindowText, color);
        label->setPalette(looks);
    }
    if (label->font() != font) {
        label->setFont(font);
    }
}

/// A heading stays only when a fact below it does.
std::vector<ComparedFact> onlyDifferent(const std::vector<ComparedFact>& facts)
{
    std::vector<ComparedFact> kept;
    for (const ComparedFact& fact : facts) {
        if (fact.heading && !kept.empty() && kept.back().heading) {
            kept.pop_back();
        }
        if (fact.heading || fact.differs) {
            kept.push_back(fact);
        }
    }
    if (!kept.empty() && kept.back().heading) {
        kept.pop_back();
    }
    return kept;
}

} // namespace

ComparePanel::ComparePanel(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(tr("Compare"), this)),
      m_note(new QLabel(this)),
      m_names{new QLabel(this), new QLabel(this)},
      m_onlyDifferences(new FlatButton(tr("Differences only"), this)),
      m_grid(nullptr)
{
    setAccessibleName(tr("Two rows compared"));
    m_note->setWordWrap(true);
    m_note->hide();
    m_onlyDifferences->setCheckable(true);
    auto* swap = new FlatButton(tr("Swap"), this);
    auto* close = new FlatButton(QString(), this);
    close->setLook(FlatButton::Look::Plain);
    close->setIconName(QStringLiteral("close"));
    close->setAccessibleName(tr("Close the comparison"));
    close->setToolTip(tr("Close  Esc"));
    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_onlyDifferences);
    header->addWidget(swap);
    header->addWidget(close);
    auto* body = new QWidget;
    m_grid = new QGridLayout(body);
    m_grid->setContentsMargins(0, 4, 8, 8);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    for (int i = 0; i < 2; ++i) {
        m_names[i]->setWordWrap(true);
        m_names[i]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(m_names[i], 0, i + 1);
    }
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(15, 8, 8, 4);
    layout->setSpacing(6);
    layout->addLayout(header);
    layout->addWidget(m_note);
    layout->addWidget(scroll, 1);
    connect(close, &QAbstractButton::clicked, this, &ComparePanel::closeRequested);
    connect(swap, &QAbstractButton::clicked, this, &ComparePanel::swapRequested);
    connect(m_onlyDifferences, &QAbstractButton::clicked, this, &ComparePanel::fillLines);
    applyLooks();
}

void ComparePanel::showRows(const RowFacts& left, const RowFacts& right, const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_names[0]->setText(left.title);
    m_names[1]->setText(right.title);
    m_facts = comparedFacts(left, right);
    fillLines();
}

void ComparePanel::setDifferencesOnly(bool on)
{
    m_onlyDifferences->setChecked(on);
    fillLines();
}

void ComparePanel::addLine()
{
    const int row = static_cast<int>(m_lines.size()) + 1;
    QLabel* labels[3];
    for (int column = 0; column < 3; ++column) {
        labels[column] = new QLabel(m_names[0]->parentWidget());
        labels[column]->setWordWrap(true);
        labels[column]->setTextFormat(Qt::PlainText);
        labels[column]->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        m_grid->addWidget(labels[column], row, column);
    }
    labels[0]->setMaximumWidth(theme().scaled(kLabelWidth));
    for (QLabel* value : {labels[1], labels[2]}) {
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // both columns are equally wide
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_grid->setRowStretch(row, 0);
    m_grid->setRowStretch(row + 1, 1);
    m_lines.push_back({labels[0], labels[1], labels[2]});
}

void ComparePanel::fillLine(const Line& line, const ComparedFact& fact)
{
    const ThemeColors& colors = theme().colors;
    const QFont plain = theme().baseFont();
    const QFont strong = theme().uiFont(theme().type.base, QFont::DemiBold);
    const QString right = fittingText(fact.right, kLongestWord);
    line.label->setText(breakableText(fact.label));
    line.left->setText(fittingText(fact.left, kLongestWord));
    line.right->setText(fact.difference.isEmpty() ? right : right + u'\n' + fact.difference);
    line.left->setToolTip(fact.left);
    line.right->setToolTip(fact.right);
    colourLabel(line.label, fact.heading ? colors.text : colors.text2,
                fact.heading ? theme().uiFont(theme().type.small, QFont::DemiBold) : plain);
    line.label->setContentsMargins(0, fact.heading ? 10 : 0, 0, 0);
    for (QLabel* value : {line.left, line.right}) {
        colourLabel(value, fact.differs ? colors.text : colors.text3, fact.differs ? strong : plain);
        value->setAccessibleName(fact.differs ? tr("%1, differs").arg(fact.label) : tr("%1, equal").arg(fact.label));
    }
}

void ComparePanel::fillLines()
{
    const std::vector<ComparedFact> shown = m_onlyDifferences->isChecked() ? onlyDifferent(m_facts) : m_facts;
    while (m_lines.size() < shown.size()) {
        addLine();
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool used = i < shown.size();
        if (used && (i >= m_shown.size() || !(m_shown[i] == shown[i]))) {
            fillLine(m_lines[i], shown[i]);
        }
        for (QLabel* label : {m_lines[i].label, m_lines[i].left, m_lines[i].right}) {
            label->setVisible(used);
        }
    }
    m_shown = shown;
}

QStringList ComparePanel::texts() const
{
    QStringList texts;
    for (const ComparedFact& fact : m_shown) {
        QStringList parts{fact.left, fact.right};
        if (!fact.difference.isEmpty()) {
            parts.append(fact.difference);
        }
        texts.append(fact.heading ? fact.label : fact.label + QStringLiteral(": ") + parts.join(QStringLiteral(" | ")));
    }
    return texts;
}

void ComparePanel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, 0, 1, height(), theme().colors.line);
}

void ComparePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

void ComparePanel::applyLooks()
{
    setFixedWidth(theme().scaled(kPanelWidth));
    m_title->setFont(theme().uiFont(15, QFont::DemiBold));
    for (QLabel* name : m_names) {
        colourLabel(name, theme().colors.accent, theme().uiFont(theme().type.base, QFont::DemiBold));
    }
    colourLabel(m_note, theme().colors.warn, theme().smallFont());
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        fillLine(m_lines[i], m_shown[i]);
    }
}

} // namespace tracedeck
