// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/reader_pool.h"

namespace tracedeck {

Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string& path)
{
    Result<Database> database = Database::open(path, Database::Mode::Read);
    if (!database) {
        return database.error();
    }
    std::unique_ptr<StoreReader> reader(new StoreReader(std::move(database).value()));
    Result<BodyReader> bodies = BodyReader::open(reader->m_database);
    if (!bodies) {
        return bodies.error();
    }
    reader->m_bodies = std::make_unique<BodyReader>(std::move(bodies).value());
    return reader;
}

ReaderPool::Lease::~Lease()
{
    if (m_reader) {
        m_pool->giveBack(std::move(m_reader));
    }
}

Result<ReaderPool::Lease> ReaderPool::borrow()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_free.empty()) {
            std::unique_ptr<StoreReader> reader = std::move(m_free.back());
            m_free.pop_back();
            return Lease(*this, std::move(reader));
        }
    }
    Result<std::unique_ptr<StoreReader>> opened = StoreReader::open(m_path);
    if (!opened) {
        return opened.error();
    }
    return Lease(*this, std::move(opened).value());
}

void ReaderPool::giveBack(std::unique_ptr<StoreReader> reader)
{
    const std::scoped_lock lock(m_mutex);
    if (m_free.size() < kKept) {
        m_free.push_back(std::move(reader));
    }
}

} // namespace tracedeck
