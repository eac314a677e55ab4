// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/search_assist.h"

#include "views/search_field.h"
#include "views/suggestion_popup.h"

#include <QKeyEvent>

namespace tracedeck {

namespace {

bool standsThere(const QString& typed, const QueryCompletions& completions)
{
    if (completions.candidates.size() != 1 || completions.candidates.front().text.empty()) {
        return false;
    }
    const int begin = characterOfByte(typed, completions.replace.begin);
    const int end = characterOfByte(typed, completions.replace.end);
    return typed.mid(begin, end - begin) == QString::fromStdString(completions.candidates.front().text);
}

} // namespace

SearchAssist::SearchAssist(SearchField* field, QWidget* window, Hooks hooks)
    : QObject(field), m_field(field), m_popup(new SuggestionPopup(window)), m_hooks(std::move(hooks))
{
    m_field->installEventFilter(this);
    connect(m_field, &SearchField::edited, this, &SearchAssist::textChanged);
    connect(m_field, &SearchField::leaveRequested, this, &SearchAssist::close);
    connect(m_popup, &SuggestionPopup::chosen, this, &SearchAssist::accept);
}

bool SearchAssist::isOpen() const
{
    return m_mode != Mode::Closed;
}

void SearchAssist::close()
{
    m_popup->close();
    setMode(Mode::Closed);
}

void SearchAssist::setMode(Mode mode)
{
    const bool changed = (mode == Mode::Closed) != (m_mode == Mode::Closed);
    m_mode = mode;
    if (changed) {
        Q_EMIT openChanged(isOpen());
    }
}

void SearchAssist::textChanged()
{
    if (!m_accepting) {
        m_field->text().isEmpty() ? close() : openCompletions();
    }
}

void SearchAssist::openCompletions()
{
    m_completions = m_hooks.completions(m_field->text(), m_field->cursorPosition());
    if (standsThere(m_field->text(), m_completions)) {
        m_completions.candidates.clear();
    }
    std::vector<Suggestion> lines;
    for (const QueryCandidate& candidate : m_completions.candidates) {
        lines.push_back({QString::fromStdString(candidate.label), QString::fromStdString(candidate.detail),
                         !candidate.text.empty()});
    }
    m_popup->open(lines, m_field, tr("Tab takes it · Up and Down pick · Esc closes"));
    setMode(lines.empty() ? Mode::Closed : Mode::Completing);
}

void SearchAssist::openHistory()
{
    m_history = m_hooks.history();
    std::vector<Suggestion> lines;
    for (const QString& query : m_history) {
        lines.push_back({query, {}});
    }
    m_popup->open(lines, m_field, tr("Earlier queries · Enter takes one · Esc closes"));
    setMode(lines.empty() ? Mode::Closed : Mode::History);
    m_popup->moveBy(1);
}

void SearchAssist::accept(int index)
{
    if (index < 0) {
        return;
    }
    m_accepting = true; // what is inserted here asks for its own list below
    if (m_mode == Mode::History) {
        m_field->selectAll();
        m_field->insert(m_history.value(index));
        m_accepting = false;
        close();
        return;
    }
    const QueryCandidate candidate = m_completions.candidates.at(static_cast<std::size_t>(index));
    const QString text = m_field->text();
    const int begin = characterOfByte(text, m_completions.replace.begin);
    const int end = characterOfByte(text, m_completions.replace.end);
    const bool complete = candidate.kind == QueryCandidate::Kind::Value || candidate.kind == QueryCandidate::Kind::Unit;
    m_field->setSelection(begin, end - begin);
    m_field->insert(QString::fromStdString(candidate.text)
                    + (complete && end == text.size() ? QStringLiteral(" ") : QString()));
    m_accepting = false;
    complete ? close() : openCompletions();
}

bool SearchAssist::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (key == Qt::Key_Space && modifiers == Qt::ControlModifier) {
        openCompletions();
        return true;
    }
    if (m_mode == Mode::Closed) {
        if (key == Qt::Key_Up && m_field->text().isEmpty()) {
            openHistory();
            return true;
        }
        return false;
    }
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        m_popup->moveBy(key == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_Tab:
        accept(m_popup->picked() >= 0 ? m_popup->picked() : m_popup->first());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_popup->picked() >= 0) {
            accept(m_popup->picked());
            return true;
        }
        return false; // on to the rows
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

bool SearchAssist::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (handleKey(key->key(), key->modifiers())) {
            return true;
        }
    } else if (event->type() == QEvent::FocusOut) {
        close();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tracedeck
