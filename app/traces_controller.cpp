// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/traces_controller.h"

#include "app/own_traces.h"
#include "app/stage_scope.h"
#include "app/trace_match_resolver.h"
#include "core/error_text.h"
#include "selectors/trace_listing.h"
#include "views/trace_detail_view.h"

#include <QTimer>
#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::uint32_t kPageSize = 200;
constexpr std::uint32_t kMostPerRequest = 1000;
constexpr int kStatusIntervalMs = 2'000; ///< counts under the empty state

/// After a change, or because somebody wants to see whether there was one.
FetchRequest newestFetch(bool bypass = false)
{
    FetchRequest fetch;
    fetch.newest = true;
    fetch.bypassCaches = bypass;
    return fetch;
}

std::int64_t listClockNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

TracesController::TracesController(TracesPage& page, Surroundings surroundings, QObject* parent)
    : QObject(parent),
      m_page(page),
      m_surroundings(std::move(surroundings)),
      m_statusTimer(new QTimer(this)),
      m_matches(new TraceMatchResolver(this))
{
    m_statusTimer->setInterval(kStatusIntervalMs);
    connect(m_statusTimer, &QTimer::timeout, this, [this] {
        if (m_page.isVisible() && m_autoRefresh) {
            requestStatus();
        }
    });
    m_page.detail()->setUtcOffset(m_surroundings.times.offsetSeconds());
    connectPage();
}

void TracesController::connectPage()
{
    connect(&m_page, &TracesPage::choiceChanged, this, [this] { restart(); });
    connect(&m_page, &TracesPage::loadMoreRequested, this, [this] { requestMore(); });
    connect(&m_page, &TracesPage::waitingRequested, this, [this] { showWaiting(); });
    connect(&m_page, &TracesPage::followingChanged, this, [this](bool following) {
        if (following) {
            showWaiting();
        }
    });
    connect(&m_page, &TracesPage::traceOpened, this, [this](const QString& id) {
        m_shownSpans.reset();
        requestTrace(id, {});
    });
    connect(&m_page, &TracesPage::traceClosed, this, [this] { m_shownSpans.reset(); });
    connect(&m_page, &TracesPage::matchWanted, this, [this] { askMatch(); });
    connect(&m_page, &TracesPage::logsRequested, this, [this](const QString& id) { requestLogs(id, {}); });
    connect(&m_page, &TracesPage::jsonRequested, this, [this](const QString& id) { writeJson(id); });
    connect(&m_page, &TracesPage::pinWanted, this, &TracesController::keepTrace);
}

void TracesController::setSource(TraceSource* source, const ReceiveInfo& endpoints)
{
    m_matches->stop(m_source);
    m_source = source;
    m_ownOnly = false;
    m_receive = endpoints;
    m_problem.clear();
    m_page.setReceiveInfo(m_receive);
    if (source == nullptr) {
        return;
    }
    source->setChangeListener([this](const TraceSourceChange& change) { changed(change); });
    source->setStateListener([this](const SourceState& state) {
        m_state = state;
        Q_EMIT sourceStateChanged();
    });
    source->setAutoRefresh(m_autoRefresh);
    m_state = source->state();
    restart();
    askMatch();
    if (!m_page.openTrace().isEmpty()) {
        requestTrace(m_page.openTrace(), {});
    }
}

void TracesController::setTimeStyle(TimeStyle times)
{
    if (times == m_surroundings.times) {
        return;
    }
    m_surroundings.times = times;
    m_page.detail()->setUtcOffset(times.offsetSeconds());
    if (!m_pages.empty()) {
        showList();
    }
}

void TracesController::askMatch()
{
    if (m_source == nullptr || m_page.matchWish().isEmpty()) {
        return;
    }
    std::vector<std::string> queries;
    for (const TraceMatchWish::Way& way : m_page.matchWish().ways) {
        queries.push_back(way.query.toStdString());
    }
    m_matches->ask(*m_source, requestFor({}, 1), std::move(queries), [this](int way) { m_page.showMatch(way); });
}

void TracesController::setProblem(const QString& text)
{
    m_problem = text;
    m_receive.problem = text;
    m_page.setReceiveInfo(m_receive);
    showList();
}

void TracesController::restart()
{
    m_firstShown = false;
    m_waiting.clear();
    requestFirst({});
}

void TracesController::refresh(bool bypass)
{
    const FetchRequest fetch = newestFetch(bypass);
    requestFirst(fetch);
    if (!m_page.openTrace().isEmpty()) {
        requestTrace(m_page.openTrace(), fetch);
        refreshLogs(fetch);
    }
}

TraceListRequest TracesController::requestFor(const QString& cursor, std::uint32_t limit) const
{
    const TraceChoice& choice = m_page.choice();
    TraceListRequest request;
    request.query = choice.query.toStdString();
    request.errorsOnly = choice.errorsOnly;
    request.includeOwn = choice.showOwn || m_ownOnly;
    request.order = choice.order;
    request.limit = std::clamp(limit, kPageSize, kMostPerRequest);
    request.cursor = cursor.toStdString();
    if (const std::int64_t range = rangeNs(choice.range); range > 0) {
        // Whole seconds, so that a repeated question is the same question and can be answered with "unchanged".
        constexpr std::int64_t kSecond = 1'000'000'000;
        request.fromNs = (m_surroundings.clock() - range) / kSecond * kSecond;
    }
    return request;
}

void TracesController::requestFirst(FetchRequest fetch)
{
    if (m_source == nullptr) {
        return;
    }
    if (m_listRequest != 0) {
        m_source->cancel(m_listRequest);
    }
    std::size_t loaded = 0;
    for (const PagePtr& page : m_pages) {
        loaded += page->traces.rows();
    }
    // A refresh asks for as much as is shown, so that "load more" is not undone.
    const std::uint32_t wanted =
        m_firstShown ? static_cast<std::uint32_t>(std::min<std::size_t>(loaded, kMostPerRequest)) : kPageSize;
    fetch.generation = ++m_listGeneration;
    const std::uint64_t generation = m_listGeneration;
    m_loading = true;
    m_askedAtNs = listClockNs();
    m_listRequest =
        m_source->list(requestFor({}, wanted), fetch, this, [this, generation](const Result<PagePtr>& answer) {
            if (generation == m_listGeneration) {
                takeFirst(answer);
            }
        });
}

void TracesController::requestMore()
{
    if (m_source == nullptr || m_loading || m_pages.empty() || m_pages.back()->nextCursor.empty()) {
        return;
    }
    FetchRequest fetch;
    fetch.generation = ++m_listGeneration;
    const std::uint64_t generation = m_listGeneration;
    m_loading = true;
    showList();
    m_listRequest = m_source->list(requestFor(QString::fromStdString(m_pages.back()->nextCursor), kPageSize), fetch,
                                   this, [this, generation](const Result<PagePtr>& answer) {
                                       if (generation == m_listGeneration) {
                                           takeMore(answer);
                                       }
                                   });
}

void TracesController::takeFirst(const Result<PagePtr>& answer)
{
    m_loading = false;
    m_listRequest = 0;
    if (!answer.ok()) {
        fail(answer.error());
        return;
    }
    const PagePtr& page = answer.value();
    if (page->total == 0 && !m_ownOnly && !m_page.choice().showOwn) {
        // Nobody sends yet: the application's own traces show what a trace looks like.
        m_ownOnly = true;
        requestFirst(newestFetch());
        return;
    }
    // Where nothing of what was shown is left (own traces make way for the first ones of others) nobody reads on.
    const auto& ids = page->traces.traceId;
    const bool reading = m_firstShown && !m_page.following()
        && std::any_of(ids.begin(), ids.end(), [this](const TraceId& id) { return m_known.count(id) != 0; });
    m_problem.clear();
    // Pages behind the refreshed part are kept: more was loaded than one request may ask for.
    std::vector<PagePtr> pages{page};
    if (m_firstShown && m_pages.size() > 1 && page->traces.rows() >= kMostPerRequest) {
        pages.insert(pages.end(), m_pages.begin() + 1, m_pages.end());
    }
    const bool unchanged = m_firstShown && m_pages.size() == pages.size() && m_pages.front() == page;
    m_pages = std::move(pages);
    if (unchanged) {
        return;
    }
    m_waiting.clear();
    for (const TraceId& id : ids) {
        if (reading && m_page.choice().order == TraceOrder::StartDescending && m_known.count(id) == 0) {
            m_waiting.insert(id);
        } else {
            m_known.insert(id);
        }
    }
    m_firstShown = true;
    showList(beginRecord(*page));
}

std::uint64_t TracesController::beginRecord(const TraceListPage& page)
{
    std::uint64_t others = 0;
    for (std::size_t row = 0; row < page.traces.rows(); ++row) {
        others = page.traces.own[row] != 0 ? others : others * 0x9E3779B97F4A7C15ULL + page.traces.digests[row];
    }
    // A trace about a list that only told of such traces would be the next one to tell of.
    if (m_telemetry == nullptr || std::exchange(m_othersSeen, others) == others) {
        return 0;
    }
    const std::uint64_t cycle = kTraceListCycles + ++m_cycles;
    const std::int64_t tookNs = std::max<std::int64_t>(listClockNs() - m_askedAtNs, 0);
    m_telemetry->push(
        {Stage::Fetch, 0, cycle, m_askedAtNs, tookNs, static_cast<std::uint32_t>(page.traces.rows()), true});
    return cycle;
}

void TracesController::takeMore(const Result<PagePtr>& answer)
{
    m_loading = false;
    m_listRequest = 0;
    if (!answer.ok()) {
        fail(answer.error());
        return;
    }
    m_pages.push_back(answer.value());
    for (const TraceId& id : answer.value()->traces.traceId) {
        m_known.insert(id);
    }
    showList();
}

void TracesController::fail(const Error& error)
{
    m_problem = QString::fromStdString(errorText(error));
    showList();
}

void TracesController::showWaiting()
{
    m_known.insert(m_waiting.begin(), m_waiting.end());
    m_waiting.clear();
    showList();
}

void TracesController::showList(std::uint64_t cycle)
{
    std::vector<std::shared_ptr<const TraceListTable>> tables;
    tables.reserve(m_pages.size());
    for (const PagePtr& page : m_pages) {
        tables.emplace_back(page, &page->traces);
    }
    std::optional<StageScope> stage;
    stage.emplace(m_telemetry, Stage::Derive, cycle, 0U);
    auto listing = std::make_shared<const TraceListing>(mergeTracePages(tables, m_surroundings.times));
    TracesPage::ListState state;
    if (!m_pages.empty()) {
        const TraceListPage& first = *m_pages.front();
        state.matching = first.matching;
        state.matchingKnown = first.matchingKnown;
        state.total = first.total;
        state.more = !m_pages.back()->nextCursor.empty();
    }
    auto plan =
        std::make_shared<const RowPlan>(planTraces(*listing, m_waiting, static_cast<std::uint32_t>(state.matching)));
    state.loaded = plan->shown;
    state.waiting = static_cast<std::uint32_t>(listing->table.rows() - plan->shown);
    state.loading = m_loading;
    state.ownOnly = m_ownOnly && !m_page.choice().showOwn && listing->table.rows() > 0;
    state.problem = m_problem;
    TableUpdate update;
    update.snapshot = TableSnapshot(listing);
    update.base = m_page.model()->plan();
    update.plan = plan;
    stage.emplace(m_telemetry, Stage::Diff, cycle, plan->shown);
    update.diff = diffPlans(*update.base, *update.plan);
    stage.emplace(m_telemetry, Stage::Apply, cycle, plan->shown);
    m_page.model()->apply(std::move(update));
    stage.reset();
    if (cycle != 0) {
        Q_EMIT applied(cycle);
    }
    m_page.setListState(state);
    if ((state.total == 0 || m_ownOnly) && m_source != nullptr) {
        if (!m_statusTimer->isActive()) {
            m_statusTimer->start();
            requestStatus();
        }
    } else {
        m_statusTimer->stop();
    }
}

void TracesController::setAutoRefresh(bool on)
{
    m_autoRefresh = on;
    if (m_source != nullptr) {
        m_source->setAutoRefresh(on);
    }
}

void TracesController::changed(const TraceSourceChange& change)
{
    // Own traces alone never announce themselves: something else came, or nothing is known any more.
    m_ownOnly = false;
    requestFirst(newestFetch());
    if (m_page.matchOpen()) {
        askMatch();
    }
    const QString open = m_page.openTrace();
    const bool openChanged = std::any_of(change.traces.begin(), change.traces.end(), [&](const TraceChange& trace) {
        return QString::fromStdString(trace.traceId.toHex()) == open;
    });
    if (!open.isEmpty() && (change.resync || openChanged)) {
        requestTrace(open, newestFetch());
        refreshLogs(newestFetch());
    }
}

} // namespace tracedeck
