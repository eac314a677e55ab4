// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/integrity_check.h"

#include <sqlite3.h>
#include <utility>

namespace tracedeck {
namespace {

// The check is asked every so many steps of SQLite's machine whether it shall end.
constexpr int kStepsBetweenLooks = 10'000;

int lookAround(void* cancelled)
{
    return static_cast<std::atomic<bool>*>(cancelled)->load() ? 1 : 0;
}

} // namespace

IntegrityCheck::IntegrityCheck(const std::string& path, std::function<void(const std::string&)> damaged)
{
    Result<Database> database = Database::open(path, Database::Mode::Read);
    if (!database) {
        return;
    }
    m_database = std::make_unique<Database>(std::move(database).value());
    sqlite3_progress_handler(m_database->handle(), kStepsBetweenLooks, lookAround, &m_cancelled);
    m_thread = std::thread([this, damaged = std::move(damaged)] { run(damaged); });
}

IntegrityCheck::~IntegrityCheck()
{
    m_cancelled = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void IntegrityCheck::run(const std::function<void(const std::string&)>& damaged)
{
    Result<Statement> check = m_database->prepare("PRAGMA quick_check(1)");
    if (!check) {
        damaged(check.error().what);
        return;
    }
    if (check.value().next()) {
        const std::string answer(check.value().text(0));
        if (answer != "ok") {
            damaged(answer);
        }
    } else if (const Error error = m_database->failure("check the database"); error.code == ErrorCode::Corrupt) {
        damaged(error.what);
    }
}

} // namespace tracedeck
