// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QObject>

#include <mutex>
#include <utility>

namespace tracedeck {

/// The way from workers back to an object that may be gone by then: jobs hold the mailbox, the object
/// closes it in its destructor. Jobs run on the object's thread, later, or never once it is closed.
class ClientMailbox {
public:
    explicit ClientMailbox(QObject* receiver) : m_receiver(receiver) { }
    template <class Job> void post(Job&& job)
    {
        const std::lock_guard lock(m_mutex);
        if (m_receiver != nullptr)
            QMetaObject::invokeMethod(m_receiver, std::forward<Job>(job), Qt::QueuedConnection);
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_receiver = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject* m_receiver;
};

} // namespace tracedeck
