// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_logs_tab.h"

#include "models/grouped_table_model.h"
#include "models/trace_log_columns.h"
#include "selectors/plan_diff.h"
#include "views/fact_list_view.h"
#include "views/grouped_table_view.h"
#include "views/message_view.h"

#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

TraceLogsTab::TraceLogsTab(QWidget* parent)
    : QWidget(parent),
      m_model(new GroupedTableModel(traceLogColumns(), this)),
      m_stack(new QStackedWidget(this)),
      m_list(new QWidget(this)),
      m_table(new GroupedTableView(this)),
      m_record(new FactListView(this)),
      m_message(new MessageView(this))
{
    m_table->setTableModel(m_model);
    m_table->setAccessibleName(tr("Logs of the trace"));
    m_record->setAccessibleName(tr("Log record"));
    auto* list = new QVBoxLayout(m_list);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(0);
    list->addWidget(m_table, 3);
    list->addWidget(m_record, 2);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_message);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
    connect(m_table, &GroupedTableView::chooserRequested, m_table,
            [this](const QPoint& at) { m_table->createColumnMenu(m_table)->popup(at); });
    connect(m_table, &GroupedTableView::currentKeyChanged, this, [this] { showRecord(); });
    connect(m_table, &GroupedTableView::rowActivated, this, [this] {
        if (const qint64 row = currentRecord(); row >= 0) {
            const SpanId span = m_listing.logs->spanId[static_cast<std::size_t>(row)];
            if (!span.isZero()) {
                Q_EMIT spanActivated(QString::fromStdString(span.toHex()));
            }
        }
    });
    setMessage(tr("Loading the logs."));
}

void TraceLogsTab::setLogs(std::shared_ptr<const LogTable> logs, std::int64_t originNs)
{
    if (logs == m_listing.logs && originNs == m_listing.originNs) {
        return;
    }
    m_listing = listLogs(std::move(logs), originNs);
    apply();
}

void TraceLogsTab::setMessage(const QString& text)
{
    m_listing = {};
    m_message->setText(text);
    m_stack->setCurrentWidget(m_message);
}

QString TraceLogsTab::message() const
{
    return m_stack->currentWidget() == m_message ? m_message->text() : QString();
}

void TraceLogsTab::setFindText(const QString& text)
{
    if (text != m_findText) {
        m_findText = text;
        if (hasLogs()) {
            apply();
        }
    }
}

std::size_t TraceLogsTab::shownCount() const
{
    return m_listing.rows.empty() ? 0 : m_model->plan()->shown;
}

void TraceLogsTab::apply()
{
    if (m_listing.rows.empty()) {
        m_message->setText(tr("No log record names this trace. Records do when a program logs inside a span "
                              "through OpenTelemetry."));
        m_stack->setCurrentWidget(m_message);
        return;
    }
    const auto hasAttributes = [this](std::uint32_t row) { return m_listing.logs->attributes[row].size() > 0; };
    m_table->setColumnEmpty(QStringLiteral("details"),
                            std::none_of(m_listing.rows.begin(), m_listing.rows.end(), hasAttributes));
    auto listing = std::make_shared<const LogListing>(m_listing);
    auto plan = std::make_shared<const RowPlan>(planLogs(*listing, filterLogs(*listing, m_findText.toStdString())));
    const bool nothing = plan->rows.empty();
    TableUpdate update;
    update.snapshot = TableSnapshot(listing);
    update.base = m_model->plan();
    update.plan = std::move(plan);
    update.diff = diffPlans(*update.base, *update.plan);
    m_model->apply(std::move(update));
    if (nothing) {
        m_message->setText(tr("None of %1 log records matches.").arg(m_listing.rows.size()));
    }
    m_stack->setCurrentWidget(nothing ? static_cast<QWidget*>(m_message) : m_list);
    showRecord();
}

qint64 TraceLogsTab::currentRecord() const
{
    const int row = m_model->rowOfKey(m_table->currentKey());
    const qint64 place = row < 0 ? -1 : m_model->sourceRow(row);
    return place < 0 || place >= static_cast<qint64>(m_listing.rows.size())
        ? -1
        : static_cast<qint64>(m_listing.rows[static_cast<std::size_t>(place)]);
}

void TraceLogsTab::showRecord()
{
    const qint64 row = currentRecord();
    m_record->setFacts(
        row < 0 ? Facts() : logRecordFacts(*m_listing.logs, static_cast<std::uint32_t>(row), m_listing.originNs), {});
    m_record->setVisible(row >= 0); // until then the list has all the room
}

} // namespace tracedeck
