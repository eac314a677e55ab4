// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/snapshot_cache.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tracedeck {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{256} << 20U;

/// A file descriptor that closes itself.
class File {
public:
    File(const std::string& path, int flags) : m_descriptor(open(path.c_str(), flags | O_CLOEXEC, 0600)) { }
    ~File() { (void)shut(); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int get() const noexcept { return m_descriptor; }
    bool shut()
    {
        const bool closed = m_descriptor < 0 || close(m_descriptor) == 0;
        m_descriptor = -1;
        return closed;
    }

private:
    int m_descriptor;
};

ErrorCode codeOf(int error)
{
    switch (error) {
    case ENOENT:
        return ErrorCode::NotFound;
    case EACCES:
    case EPERM:
        return ErrorCode::PermissionDenied;
    case EROFS:
        return ErrorCode::ReadOnly;
    case ENOSPC:
    case EDQUOT:
        return ErrorCode::StorageFull;
    default:
        return ErrorCode::Internal;
    }
}

Error systemError(int error)
{
    return makeError(codeOf(error), "last snapshot", std::strerror(error)); // NOLINT(concurrency-mt-unsafe)
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Result<void> writeSnapshotCache(const std::string& path, const FleetSnapshot& snapshot)
{
    const std::string bytes = encodeSnapshot(snapshot);
    if (bytes.size() > kMaxBytes) {
        return makeError(ErrorCode::TooLarge, "last snapshot", "");
    }
    const std::string temporary = path + ".new";
    File file(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (file.get() < 0) {
        return systemError(errno);
    }
    if (!writeAll(file.get(), bytes) || fdatasync(file.get()) != 0 || !file.shut()
        || std::rename(temporary.c_str(), path.c_str()) != 0) {
        const int error = errno;
        unlink(temporary.c_str());
        return systemError(error);
    }
    return {};
}

Result<FleetSnapshot> readSnapshotCache(const std::string& path)
{
    const File file(path, O_RDONLY | O_NONBLOCK);
    struct stat status { };
    if (file.get() < 0 || fstat(file.get(), &status) != 0) {
        return systemError(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return makeError(ErrorCode::Corrupt, "last snapshot", "it is not a file");
    }
    if (static_cast<std::uint64_t>(status.st_size) > kMaxBytes) {
        return makeError(ErrorCode::TooLarge, "last snapshot", "");
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t length = 0;
    while (length < bytes.size()) {
        const ssize_t got = read(file.get(), bytes.data() + length, bytes.size() - length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemError(errno);
        }
        if (got == 0) {
            break;
        }
        length += static_cast<std::size_t>(got);
    }
    return decodeSnapshot(std::string_view(bytes).substr(0, length));
}

} // namespace tracedeck
