// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"
#include "app/table_feed.h"
#include "models/grouped_table_model.h"
#include "refresh/poller.h"
#include "tests/app/scripted_source.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/search_field.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck::tests {

/// The whole window over a scripted source, on the workloads page with 40 rows, driven by real keys.
class FlowFixture : public testing::Test {
protected:
    void SetUp() override
    {
        prepare();
        open();
    }
    /// Options and source of the window that open() starts; what needs files in its place puts them there in between.
    void prepare()
    {
        m_options.dataDir = m_dir.path();
        m_options.listen = QStringLiteral("off");
        m_options.size = QSize(1440, 900);
        m_options.page = QStringLiteral("workloads");
        m_source = std::make_shared<ScriptedSource>(40);
    }
    void open()
    {
        m_app = std::make_unique<Application>(m_options, *qApp, m_source);
        m_app->start();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
        ASSERT_TRUE(QTest::qWaitFor([this] { return page().model()->rowCount() > 0 && settled(); }));
    }
    [[nodiscard]] bool settled() { return m_app->feed(QStringLiteral("workloads")).isSettled(); }
    /// Every request that went out came back.
    [[nodiscard]] bool isIdle()
    {
        const PollCounters counters = m_app->poller().counters();
        return counters.requests == counters.published + counters.unchanged + counters.failed + counters.late;
    }
    [[nodiscard]] MainWindow& window() { return m_app->window(); }
    [[nodiscard]] FleetPage& page() { return m_app->fleetPage(QStringLiteral("workloads")); }
    [[nodiscard]] GroupedTableView& table() { return *page().table(); }
    void key(int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* target = QApplication::focusWidget();
        ASSERT_NE(target, nullptr);
        QTest::keyClick(target, static_cast<Qt::Key>(code), modifiers);
    }
    void type(const char* text) { QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(text)); }
    [[nodiscard]] QStringList names()
    {
        QStringList names;
        for (int row = 0; row < page().model()->rowCount(); ++row) {
            if (!page().model()->isGroup(row)) {
                names.append(page().model()->cell(row, 0)->text);
            }
        }
        return names;
    }

    QTemporaryDir m_dir;
    AppOptions m_options;
    std::shared_ptr<ScriptedSource> m_source;
    std::unique_ptr<Application> m_app;
};

} // namespace tracedeck::tests
