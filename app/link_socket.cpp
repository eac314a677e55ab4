// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/link_socket.h"

#include <QCryptographicHash>
#include <QDir>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tracedeck {

namespace {

constexpr int kPatienceMs = 2'000;

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) { }
    ~Descriptor()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

/// Connects to the socket and checks that it is served by this user; the descriptor is -1 otherwise.
int connectTo(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(name.size()) >= sizeof(address.sun_path)) {
        return -1;
    }
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()) + 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ucred peer = {};
    socklen_t size = sizeof(peer);
    if (fd >= 0
        && (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0
            || ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::getuid())) {
        ::close(fd);
        return -1;
    }
    return fd;
}

bool isReady(int fd, short what)
{
    pollfd entry = {fd, what, 0};
    return ::poll(&entry, 1, kPatienceMs) == 1 && (entry.revents & what) != 0;
}

bool sendAll(int fd, const QByteArray& bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count =
            ::send(fd, bytes.constData() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count > 0) {
            sent += count;
        } else if ((errno != EAGAIN && errno != EINTR) || !isReady(fd, POLLOUT)) {
            return false;
        }
    }
    return true;
}

} // namespace

QByteArray encodeLinkMessage(const LinkMessage& message)
{
    const auto line = [](const char* key, QString value) -> QByteArray {
        value.replace(u'\n', u' ');
        return QByteArray(key) + ' ' + value.toUtf8() + '\n';
    };
    return line("open", message.link) + line("token", message.activationToken) + '\n';
}

std::optional<LinkMessage> decodeLinkMessage(const QByteArray& bytes)
{
    if (bytes.size() > kLongestLinkMessage || !bytes.endsWith("\n\n")) {
        return std::nullopt;
    }
    LinkMessage message;
    for (const QByteArray& line : bytes.split('\n')) {
        if (line.startsWith("open ")) {
            message.link = QString::fromUtf8(line.mid(5));
        } else if (line.startsWith("token ")) {
            message.activationToken = QString::fromUtf8(line.mid(6));
        }
    }
    return message.link.isEmpty() ? std::nullopt : std::optional(message);
}

QString linkSocketPath(const QString& dataDir)
{
    const QString inside = QDir(dataDir).absoluteFilePath(QStringLiteral("window.sock"));
    if (static_cast<std::size_t>(QFile::encodeName(inside).size()) < sizeof(sockaddr_un::sun_path)) {
        return inside;
    }
    const QByteArray hash = QCryptographicHash::hash(inside.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QDir::tempPath() + QStringLiteral("/tracedeck-%1-%2.sock").arg(::getuid()).arg(QString::fromLatin1(hash));
}

bool isLinkSocketServed(const QString& socketPath)
{
    return Descriptor(connectTo(socketPath)).get() >= 0;
}

bool handOverLink(const QString& dataDir, const LinkMessage& message)
{
    const Descriptor socket(connectTo(linkSocketPath(dataDir)));
    if (socket.get() < 0 || !sendAll(socket.get(), encodeLinkMessage(message)) || !isReady(socket.get(), POLLIN)) {
        return false;
    }
    char answer[3] = {};
    return ::recv(socket.get(), answer, sizeof(answer), 0) >= 2 && std::memcmp(answer, "ok", 2) == 0;
}

} // namespace tracedeck
