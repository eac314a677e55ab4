// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"
#include "collector/stored_body.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tracedeck {

/// A reading connection with its prepared statements.
class StoreReader {
public:
    [[nodiscard]] static Result<std::unique_ptr<StoreReader>> open(const std::string& path);

    [[nodiscard]] Database& database() { return m_database; }
    [[nodiscard]] BodyReader& bodies() { return *m_bodies; }

private:
    explicit StoreReader(Database database) : m_database(std::move(database)) { }
    Database m_database;
    std::unique_ptr<BodyReader> m_bodies;
};

/// Keeps a few reading connections open. Thread-safe; a borrowed reader belongs to one thread.
class ReaderPool {
public:
    explicit ReaderPool(std::string path) : m_path(std::move(path)) { }

    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<StoreReader> reader) : m_pool(&pool), m_reader(std::move(reader)) { }
        ~Lease();
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        [[nodiscard]] StoreReader& operator*() const { return *m_reader; }
        [[nodiscard]] StoreReader* operator->() const { return m_reader.get(); }

    private:
        ReaderPool* m_pool;
        std::unique_ptr<StoreReader> m_reader;
    };

    [[nodiscard]] Result<Lease> borrow();

private:
    static constexpr std::size_t kKept = 4;
    void giveBack(std::unique_ptr<StoreReader> reader);

    std::string m_path;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<StoreReader>> m_free;
};

} // namespace tracedeck
