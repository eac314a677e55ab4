// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/traces_controller.h"
#include "tests/support/span_builder.h"

#include <QTest>
#include <QThreadPool>
#include <QTimer>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck::tests {

inline constexpr std::int64_t kTracesNow = testing_support::SpanBuilder::kOrigin + 3'600'000'000'000;

/// A source that answers when the test says so.
class ScriptedTraceSource : public TraceSource {
public:
    std::string instance() const override { return "scripted"; }
    std::string label() const override { return "Scripted"; }

    TraceRequestId list(const TraceListRequest& request, const FetchRequest& fetch, const QObject*,
                        Done<TraceListPage> done) override
    {
        requests.push_back(request);
        asked = fetch;
        lists[++m_next] = std::move(done);
        return m_next;
    }
    TraceRequestId trace(const TraceId&, const FetchRequest& fetch, const QObject*, Done<SpanTable> done) override
    {
        traceAsked = fetch;
        traces[++m_next] = std::move(done);
        return m_next;
    }
    TraceRequestId logs(const TraceId&, const FetchRequest&, const QObject*, Done<LogTable> done) override
    {
        logAnswers.push_back(std::move(done));
        return ++m_next;
    }
    TraceRequestId services(bool, const FetchRequest&, const QObject*, Done<std::vector<ServiceSummary>>) override
    {
        return ++m_next;
    }
    TraceRequestId status(const FetchRequest& fetch, const QObject* context, Done<StoreStatus> done) override
    {
        EXPECT_TRUE(fetch.newest) << "an old count is no news";
        auto status = std::make_shared<StoreStatus>();
        status->spans = 7;
        status->rejected = 2;
        status->lastRejectReason = "span id has 3 bytes";
        QTimer::singleShot(0, context, [done, status] { done(std::shared_ptr<const StoreStatus>(status)); });
        return ++m_next;
    }
    TraceRequestId setPinned(const TraceId& id, bool pinned, const QObject*, Done<bool> done) override
    {
        pins.emplace_back(id.toHex(), pinned);
        done(std::make_shared<const bool>(true));
        return ++m_next;
    }
    TraceRequestId clear(bool, const QObject*, Done<bool> done) override
    {
        done(std::make_shared<const bool>(true));
        return ++m_next;
    }
    void cancel(TraceRequestId request) override
    {
        lists.erase(request);
        traces.erase(request);
    }
    void setAutoRefresh(bool) override { }
    void setChangeListener(std::function<void(const TraceSourceChange&)> listener) override
    {
        changed = std::move(listener);
    }
    void setStateListener(std::function<void(const SourceState&)>) override { }
    SourceState state() const override { return {}; }

    /// Answers the newest list request with traces of these numbers.
    void answerList(std::initializer_list<int> numbers, const std::string& cursor = {}, std::uint64_t total = 0)
    {
        ASSERT_FALSE(lists.empty());
        auto page = std::make_shared<TraceListPage>();
        page->traces.resize(numbers.size());
        std::size_t row = 0;
        for (const int number : numbers) {
            page->traces.traceId[row].bytes[15] = static_cast<std::uint8_t>(number);
            page->traces.startNs[row++] = testing_support::SpanBuilder::kOrigin + number;
        }
        page->traces.finish();
        page->nextCursor = cursor;
        page->total = page->matching = total == 0 ? numbers.size() : total;
        page->matchingKnown = true;
        auto done = lists.rbegin()->second;
        lists.erase(std::prev(lists.end()));
        done(std::shared_ptr<const TraceListPage>(page));
    }

    std::vector<TraceListRequest> requests;
    FetchRequest asked; ///< of the newest list request
    FetchRequest traceAsked; ///< of the newest trace request
    std::map<TraceRequestId, Done<TraceListPage>> lists;
    std::map<TraceRequestId, Done<SpanTable>> traces;
    std::vector<Done<LogTable>> logAnswers;
    std::vector<std::pair<std::string, bool>> pins;
    std::function<void(const TraceSourceChange&)> changed;

private:
    TraceRequestId m_next = 0;
};

class TracesFlow : public testing::Test {
protected:
    TracesFlow() : m_controller(m_page, {[] { return kTracesNow; }, {}, &m_pool})
    {
        m_page.resize(1100, 700);
        m_page.show();
        m_controller.setSource(
            &m_source,
            {QStringLiteral("http://127.0.0.1:4318"), QStringLiteral("http://127.0.0.1:4317"), 0, 0, 0, {}, {}});
    }
    ~TracesFlow() override { m_pool.waitForDone(); }

    int rows() const { return m_page.model()->rowCount(); }
    TraceSourceChange newTrace() const { return {{{TraceId{}, true, false}}, false}; }

    QThreadPool m_pool;
    ScriptedTraceSource m_source;
    TracesPage m_page;
    TracesController m_controller;
};

} // namespace tracedeck::tests
