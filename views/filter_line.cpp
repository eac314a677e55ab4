// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/filter_line.h"

#include "core/number_format.h"
#include "core/platform.h"
#include "views/filter_chips.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <algorithm>
#include <cmath>

namespace tracedeck {

namespace {
constexpr int kSourceFrom = 1000; // widths from which the less needed parts show
constexpr int kProblemsFrom = 1120;
constexpr int kColumnsFrom = 800;
constexpr int kStatusesFrom = 780; ///< beside the kinds; the counts in the line above filter by status too
constexpr int kChipRoom = 240;
constexpr int kGroupWidth = 180; ///< what the grouping may take before others give way: two levels are longer
constexpr int kHeldRoom = 150; // beyond what is free beside the parts
} // namespace

FilterLine::FilterLine(Content content, QWidget* parent)
    : PanelLine(parent),
      m_content(std::move(content)),
      m_views(m_content.views.empty() ? nullptr : new SegmentBar(m_content.views, this)),
      m_statuses(new SegmentBar(m_content.statuses, this)),
      m_problems(new FlatButton(tr("Problems"), this)),
      m_host(new FlatButton(QString(), this)),
      m_source(new FlatButton(tr("All sources"), this)),
      m_group(new FlatButton(tr("Group"), this)),
      m_columns(new FlatButton(tr("Columns"), this)),
      m_held(new FlatButton(QString(), this)),
      m_chips(new FilterChips(this)),
      m_count(new QLabel(this)),
      m_sourceMenu(new QMenu(this)),
      m_groupMenu(new QMenu(this))
{
    m_statuses->setAccessibleName(tr("Status"));
    m_problems->setCheckable(true);
    m_problems->setToolTip(tr("Problems only  z"));
    m_source->setPopupMenu(m_sourceMenu);
    m_group->setPopupMenu(m_groupMenu);
    m_columns->setChevron(true);
    m_host->setIconName(QStringLiteral("close"));
    m_host->hide();
    m_held->setLook(FlatButton::Look::Accent);
    m_held->hide();
    m_count->setFont(theme().smallFont());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 0, 14, 1);
    layout->setSpacing(8);
    if (m_views != nullptr) {
        m_views->setAccessibleName(tr("Kind"));
        layout->addWidget(m_views);
    }
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_statuses, m_problems, m_host, m_source, m_group, m_columns}) {
        layout->addWidget(part);
    }
    layout->addWidget(m_chips, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_held);

    const auto edited = [this] { Q_EMIT choiceEdited(m_choice); };
    if (m_views != nullptr) {
        connect(m_views, &SegmentBar::activated, this, [this, edited](const QString& id) {
            m_choice.view = id;
            edited();
        });
    }
    connect(m_statuses, &SegmentBar::activated, this, [this, edited](const QString& id) {
        m_choice.status = id;
        edited();
    });
    connect(m_problems, &QAbstractButton::clicked, this, [this, edited](bool on) {
        m_choice.problemsOnly = on;
        edited();
    });
    connect(m_host, &QAbstractButton::clicked, this, [this, edited] {
        m_choice.host = 0;
        m_choice.hostName.clear();
        edited();
    });
    connect(m_sourceMenu, &QMenu::aboutToShow, this, &FilterLine::buildSourceMenu);
    connect(m_groupMenu, &QMenu::aboutToShow, this, &FilterLine::buildGroupMenu);
    connect(m_columns, &QAbstractButton::clicked, this,
            [this] { Q_EMIT columnsRequested(m_columns->mapToGlobal(QPoint(0, m_columns->height() + 2))); });
    connect(m_held, &QAbstractButton::clicked, this, &FilterLine::resortRequested);
}

void FilterLine::buildSourceMenu()
{
    m_sourceMenu->clear();
    const auto add = [this](const QString& id, const QString& label) {
        QAction* action = m_sourceMenu->addAction(label);
        action->setCheckable(true);
        action->setChecked(m_choice.source == id);
        connect(action, &QAction::triggered, this, [this, id] {
            m_choice.source = id;
            Q_EMIT choiceEdited(m_choice);
        });
    };
    add(QString(), tr("All sources"));
    for (const SourceOption& option : m_summary.sources) {
        add(option.id, option.label + QStringLiteral("  ") + QString::fromStdString(formatCount(option.rows)));
    }
}

void FilterLine::buildGroupMenu()
{
    m_groupMenu->clear();
    for (const FilterOption& option : m_content.groupings) {
        QAction* action = m_groupMenu->addAction(option.label);
        action->setCheckable(true);
        action->setChecked(m_choice.grouping == option.id);
        const QString id = option.id;
        connect(action, &QAction::triggered, this, [this, id] {
            m_choice.grouping = id;
            Q_EMIT choiceEdited(m_choice);
        });
    }
    m_groupMenu->addSeparator();
    buildThenMenu(m_groupMenu->addMenu(tr("Then by")));
    QAction* worst = m_groupMenu->addAction(tr("Worst groups first"));
    worst->setCheckable(true);
    worst->setChecked(m_choice.worstGroupsFirst);
    connect(worst, &QAction::triggered, this, [this](bool on) {
        m_choice.worstGroupsFirst = on;
        Q_EMIT choiceEdited(m_choice);
    });
    const bool grouped = m_choice.grouping != QStringLiteral("none");
    QAction* collapse = m_groupMenu->addAction(tr("Collapse all"), this, &FilterLine::collapseAllRequested);
    QAction* expand = m_groupMenu->addAction(tr("Expand all"), this, &FilterLine::expandAllRequested);
    collapse->setEnabled(grouped);
    expand->setEnabled(grouped);
}

/// The second level: every grouping but the first one's.
void FilterLine::buildThenMenu(QMenu* menu)
{
    menu->setEnabled(m_choice.grouping != QStringLiteral("none"));
    for (const FilterOption& option : m_content.groupings) {
        const bool isNone = option.id == QStringLiteral("none");
        if (option.id == m_choice.grouping) {
            continue;
        }
        const QString id = isNone ? QString() : option.id;
        QAction* action = menu->addAction(isNone ? tr("One level") : option.label);
        action->setCheckable(true);
        action->setChecked(m_choice.thenGrouping == id);
        connect(action, &QAction::triggered, this, [this, id] {
            m_choice.thenGrouping = id;
            Q_EMIT choiceEdited(m_choice);
        });
    }
}

void FilterLine::setChoice(const TableChoice& choice)
{
    m_choice = choice;
    applyChoice();
}

void FilterLine::applyChoice()
{
    if (m_views != nullptr) {
        m_views->setCurrent(m_choice.view);
    }
    m_statuses->setCurrent(m_choice.status);
    m_problems->setChecked(m_choice.problemsOnly);
    m_host->setVisible(m_choice.host != 0);
    m_host->setText(tr("on %1").arg(m_choice.hostName));
    m_host->updateGeometry();
    // A platform without rows is not in the summary; it restricts all the same.
    const Platform platform = platformFromKey(m_choice.source.toStdString());
    const std::string_view label = platformLabel(platform);
    QString source = m_choice.source.isEmpty() || platform == Platform::Count
        ? tr("All sources")
        : QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
    for (const SourceOption& option : m_summary.sources) {
        source = option.id == m_choice.source ? option.label : source;
    }
    m_source->setText(source);
    m_source->updateGeometry();
    QString grouping = tr("Not grouped");
    for (const FilterOption& option : m_content.groupings) {
        if (option.id == m_choice.grouping && option.id != QStringLiteral("none")) {
            grouping = tr("Group by %1").arg(option.label.toLower());
        }
    }
    for (const FilterOption& option : m_content.groupings) {
        if (option.id == m_choice.thenGrouping && m_choice.isNested()) {
            grouping = tr("%1, %2", "grouping").arg(grouping, option.label.toLower());
        }
    }
    m_group->setText(grouping);
    m_group->updateGeometry();
    refreshChips();
}

/// Chips and a held order need room: what is also a key or a menu entry gives it.
void FilterLine::layoutParts()
{
    const int host = m_choice.host == 0 ? 0 : m_host->sizeHint().width() + layout()->spacing();
    const int grouping = std::max(m_group->sizeHint().width() - theme().scaled(kGroupWidth), 0);
    const int more = static_cast<int>(std::lround((host + grouping) / theme().textScale)); // the constants are scaled
    const int chipRoom = (m_choice.text.isEmpty() ? 0 : kChipRoom) + more;
    const int room = chipRoom + (m_held->isVisibleTo(this) ? kHeldRoom : 0);
    m_source->setVisible(width() >= theme().scaled(kSourceFrom + room));
    m_problems->setVisible(width() >= theme().scaled(kProblemsFrom + room));
    m_columns->setVisible(width() >= theme().scaled(kColumnsFrom + chipRoom / 2));
    m_statuses->setVisible(m_views == nullptr || width() >= theme().scaled(kStatusesFrom));
}

void FilterLine::refreshChips()
{
    layoutParts();
    std::vector<FilterChip> chips = queryChips(m_choice.text, [this](const QString& rest) {
        m_choice.text = rest;
        Q_EMIT choiceEdited(m_choice);
    });
    // What restricts must be in sight even where the line has no room for its control.
    if (m_source->text() != tr("All sources") && m_source->isHidden()) {
        chips.push_back({tr("source %1").arg(m_source->text()), [this] {
                             m_choice.source.clear();
                             Q_EMIT choiceEdited(m_choice);
                         }});
    }
    if (m_choice.problemsOnly && m_problems->isHidden()) {
        chips.push_back({tr("problems only"), [this] {
                             m_choice.problemsOnly = false;
                             Q_EMIT choiceEdited(m_choice);
                         }});
    }
    m_chips->setChips(std::move(chips));
}

void FilterLine::setSummary(const TableSummary& summary)
{
    m_summary = summary;
    const QString total = QString::fromStdString(formatCount(summary.total));
    const QString text = summary.shown == summary.total
        ? total
        : tr("%1 of %2").arg(QString::fromStdString(formatCount(summary.shown)), total);
    if (text != m_count->text()) {
        m_count->setText(text);
    }
    applyChoice();
}

QString FilterLine::countText() const
{
    return m_count->text();
}

void FilterLine::setHeldText(const QString& text)
{
    const QString full = text.isEmpty() ? QString() : text + tr(" \u00b7 R to re-sort");
    if (full != m_held->text()) {
        m_held->setText(full);
        m_held->updateGeometry();
    }
    if (m_held->isVisibleTo(this) == text.isEmpty()) {
        m_held->setVisible(!text.isEmpty());
        refreshChips();
    }
}

void FilterLine::openColumns()
{
    m_columns->click();
}

void FilterLine::openGroupMenu()
{
    m_group->click();
}

void FilterLine::resizeEvent(QResizeEvent* event)
{
    PanelLine::resizeEvent(event);
    refreshChips();
}

void FilterLine::changeEvent(QEvent* event)
{
    PanelLine::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        m_count->setFont(theme().smallFont());
        QPalette dim = m_count->palette();
        dim.setColor(QPalette::WindowText, theme().colors.text2);
        if (dim != m_count->palette()) {
            m_count->setPalette(dim);
        }
    }
}

} // namespace tracedeck
