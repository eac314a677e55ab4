// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/main_window.h"

#include "views/command_menu.h"
#include "views/command_palette.h"
#include "views/icons.h"
#include "views/key_overlay.h"
#include "views/key_text.h"
#include "views/left_rail.h"
#include "views/query_error_strip.h"
#include "views/search_assist.h"
#include "views/search_field.h"
#include "views/status_strip.h"
#include "views/theme.h"
#include "views/top_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr int kLabelsFrom = 1440; // window width from which the rail shows names

bool isTextInput(const QWidget& widget)
{
    const auto* plain = qobject_cast<const QPlainTextEdit*>(&widget);
    return widget.inherits("QLineEdit") || widget.inherits("QAbstractSpinBox")
        || (plain != nullptr && !plain->isReadOnly());
}

/// Buttons and segments take the keys that press or move them.
bool actsOnItself(const QWidget& widget, int key)
{
    const bool control = widget.inherits("QAbstractButton") || widget.inherits("tracedeck::SegmentBar")
        || widget.inherits("tracedeck::TabStrip");
    return control
        && (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Left
            || key == Qt::Key_Right);
}
} // namespace

MainWindow::MainWindow(MainWindowHooks hooks, QWidget* parent)
    : QWidget(parent),
      m_hooks(std::move(hooks)),
      m_topBar(new TopBar(this)),
      m_rail(new LeftRail(this)),
      m_pages(new QStackedWidget(this)),
      m_status(new StatusStrip(m_hooks.clock, this)),
      m_palette(new CommandPalette(this)),
      m_overlay(new KeyOverlay(this)),
      m_queryError(new QueryErrorStrip(this)),
      m_menu(new QMenu(this))
{
    setWindowTitle(QStringLiteral("Tracedeck"));
    setMinimumSize(720, 440);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_pages, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addLayout(middle, 1);
    layout->addWidget(m_status);
    m_topBar->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        fillCommandMenu(m_menu, m_hooks.commands(), [this](const QString& id) { Q_EMIT commandRequested(id); });
    });
    connect(m_topBar, &TopBar::commandsRequested, this, [this] { openPalette({}); });
    connect(m_topBar, &TopBar::sourcesRequested, this, [this] { Q_EMIT sourceActivated({}); });
    buildSearch();
    connect(m_rail, &LeftRail::activated, this, &MainWindow::pageRequested);
    connect(m_status, &StatusStrip::sourceActivated, this, &MainWindow::sourceActivated);
    connect(m_status, &StatusStrip::ticked, this, &MainWindow::ticked);
    connect(m_palette, &CommandPalette::chosen, this, &MainWindow::commandRequested);
    connect(m_palette, &CommandPalette::closed, this, [this] {
        if (Page* shown = currentPage()) {
            shown->focusContent();
        }
    });
    // Letters act wherever the keyboard is, so keys are looked at before the widget that has it.
    QCoreApplication::instance()->installEventFilter(this);
    layoutRail();
}

void MainWindow::addPage(Page* page, const QString& keys)
{
    m_rail->addEntry(page->pageId(), page->title(), page->iconName(), keys);
    layoutRail();
    adopt(page);
}

void MainWindow::addLatePage(LatePage page)
{
    m_rail->addEntry(page.id, page.title, page.icon, page.keys);
    layoutRail();
    m_latePages.push_back(std::move(page));
}

void MainWindow::adopt(Page* page)
{
    m_pages->addWidget(page);
    m_rail->setCount(page->pageId(), page->countText());
    connect(page, &Page::pageChanged, this, [this, page] {
        m_rail->setCount(page->pageId(), page->countText());
        const SearchField* field = m_topBar->searchField();
        if (page == currentPage()
            && (page->queryText() != field->text() || page->searchHint() != field->placeholderText())) {
            showQueryOf(page);
        }
    });
    connect(page, &Page::routeChanged, this, &MainWindow::routeChanged);
    connect(page, &Page::linkActivated, this, &MainWindow::linkActivated);
    connect(page, &Page::commandRequested, this, &MainWindow::commandRequested);
    connect(page, &Page::noticed, this, &MainWindow::notice);
}

Page* MainWindow::page(const QString& id)
{
    const auto late = std::find_if(m_latePages.begin(), m_latePages.end(),
                                   [&](const LatePage& candidate) { return candidate.id == id; });
    if (late != m_latePages.end()) {
        const LatePage wanted = std::move(*late);
        m_latePages.erase(late); // before it is built, which may ask for it
        adopt(wanted.build());
    }
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* candidate = static_cast<Page*>(m_pages->widget(i));
        if (candidate->pageId() == id) {
            return candidate;
        }
    }
    return nullptr;
}

Page* MainWindow::currentPage() const
{
    return static_cast<Page*>(m_pages->currentWidget());
}

void MainWindow::showPage(const QString& id)
{
    Page* wanted = page(id);
    if (wanted == nullptr) {
        return;
    }
    m_pages->setCurrentWidget(wanted);
    m_rail->setCurrent(id);
    setWindowTitle(wanted->title() + QStringLiteral(" · Tracedeck") + m_mark);
    showQueryOf(wanted);
    wanted->focusContent();
}

void MainWindow::setSources(const std::vector<SourceBadge>& badges)
{
    m_status->setSources(badges);
    m_topBar->setWorstSource(worstSource(badges));
}

void MainWindow::setMark(const QString& text)
{
    m_mark = text.isEmpty() ? QString() : QStringLiteral(" · ") + text;
    if (const Page* shown = currentPage()) {
        setWindowTitle(shown->title() + QStringLiteral(" · Tracedeck") + m_mark);
    }
}

void MainWindow::setUpdated(std::int64_t ns, bool push)
{
    m_status->setUpdated(ns, push);
}

void MainWindow::notice(const QString& text)
{
    m_status->notice(text);
}

void MainWindow::openPalette(const QString& text)
{
    m_palette->setCommands(m_hooks.commands());
    m_palette->open(text);
}

void MainWindow::openKeyOverlay()
{
    m_overlay->open(m_hooks.commands());
}

void MainWindow::openMenu()
{
    m_topBar->openMenu();
}

bool MainWindow::peel()
{
    if (m_palette->isVisible()) {
        m_palette->close();
        return true;
    }
    if (m_overlay->isVisible()) {
        m_overlay->hide();
        return true;
    }
    Page* shown = currentPage();
    if (shown == nullptr) {
        return false;
    }
    if (m_assist->isOpen()) {
        m_assist->close();
        return true;
    }
    if (m_topBar->searchField()->hasFocus()) {
        shown->focusContent();
        return true;
    }
    if (SearchField* field = fieldInReach(); field->hasFocus()) {
        Q_EMIT field->leaveRequested(); // of a panel: back to what it searches
        return true;
    }
    return shown->peel();
}

bool MainWindow::passToContent(QWidget* target, QKeyEvent& event)
{
    // A key that the content does not take comes by again from each widget around it.
    if (m_passing || target->inherits("QAbstractScrollArea")) {
        return false; // it has the keyboard already
    }
    currentPage()->focusContent();
    QWidget* content = QApplication::focusWidget();
    if (content == nullptr || content == target) {
        return false;
    }
    const QScopedValueRollback<bool> passing(m_passing, true);
    QCoreApplication::sendEvent(content, &event);
    return true;
}

void MainWindow::addFootPanel(QWidget* panel)
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->count() - 1, panel);
    panel->hide();
}

bool MainWindow::isCovered() const
{
    return m_palette->isVisible() || m_overlay->isVisible()
        || std::any_of(m_layers.begin(), m_layers.end(), [](const QWidget* layer) { return layer->isVisible(); });
}

QMenu* MainWindow::viewsMenu() const
{
    return m_topBar->viewsMenu();
}

bool MainWindow::dispatchKey(QWidget* target, QKeyEvent& event)
{
    if (target->window() != this || currentPage() == nullptr || isCovered()) {
        return false;
    }
    if (offerPaste(target, event)) {
        return true;
    }
    const bool plain = (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier)) == 0;
    const bool functionKey = event.key() >= Qt::Key_F1 && event.key() <= Qt::Key_F35;
    if (isTextInput(*target)) {
        const bool editing = event.matches(QKeySequence::Copy) || event.matches(QKeySequence::Paste);
        if (editing || (plain && event.key() != Qt::Key_Escape && !functionKey)) {
            return false;
        }
    }
    if (plain && actsOnItself(*target, event.key())) {
        return false;
    }
    const CommandItem* command = m_hooks.resolveKey(currentPage()->keyScope(), keyText(event));
    if (command == nullptr) {
        return false;
    }
    if (command->byView) {
        return passToContent(target, event);
    }
    Q_EMIT commandRequested(command->id);
    return true;
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && watched->isWidgetType()
        && dispatchKey(static_cast<QWidget*>(watched), *static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void MainWindow::layoutRail()
{
    const bool labels = width() >= kLabelsFrom;
    m_rail->setLabelsVisible(labels);
    m_topBar->setBrandWidth(m_rail->width(), labels);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layoutRail();
    if (m_overlay->isVisible()) {
        m_overlay->setGeometry(rect());
    }
}

void MainWindow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_status->setFixedHeight(theme().scaled(theme().space.statusBar));
        layoutRail();
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    Q_EMIT closing();
    QWidget::closeEvent(event);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    Q_EMIT visibilityChanged(true);
}

void MainWindow::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    Q_EMIT visibilityChanged(false);
}

void MainWindow::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme().colors.window);
}

} // namespace tracedeck
