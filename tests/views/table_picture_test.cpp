// SPDX-License-Identifier: GPL-3.0-or-later
// The table as a picture, in every theme. With TRACEDECK_PICTURES=DIR the pictures are kept to be looked at.
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/grouped_table_view.h"
#include "views/theme.h"

#include <QApplication>
#include <QImage>
#include <QPixmap>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

std::vector<sample::Workload> fleetOfThePicture()
{
    using enum WorkloadType;
    const std::string stopped = "stopped";
    return {
        {107, "checkout-web", "pve-west-a", 86, 23, "running", Vm, 7.34e6, 37, "", 194},
        {128, "edge-proxy", "pve-west-a", 84, 74, "running", SystemContainer, 218e6, {}, "", 28},
        {114, "auth-service", "pve-west-a", 76, 80, "running", Vm, 5.52e6, 76, "", 28},
        {121, "billing-worker", "pve-west-a", 71, 91, "running", Vm, 4.07e6, 73, "", 233},
        {135, "minio-gateway", "pve-west-a", 54, 70, "running", SystemContainer, 5.61e6, 92, "", 257},
        {142, "reporting-api", "pve-west-a", 49, 68, "degraded", Vm, 2.48e6, 73, "health check failing", 1100},
        {149, "search-indexer", "pve-west-a", 39, 75, "running", SystemContainer, 4.93e6, 26, "", 616},
        {156, "session-cache", "pve-west-a", {}, {}, stopped, SystemContainer, {}, 30, "exit 137, 3 restarts", 0},
        {163, "ledger-db", "pve-west-a", 24, 69, "running", Vm, 3.31e6, 37, "", 1042},
        {170, "mailer", "pve-west-b", 82, 60, "running", Vm, 3.82e6, 75, "", 154},
        {177, "image-resizer", "pve-west-b", 73, 33, "running", Vm, 131e3, 30, "", 1431},
        {184, "metrics-agg", "pve-west-b", 0.4, 22, "running", Vm, 2.04e9, 27, "", 204},
        {191, "Größenwahn-Dienst", "pve-west-b", 100, 36, "running", Vm, 3.7e6, {}, "", 305},
        {198, "カタログ-api", "pve-west-b", 39, 28, "running", SystemContainer, 0, 43, "", 955},
        {205, "price-sync", "pve-west-b", 26, 27, "degraded", SystemContainer, 8.3e6, 17, "restarting", 1421},
        {0, "pg-replica-2", "edge-01", 84, 83, "running", AppContainer, 5.72e6, 36, "", 994},
        {0, "payments-with-a-very-long-name-that-needs-an-ellipsis", "edge-01", 69, 20, "running", AppContainer, 5.2e6,
         75, "", 0},
    };
}

class TablePicture : public testing::TestWithParam<std::tuple<ThemeKind, int>> { };

TEST_P(TablePicture, ShowsRowsGroupsAndBarsInTheColoursOfTheTheme)
{
    const auto [kind, width] = GetParam();
    applyTheme(*qApp, loadTheme(kind));
    GroupedTableModel model(workloadColumns());
    model.setNow(sample::kNowNs);
    GroupedTableView view;
    view.setTableModel(&model);
    view.setSortMark(QStringLiteral("cpu"), SortDirection::Descending);
    view.resize(width, 700);
    sample::show(model, fleetOfThePicture(), true, {makeGroupKey("node", "pve-east")});
    view.setCurrentKey(model.rowKey(2));
    view.show();
    const QImage picture = view.grab().toImage();
    ASSERT_EQ(picture.width(), width);
    const QRect group = view.rowRect(0).translated(0, view.viewport()->y());
    EXPECT_EQ(picture.pixelColor(width - 20, group.center().y()), theme().colors.raised);
    const QRect selected = view.rowRect(2).translated(0, view.viewport()->y());
    EXPECT_EQ(picture.pixelColor(1, selected.center().y()), theme().colors.accent);
    EXPECT_EQ(picture.pixelColor(width - 4, selected.top() + 4), theme().colors.selection);
    const QString directory = qEnvironmentVariable("TRACEDECK_PICTURES");
    if (!directory.isEmpty()) {
        picture.save(QStringLiteral("%1/table-%2-%3.png").arg(directory).arg(static_cast<int>(kind)).arg(width));
    }
    applyTheme(*qApp, loadTheme(ThemeKind::Dark));
}

INSTANTIATE_TEST_SUITE_P(Themes, TablePicture,
                         testing::Combine(testing::Values(ThemeKind::Dark, ThemeKind::Light, ThemeKind::Contrast),
                                          testing::Values(950, 1120, 1750)));

} // namespace
} // namespace tracedeck
