// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/log_panel.h"

#include "core/number_format.h"
#include "selectors/log_query.h"
#include "views/flat_button.h"
#include "views/log_view.h"
#include "views/search_field.h"
#include "views/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace tracedeck {
namespace {

QString countWords(std::size_t count)
{
    return QString::fromStdString(formatCount(count));
}

} // namespace

LogPanel::LogPanel(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_state(new QLabel(this)),
      m_filter(new SearchField(this)),
      m_follow(new FlatButton(tr("Follow"), this)),
      m_copy(new FlatButton(tr("Copy"), this)),
      m_close(new FlatButton(QString(), this)),
      m_view(new LogView(&m_lines, this))
{
    setAccessibleName(tr("Log"));
    m_filter->setPlaceholderText(tr("Filter lines: words, -word, level:error, stream:err, text~/re/"));
    m_filter->setAccessibleName(tr("Filter log lines"));
    m_filter->setReachedBySlash(false); // until the keyboard is in here
    m_filter->setMinimumHeight(theme().scaled(28));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Stay at the newest line  End"));
    m_copy->setToolTip(tr("Copy the selected lines, or all that are shown  Ctrl+C"));
    m_close->setLook(FlatButton::Look::Plain);
    m_close->setIconName(QStringLiteral("close"));
    m_close->setAccessibleName(tr("Close the log"));
    m_close->setToolTip(tr("Close  Esc"));
    auto* header = new QHBoxLayout;
    header->setContentsMargins(15, 6, 8, 6);
    header->setSpacing(8);
    header->addWidget(m_title);
    header->addWidget(m_state);
    header->addStretch(1);
    header->addWidget(m_filter, 2);
    header->addWidget(m_follow);
    header->addWidget(m_copy);
    header->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(header);
    layout->addWidget(m_view, 1);
    connect(m_filter, &SearchField::edited, this, &LogPanel::applyFilter);
    connect(m_filter, &SearchField::leaveRequested, m_view, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    connect(m_follow, &QAbstractButton::clicked, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, this, [this](bool following) {
        m_follow->setChecked(following);
        refreshState();
    });
    connect(m_copy, &QAbstractButton::clicked, this, [this] {
        const QString text = m_view->selectionText();
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT noticed(tr("%1 lines copied").arg(countWords(static_cast<std::size_t>(text.count(u'\n')))));
    });
    connect(m_close, &QAbstractButton::clicked, this, &LogPanel::closeRequested);
    connect(&m_lines, &LogLines::changed, this, &LogPanel::refreshState);
    applyLooks();
}

void LogPanel::begin(const QString& title)
{
    m_title->setText(tr("Log of %1").arg(title));
    m_hasEnded = false;
    m_ended.clear();
    m_lines.clear();
    m_view->clearSelection();
    m_view->setFollowing(true);
    refreshState();
}

void LogPanel::append(std::vector<LogRow> rows)
{
    m_lines.append(std::move(rows));
}

void LogPanel::setEnded(const QString& reason)
{
    m_hasEnded = true;
    m_ended = reason;
    refreshState();
}

void LogPanel::setFilterText(const QString& text)
{
    m_filter->setText(text);
    applyFilter(text);
}

void LogPanel::applyFilter(const QString& text)
{
    const LogQuery query = LogQuery::compile(text.toStdString());
    QueryFeedback feedback;
    feedback.tokens = query.tokens();
    if (!query.ok()) {
        const QueryError& first = query.errors().front();
        feedback.errorAt = first.where;
        feedback.error = QString::fromStdString(first.what);
        if (!first.expected.empty()) {
            feedback.error += tr(". Expected %1").arg(QString::fromStdString(first.expected));
        }
    }
    m_filter->setFeedback(feedback);
    m_filter->setToolTip(feedback.error);
    m_lines.setFilter(query);
    refreshState();
}

QString LogPanel::stateText() const
{
    return m_state->text();
}

void LogPanel::refreshState()
{
    const std::size_t shown = m_lines.shownCount();
    const std::size_t total = m_lines.totalCount();
    QString text = shown == total ? tr("%1 lines").arg(countWords(total))
                                  : tr("%1 of %2 lines").arg(countWords(shown), countWords(total));
    if (m_lines.forgottenCount() > 0) {
        text += tr(", older ones are gone");
    }
    if (m_filter->hasError()) {
        text += QStringLiteral(" · ") + m_filter->errorText();
    } else if (m_hasEnded) {
        text += QStringLiteral(" · ") + (m_ended.isEmpty() ? tr("ended") : m_ended);
    } else if (!m_view->isFollowing()) {
        text += QStringLiteral(" · ") + tr("paused by scrolling");
    }
    if (text != m_state->text()) {
        m_state->setText(text);
    }
    const QString none = !m_hasEnded ? tr("Waiting for lines") : m_ended.isEmpty() ? tr("No lines") : m_ended;
    m_view->setEmptyText(total > 0 ? tr("No line matches the filter") : none);
}

void LogPanel::applyLooks()
{
    m_title->setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
    m_state->setFont(theme().smallFont());
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme().colors.text3);
    m_state->setPalette(dim);
}

void LogPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, 0, width(), 1, theme().colors.line);
}

void LogPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

} // namespace tracedeck
