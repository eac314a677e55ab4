// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quit_signals.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace tracedeck {
namespace {

volatile int wakeEnd = -1; // written before the handlers are installed, read inside them

extern "C" void wakeToQuit(int)
{
    const int kept = errno;
    const char byte = 1;
    // A full socket already holds the wish to end, so the result does not matter.
    [[maybe_unused]] const ssize_t written = ::write(wakeEnd, &byte, 1);
    errno = kept;
}

} // namespace

void quitOnSignals(QCoreApplication& application)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return;
    }
    wakeEnd = ends[0];
    auto* notifier = new QSocketNotifier(ends[1], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, [notifier, end = ends[1]] {
        char byte = 0;
        [[maybe_unused]] const ssize_t taken = ::read(end, &byte, 1);
        notifier->setEnabled(false);
        QCoreApplication::quit();
    });
    struct sigaction action = {};
    action.sa_handler = wakeToQuit;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        sigaction(signal, &action, nullptr);
    }
}

} // namespace tracedeck
