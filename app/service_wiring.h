// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "views/table_choice.h"

#include <QObject>
#include <cstdint>
#include <functional>

class QThreadPool;

namespace tracedeck {

class FleetPage;
class GroupedTableModel;
class ServiceSection;
class SettingsStore;
class TableFeed;

/// The section of backup servers and mail gateways on the Infrastructure page: the same snapshot and the same
/// filter as the hosts, its own columns and order.
class ServiceWiring : public QObject {
    Q_OBJECT

public:
    ServiceWiring(FleetPage& page, QThreadPool* workers, const std::function<std::int64_t()>& clock,
                  QObject* parent = nullptr);

    /// Takes layout and sort of the table from the settings ("tables.services") and keeps what changes there.
    void keepIn(SettingsStore& settings);
    void setSnapshot(const TableSnapshot& snapshot, std::int64_t sampledAtNs);
    [[nodiscard]] GroupedTableModel* model() const { return m_model; }
    [[nodiscard]] TableFeed* feed() const { return m_feed; }
    [[nodiscard]] ServiceSection* section() const { return m_section; }

private:
    void followPage(const TableChoice& page);
    void showChangeColumn();
    void sortBy(const QString& columnId, bool descending);

    GroupedTableModel* m_model;
    TableFeed* m_feed;
    ServiceSection* m_section;
    TableChoice m_choice;
};

/// The choice of the services for one of the page: its filter, the own order and no groups.
[[nodiscard]] TableChoice serviceChoice(const TableChoice& page, const TableChoice& own);

} // namespace tracedeck
