// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/trace_content.h"

#include <QWidget>

namespace tracedeck {

class FactListView;
class ServiceShareView;

/// A trace at a glance: facts on the left, self time per service and the slowest spans on the right.
class TraceOverviewTab : public QWidget {
    Q_OBJECT

public:
    explicit TraceOverviewTab(QWidget* parent = nullptr);
    void setTrace(const TraceContent& content, std::int32_t utcOffsetSeconds);

Q_SIGNALS:
    void positionChosen(quint32 position);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    FactListView* m_facts;
    ServiceShareView* m_shares;
    FactListView* m_slowest;
};

} // namespace tracedeck
