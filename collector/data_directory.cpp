// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/data_directory.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tracedeck {
namespace {

Error notWritable(const std::string& path, int code)
{
    const ErrorCode error = code == ENOSPC || code == EDQUOT ? ErrorCode::StorageFull : ErrorCode::ReadOnly;
    return makeError(error, path, std::string("cannot be written: ") + std::strerror(code),
                     "Choose another data directory with --data-dir.", true);
}

} // namespace

Result<void> prepareDataDirectory(const std::string& path)
{
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (!part.empty() && ::mkdir(part.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
            return notWritable(part, errno);
        }
        if (slash == std::string::npos) {
            break;
        }
    }
    struct stat info { };
    if (::stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
        return notWritable(path, ENOTDIR);
    }
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0 && ::chmod(path.c_str(), S_IRWXU) != 0) {
        return notWritable(path, errno);
    }
    if (::access(path.c_str(), W_OK | X_OK) != 0) {
        return notWritable(path, errno);
    }
    return {};
}

Result<bool> UncleanMarker::set()
{
    const bool found = ::access(m_path.c_str(), F_OK) == 0;
    const int file = ::open(m_path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) {
        return notWritable(m_path, errno);
    }
    ::close(file);
    return found;
}

void UncleanMarker::remove()
{
    ::unlink(m_path.c_str());
}

} // namespace tracedeck
