// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/peer_book.h"

#include <utility>

namespace tracedeck {

PeerBook::PeerBook(Find find) : m_find(std::move(find)), m_thread([this] { run(); })
{ }

PeerBook::~PeerBook()
{
    stop();
}

bool PeerBook::recall(const std::string& peer, std::shared_ptr<const PeerPlace>& place) const
{
    const auto known = m_known.find(peer);
    if (known == m_known.end() || known->second.until < std::chrono::steady_clock::now()) {
        return false;
    }
    place = known->second.place;
    return true;
}

void PeerBook::keep(const std::string& peer, std::shared_ptr<const PeerPlace> place)
{
    if (m_known.size() >= kMostKept) {
        m_known.clear(); // cheaper than knowing which are old, and they are found again
    }
    const bool doubtful = place && !place->note.empty();
    const auto until = std::chrono::steady_clock::now() + (doubtful ? kDoubtKept : kKept);
    m_known.insert_or_assign(peer, Known{std::move(place), until});
}

void PeerBook::ask(const std::string& peer, Then then)
{
    std::shared_ptr<const PeerPlace> place;
    {
        const std::lock_guard lock(m_mutex);
        if (!recall(peer, place) && !m_stopping && m_open.size() < kMostWaiting) {
            if (std::optional<SocketAddress> address = parseSocketAddress(peer)) {
                m_open.push_back({peer, std::move(*address), std::move(then)});
                m_wake.notify_one();
                return;
            }
        }
    }
    then(std::move(place));
}

void PeerBook::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_open.empty(); });
        if (m_stopping) {
            return;
        }
        const Question question = std::move(m_open.front());
        m_open.pop_front();
        std::shared_ptr<const PeerPlace> place;
        if (!recall(question.peer, place)) {
            lock.unlock();
            PeerPlace found = m_find(question.address);
            place = found.isEmpty() ? nullptr : std::make_shared<const PeerPlace>(std::move(found));
            lock.lock();
            keep(question.peer, place);
        }
        lock.unlock();
        question.then(place);
        lock.lock();
    }
}

void PeerBook::stop()
{
    std::deque<Question> open;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        open.swap(m_open);
    }
    m_wake.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
    for (const Question& question : open) {
        question.then(nullptr);
    }
}

} // namespace tracedeck
