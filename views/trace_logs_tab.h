// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/log_listing.h"

#include <QWidget>
#include <memory>

class QStackedWidget;

namespace tracedeck {

class FactListView;
class GroupedTableModel;
class GroupedTableView;
class MessageView;

/// Log records of one trace: the list above, everything the chosen record says below. A longer version of
/// the same list keeps the chosen record.
class TraceLogsTab : public QWidget {
    Q_OBJECT

public:
    explicit TraceLogsTab(QWidget* parent = nullptr);

    /// `originNs` is the start of the trace, what offsets count from. The same pointer again changes nothing.
    void setLogs(std::shared_ptr<const LogTable> logs, std::int64_t originNs);
    /// A sentence in place of the list; the records are forgotten.
    void setMessage(const QString& text);
    /// Whether records, or that there are none, are known.
    [[nodiscard]] bool hasLogs() const noexcept { return m_listing.logs != nullptr; }
    [[nodiscard]] std::size_t count() const { return m_listing.rows.size(); }
    /// Shows records with every word of the text only; empty shows all.
    void setFindText(const QString& text);
    /// Records the list shows.
    [[nodiscard]] std::size_t shownCount() const;
    [[nodiscard]] GroupedTableView* table() const { return m_table; }
    [[nodiscard]] FactListView* record() const { return m_record; }
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    /// Enter on a record of a span.
    void spanActivated(const QString& spanIdHex);

private:
    void apply();
    void showRecord();
    /// Row of the chosen record in the log table; -1 when there is none.
    [[nodiscard]] qint64 currentRecord() const;

    LogListing m_listing;
    QString m_findText;
    GroupedTableModel* m_model;
    QStackedWidget* m_stack;
    QWidget* m_list;
    GroupedTableView* m_table;
    FactListView* m_record;
    MessageView* m_message;
};

} // namespace tracedeck
