// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/collector/store_fixture.h"

#include "collector/trace_store_impl.h"

#include <cstdlib>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>

namespace tracedeck::test {

TemporaryDirectory::TemporaryDirectory()
    : m_path((std::filesystem::temp_directory_path() / "tracedeck-store-XXXXXX").string())
{
    if (::mkdtemp(m_path.data()) == nullptr) {
        ADD_FAILURE() << "no temporary directory";
    }
}

TemporaryDirectory::~TemporaryDirectory()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

StoreFixture::StoreFixture() : StoreFixture(std::string())
{ }

StoreFixture::StoreFixture(std::string dataDir)
{
    options.dataDir = dataDir.empty() ? m_directory.file("data") : std::move(dataDir);
    options.now = [this] { return nowNs.load(); };
    reopen();
}

StoreFixture::~StoreFixture()
{
    close();
}

void StoreFixture::reopen()
{
    close();
    Result<std::unique_ptr<TraceStore>> opened = TraceStore::open(options);
    ASSERT_TRUE(opened) << opened.error().what;
    m_store = std::move(opened).value();
    m_pipeline = std::make_unique<IngestPipeline>(*m_store, IngestLimits{});
}

void StoreFixture::close()
{
    m_pipeline.reset();
    m_store.reset();
}

Result<IngestOutcome> StoreFixture::submit(OtlpSignal signal, const std::string& body, OtlpEncoding encoding)
{
    auto answered = std::make_shared<std::promise<Result<IngestOutcome>>>();
    m_pipeline->submit({signal, encoding, body},
                       [answered](Result<IngestOutcome> outcome) { answered->set_value(std::move(outcome)); });
    return answered->get_future().get();
}

Result<OtlpTraces> StoreFixture::read(const TraceId& id)
{
    OtlpTraces spans;
    Result<void> decoded;
    Result<void> done = m_store->readTrace(id, [&](std::string_view body) {
        decoded = decodeOtlpTraces(body, OtlpEncoding::Protobuf, spans);
        return decoded.ok();
    });
    if (!done || !decoded) {
        return done ? decoded.error() : done.error();
    }
    return spans;
}

std::vector<TraceListPage> StoreFixture::pages(TraceListRequest request)
{
    std::vector<TraceListPage> all;
    do {
        Result<TraceListPage> page = m_store->listTraces(request);
        if (!page) {
            ADD_FAILURE() << page.error().what;
            break;
        }
        request.cursor = page->nextCursor;
        all.push_back(std::move(page).value());
    } while (!request.cursor.empty());
    return all;
}

void StoreFixture::settle()
{
    m_store->impl().writer->runAndWait([](WriterState&) {});
}

} // namespace tracedeck::test
