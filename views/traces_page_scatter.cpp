// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of durations above the trace list.
#include "selectors/query_edit.h"
#include "selectors/trace_listing.h"
#include "views/grouped_table_view.h"
#include "views/trace_scatter_view.h"
#include "views/traces_page.h"

#include <QItemSelectionModel>
#include <QStackedWidget>

namespace tracedeck {
namespace {

constexpr std::size_t kWorthAPicture = 3; ///< fewer dots say less than their rows

/// `query` and `clauses`: what is joined by "or" is held together first.
QString narrowed(const QString& query, const QString& clauses)
{
    if (query.trimmed().isEmpty()) {
        return clauses;
    }
    const bool loose =
        query.contains(QStringLiteral(" or "), Qt::CaseInsensitive) && queryParts(query.toStdString()).size() < 2;
    return (loose ? u'(' + query + u')' : query) + u' ' + clauses;
}

} // namespace

void TracesPage::connectScatter()
{
    connect(m_model, &GroupedTableModel::applied, this, [this] { refreshScatter(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { markScatter(); });
    connect(m_scatter, &TraceScatterView::rowChosen, this, [this](std::uint32_t row) {
        if (const auto* listing = m_model->snapshot().table<TraceListing>(); listing != nullptr) {
            m_table->setCurrentKey(listing->table.keys[row]);
            m_table->setFocus();
        }
    });
    connect(m_scatter, &TraceScatterView::rowActivated, this, [this](std::uint32_t row) {
        if (const auto* listing = m_model->snapshot().table<TraceListing>(); listing != nullptr) {
            openTraceId(QString::fromStdString(listing->table.traceId[row].toHex()));
        }
    });
    connect(m_scatter, &TraceScatterView::clausesChosen, this, [this](const QString& clauses) {
        TraceChoice next = m_choice;
        next.query = narrowed(m_choice.query, clauses);
        takeChoice(std::move(next));
        Q_EMIT pageChanged();
    });
}

void TracesPage::refreshScatter()
{
    // Rows and what is known around them come one after the other: the picture is made once for both.
    const bool listed = m_body->currentWidget() == m_table && m_model->plan()->shown >= kWorthAPicture;
    m_scatter->setVisible(listed);
    if (!listed || m_scatterPlan == m_model->plan()) {
        return;
    }
    m_scatterPlan = m_model->plan();
    std::vector<std::uint32_t> rows;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (const qint64 source = m_model->sourceRow(row); source >= 0) {
            rows.push_back(static_cast<std::uint32_t>(source));
        }
    }
    m_scatter->setTraces(m_model->snapshot(), std::move(rows));
    markScatter();
}

void TracesPage::markScatter()
{
    const qint64 source = m_model->sourceRow(m_table->currentIndex().row());
    m_scatter->setCurrentRow(source >= 0 ? std::optional(static_cast<std::uint32_t>(source)) : std::nullopt);
}

} // namespace tracedeck
