// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/trace_overview.h"

#include <QWidget>
#include <vector>

namespace tracedeck {

/// Bars of self time per service of one trace, largest first, with spans and errors beside them.
class ServiceShareView : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 12;

    explicit ServiceShareView(QWidget* parent = nullptr);
    void setShares(std::vector<ServiceShare> shares);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] std::size_t shown() const { return std::min(m_shares.size(), kMost); }

    std::vector<ServiceShare> m_shares;
    std::int64_t m_totalNs = 0;
};

} // namespace tracedeck
