// SPDX-License-Identifier: GPL-3.0-or-later
// The query line of MainWindow: what is typed goes to the page shown, with completion, history and paste.
#include "views/main_window.h"
#include "views/query_error_strip.h"
#include "views/search_assist.h"
#include "views/search_field.h"
#include "views/top_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>

namespace tracedeck {

MainWindow::~MainWindow()
{
    // Losing the focus while the parts go must not reach the window any more.
    disconnect(qApp, nullptr, this, nullptr);
    m_assist->close();
}

void MainWindow::buildSearch()
{
    SearchField* field = m_topBar->searchField();
    connect(field, &SearchField::edited, this, &MainWindow::queryEdited);
    connect(field, &SearchField::leaveRequested, this, &MainWindow::leaveSearch);
    SearchAssist::Hooks hooks;
    hooks.completions = [this](const QString& text, int cursor) {
        return currentPage() == nullptr ? QueryCompletions() : currentPage()->completions(text, cursor);
    };
    hooks.history = [this] {
        return currentPage() == nullptr || !m_hooks.queryHistory ? QStringList()
                                                                 : m_hooks.queryHistory(currentPage()->pageId());
    };
    m_assist = new SearchAssist(field, this, std::move(hooks));
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::markFieldInReach);
    connect(m_assist, &SearchAssist::openChanged, this, &MainWindow::showQueryError);
}

void MainWindow::leaveSearch()
{
    Page* shown = currentPage();
    if (shown == nullptr) {
        return;
    }
    // What is searched for inside one trace is no query of the page.
    const SearchField* field = m_topBar->searchField();
    if (shown->keyScope() == QStringLiteral("table") && !field->text().isEmpty() && !field->hasError()) {
        Q_EMIT queryUsed(shown->pageId(), field->text());
    }
    shown->focusContent();
}

void MainWindow::showQueryError()
{
    // The list of completions stands in the same place, and what is being typed is not wrong yet.
    const SearchField* field = m_topBar->searchField();
    m_queryError->showError(m_assist->isOpen() ? QString() : field->errorText(), field);
}

void MainWindow::showQueryOf(Page* page)
{
    SearchField* field = m_topBar->searchField();
    field->setPlaceholderText(page->searchHint());
    const QString text = page->queryText();
    const QueryFeedback feedback = page->setQueryText(text);
    field->showQuery(text, feedback);
    m_assist->close();
    showQueryError();
}

void MainWindow::queryEdited(const QString& text)
{
    if (Page* shown = currentPage()) {
        const QueryFeedback feedback = shown->setQueryText(text);
        m_topBar->searchField()->setFeedback(feedback);
        showQueryError();
    }
}

void MainWindow::focusSearch()
{
    SearchField* field = fieldInReach();
    field->setFocus(Qt::ShortcutFocusReason);
    field->selectAll();
}

/// `/` searches what has the keyboard: a panel with a field of its own is searched there, anything else above.
SearchField* MainWindow::fieldInReach() const
{
    for (QWidget* at = QApplication::focusWidget(); at != nullptr && at->window() == this && at != this;
         at = at->parentWidget()) {
        if (auto* own = at->findChild<SearchField*>({}, Qt::FindDirectChildrenOnly); own != nullptr) {
            return own;
        }
    }
    return m_topBar->searchField();
}

void MainWindow::markFieldInReach()
{
    const SearchField* reached = fieldInReach();
    for (SearchField* field : findChildren<SearchField*>()) {
        field->setReachedBySlash(field == reached);
    }
}

void MainWindow::typeQuery(const QString& text)
{
    m_topBar->searchField()->setText(text);
    m_assist->close();
    queryEdited(text);
}

/// An id or a link pasted into the empty query line is meant to be opened, not to be searched for.
bool MainWindow::offerPaste(QWidget* target, const QKeyEvent& event)
{
    const SearchField* field = m_topBar->searchField();
    return target == field && event.matches(QKeySequence::Paste) && m_hooks.openPasted
        && field->selectedText() == field->text() && m_hooks.openPasted(QApplication::clipboard()->text());
}

} // namespace tracedeck
