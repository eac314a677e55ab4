// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_file_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20U;

struct CloseFolder {
    void operator()(DIR* folder) const { closedir(folder); }
};

std::string_view currentIfEmpty(const std::string& path)
{
    return path.empty() ? std::string_view(".") : std::string_view(path);
}

} // namespace

LocalFileReader::LocalFileReader(const std::string& root)
    : m_root(open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), m_buffer(std::size_t{16} << 10U)
{ }

LocalFileReader::~LocalFileReader()
{
    if (m_root >= 0) {
        close(m_root);
    }
}

std::optional<std::string_view> LocalFileReader::read(const std::string& path)
{
    // Non-blocking: a named pipe in the way must not stop the worker.
    const int file = m_root < 0 ? -1 : openat(m_root, path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        return std::nullopt;
    }
    std::size_t length = 0;
    bool failed = false;
    while (length < kMaxFileBytes) {
        if (length == m_buffer.size()) {
            m_buffer.resize(m_buffer.size() * 2);
        }
        const ssize_t got = ::read(file, m_buffer.data() + length, m_buffer.size() - length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            failed = got < 0;
            break;
        }
        length += static_cast<std::size_t>(got);
    }
    close(file);
    // A process that ended between open and read answers ESRCH: no content rather than half of it.
    return failed ? std::nullopt : std::optional<std::string_view>({m_buffer.data(), length});
}

std::optional<std::string_view> LocalFileReader::read(std::string_view folder, std::string_view name)
{
    m_path.assign(folder).append("/").append(name);
    return read(m_path);
}

bool LocalFileReader::exists(const std::string& path) const
{
    return m_root >= 0 && faccessat(m_root, path.c_str(), F_OK, 0) == 0;
}

std::optional<std::string> LocalFileReader::linkTarget(const std::string& path) const
{
    std::array<char, PATH_MAX> target{};
    const ssize_t length = m_root < 0 ? -1 : readlinkat(m_root, path.c_str(), target.data(), target.size());
    return length > 0 ? std::optional<std::string>(std::in_place, target.data(), static_cast<std::size_t>(length))
                      : std::nullopt;
}

std::vector<std::string> LocalFileReader::list(const std::string& path) const
{
    return entries(path, false);
}

std::vector<std::string> LocalFileReader::listFolders(const std::string& path) const
{
    return entries(path, true);
}

std::vector<std::string> LocalFileReader::entries(const std::string& path, bool foldersOnly) const
{
    std::vector<std::string> names;
    const int file = m_root < 0 ? -1 : openat(m_root, currentIfEmpty(path).data(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) {
        return names;
    }
    const std::unique_ptr<DIR, CloseFolder> folder(fdopendir(file));
    if (folder == nullptr) {
        close(file);
        return names;
    }
    while (const dirent* const entry = readdir(folder.get())) { // NOLINT(concurrency-mt-unsafe): own stream
        const std::string_view name(static_cast<const char*>(entry->d_name));
        if (name == "." || name == "..") {
            continue;
        }
        bool isFolder = entry->d_type == DT_DIR;
        if (foldersOnly && entry->d_type == DT_UNKNOWN) {
            struct stat status { };
            isFolder = fstatat(file, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
        }
        if (!foldersOnly || isFolder) {
            names.emplace_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace tracedeck
