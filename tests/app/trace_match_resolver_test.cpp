// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_match_resolver.h"

#include "tests/support/query_tables.h"

#include <gtest/gtest.h>
#include <map>

using namespace tracedeck;

namespace {

/// Keeps questions for lists until the test answers; everything else is never asked.
class OpenQuestions : public TraceSource {
public:
    std::string instance() const override { return "open"; }
    std::string label() const override { return "Open"; }
    TraceRequestId list(const TraceListRequest& request, const FetchRequest&, const QObject*,
                        Done<TraceListPage> done) override
    {
        asked.push_back(request);
        m_open[++m_next] = std::move(done);
        return m_next;
    }
    TraceRequestId trace(const TraceId&, const FetchRequest&, const QObject*, Done<SpanTable>) override { return 0; }
    TraceRequestId logs(const TraceId&, const FetchRequest&, const QObject*, Done<LogTable>) override { return 0; }
    TraceRequestId services(bool, const FetchRequest&, const QObject*, Done<std::vector<ServiceSummary>>) override
    {
        return 0;
    }
    TraceRequestId status(const FetchRequest&, const QObject*, Done<StoreStatus>) override { return 0; }
    TraceRequestId setPinned(const TraceId&, bool, const QObject*, Done<bool>) override { return 0; }
    TraceRequestId clear(bool, const QObject*, Done<bool>) override { return 0; }
    void cancel(TraceRequestId request) override { cancelled.push_back(request); }
    void setAutoRefresh(bool) override { }
    void setChangeListener(std::function<void(const TraceSourceChange&)>) override { }
    void setStateListener(std::function<void(const SourceState&)>) override { }
    SourceState state() const override { return {}; }

    void answer(bool found, const std::string& cursor = {}, TraceRequestId request = 0)
    {
        auto page = std::make_shared<TraceListPage>();
        if (found) {
            page->traces = tests::sampleTraces();
        }
        page->nextCursor = cursor;
        take(request)(std::shared_ptr<const TraceListPage>(page));
    }
    void fail() { take(0)(makeError(ErrorCode::Unreachable, "open", "nobody answers")); }

    std::vector<TraceListRequest> asked;
    std::vector<TraceRequestId> cancelled;

private:
    Done<TraceListPage> take(TraceRequestId request)
    {
        auto node = m_open.extract(request == 0 ? m_next : request);
        return std::move(node.mapped());
    }
    TraceRequestId m_next = 0;
    std::map<TraceRequestId, Done<TraceListPage>> m_open;
};

class TraceMatch : public testing::Test {
protected:
    void ask(std::vector<std::string> queries)
    {
        TraceListRequest base;
        base.limit = 50;
        base.cursor = "old";
        m_resolver.ask(m_source, base, std::move(queries), [this](int way) { m_answers.push_back(way); });
    }

    OpenQuestions m_source;
    TraceMatchResolver m_resolver;
    std::vector<int> m_answers;
};

} // namespace

TEST_F(TraceMatch, TheFirstWayThatFindsAnyIsTaken)
{
    ask({"container.id=a", "pod=b", "service=c"});
    ASSERT_EQ(m_source.asked.size(), 1U) << "one after the other";
    EXPECT_EQ(m_source.asked[0].query, "container.id=a");
    EXPECT_EQ(m_source.asked[0].limit, 1U) << "one trace is enough to know";
    EXPECT_EQ(m_source.asked[0].cursor, "");
    m_source.answer(false);
    EXPECT_EQ(m_source.asked.back().query, "pod=b");
    m_source.answer(true);
    EXPECT_EQ(m_answers, std::vector<int>{1});
    EXPECT_EQ(m_source.asked.size(), 2U) << "nobody asks the third way any more";
}

TEST_F(TraceMatch, NoWayFindingAnyIsAnAnswer)
{
    ask({"a", "b"});
    m_source.answer(false);
    m_source.answer(false);
    EXPECT_EQ(m_answers, std::vector<int>{-1});
}

TEST_F(TraceMatch, AScanThatWasCutOffGoesOnWhereItStopped)
{
    ask({"a", "b"});
    m_source.answer(false, "page-2");
    ASSERT_EQ(m_source.asked.size(), 2U);
    EXPECT_EQ(m_source.asked[1].query, "a");
    EXPECT_EQ(m_source.asked[1].cursor, "page-2");
    m_source.answer(true);
    EXPECT_EQ(m_answers, std::vector<int>{0});
}

TEST_F(TraceMatch, AFailureIsNoMatchButAllFailuresAreNoAnswer)
{
    ask({"a", "b"});
    m_source.fail();
    m_source.answer(false);
    EXPECT_EQ(m_answers, std::vector<int>{-1}) << "one way was really looked at";
    m_answers.clear();
    ask({"a", "b"});
    m_source.fail();
    m_source.fail();
    EXPECT_TRUE(m_answers.empty()) << "nothing is known, so nothing is claimed";
}

TEST_F(TraceMatch, ANewQuestionDropsTheOldOne)
{
    ask({"a"});
    ask({"b"});
    EXPECT_EQ(m_source.cancelled, std::vector<TraceRequestId>{1});
    m_source.answer(true, {}, 1);
    EXPECT_TRUE(m_answers.empty()) << "a late answer is not taken";
    m_source.answer(true, {}, 2);
    EXPECT_EQ(m_answers, std::vector<int>{0});
    ask({"c"});
    m_resolver.stop(&m_source);
    m_source.answer(true);
    EXPECT_EQ(m_answers.size(), 1U);
}
