// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history_frame.h"

#include <QObject>
#include <QString>
#include <memory>

namespace tracedeck {

class CourseBook;
class FleetPage;
class HistoryKeeper;
class HostCards;
class HistoryView;
class SettingsStore;
class SummaryStrip;
struct TableSummary;

/// History on one fleet page: sparklines in the table, the summary strip behind the summary line, host cards,
/// and the History tab of the drawer, all fed by one keeper. What a person chose is kept in the settings.
class HistoryWiring : public QObject {
    Q_OBJECT

public:
    HistoryWiring(FleetPage& page, HistoryKeeper& keeper, SettingsStore& settings, bool hostCards,
                  QObject* parent = nullptr);

    void setSummary(const TableSummary& summary);
    void setStripShown(bool shown);
    [[nodiscard]] bool isStripShown() const;
    /// Lines or bars in metric cells.
    void setLinesShown(bool shown);
    [[nodiscard]] bool areLinesShown() const;
    [[nodiscard]] SummaryStrip& strip() { return *m_strip; }
    [[nodiscard]] CourseBook& courses() { return *m_courses; }

private:
    void takeFrame(const std::shared_ptr<const HistoryFrame>& frame);
    void readHistory(RowKey key, HistoryRange range);
    void wantRange();
    void connectHover();
    bool eventFilter(QObject* watched, QEvent* event) override;

    FleetPage& m_page;
    HistoryKeeper& m_keeper;
    SettingsStore& m_settings;
    QString m_path;
    CourseBook* m_courses;
    SummaryStrip* m_strip;
    HistoryView* m_view;
    HostCards* m_cards = nullptr;
};

} // namespace tracedeck
