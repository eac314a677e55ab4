// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/owned_directory.h"

#include "collector/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

namespace tracedeck {

namespace {

Error systemError(const std::string& path, const std::string& action, int number)
{
    const bool readOnly = number == EROFS;
    const bool denied = number == EACCES || number == EPERM;
    const ErrorCode code = readOnly ? ErrorCode::ReadOnly
        : denied                    ? ErrorCode::PermissionDenied
        : number == ENOSPC          ? ErrorCode::StorageFull
                                    : ErrorCode::Internal;
    return makeError(code, path, fmt::format("cannot {}: {}", action, std::generic_category().message(number)),
                     readOnly || denied ? "Choose another folder with --data-dir, or make this one writable." : "");
}

/// Writes a private file so that readers see the old content or the new, never a part.
Result<void> replaceFile(const std::string& path, const std::string& content)
{
    const std::string temporary = path + ".new";
    ::unlink(temporary.c_str());
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return systemError(path, "write", errno);
    std::size_t written = 0;
    while (written < content.size()) {
        const ssize_t n = ::write(fd, content.data() + written, content.size() - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            const int number = errno;
            ::close(fd);
            ::unlink(temporary.c_str());
            return systemError(path, "write", number);
        }
        written += static_cast<std::size_t>(n);
    }
    ::fsync(fd);
    ::close(fd);
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return systemError(path, "replace", errno);
    return {};
}

Result<std::string> createToken(const std::string& path)
{
    std::array<unsigned char, 32> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
        return systemError(path, "get random bytes for", errno);
    std::string token;
    for (const unsigned char byte : random)
        token += fmt::format("{:02x}", byte);
    const Result<void> stored = replaceFile(path, token + "\n");
    if (!stored)
        return stored.error();
    return token;
}

std::string readSmallFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string content(4096, '\0');
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return content;
}

Error ownedByAnother(const std::string& path)
{
    const OwnerRecord owner = readOwner(path);
    const std::string where = owner.httpAddress.empty() ? std::string("which is just starting")
                                                        : (owner.tls ? "at https://" : "at ") + owner.httpAddress;
    return makeError(ErrorCode::Conflict, path, "in use by another Tracedeck " + where,
                     "Use that one, or start with another --data-dir.");
}

} // namespace

OwnerRecord readOwner(const std::string& dataDir)
{
    OwnerRecord record;
    std::istringstream lines(readSmallFile(dataDir + "/owner"));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos)
            continue;
        const std::string key = line.substr(0, equals);
        const std::string value = line.substr(equals + 1);
        if (key == "http")
            record.httpAddress = value;
        else if (key == "grpc")
            record.grpcAddress = value;
        else if (key == "tls")
            record.tls = value == "1";
        else if (key == "cert")
            record.tlsFingerprint = value;
        else if (key == "pid")
            std::from_chars(value.data(), value.data() + value.size(), record.pid);
    }
    return record;
}

Result<std::string> readToken(const std::string& dataDir)
{
    const std::string path = dataDir + "/token";
    std::string token = readSmallFile(path);
    if (token.empty())
        return makeError(ErrorCode::NotFound, path, "no token file");
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' '))
        token.pop_back();
    if (token.size() != 64 || token.find_first_not_of("0123456789abcdef") != std::string::npos)
        return makeError(ErrorCode::Malformed, path, "the token is not 64 hex digits",
                         "Remove the file; a new token is made at the next start.");
    return token;
}

OwnedDirectory::OwnedDirectory(std::string path, int lockFd) : m_path(std::move(path)), m_lockFd(lockFd)
{ }

OwnedDirectory::~OwnedDirectory()
{
    ::unlink((m_path + "/owner").c_str());
    ::close(m_lockFd); // frees the lock
}

Result<std::unique_ptr<OwnedDirectory>> OwnedDirectory::open(const std::string& path)
{
    if (path.empty())
        return makeError(ErrorCode::InvalidArgument, "data directory", "no folder given", "Give one with --data-dir.");
    if (const Result<void> ready = prepareDataDirectory(path); !ready)
        return ready.error();
    const int fd = ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return systemError(path, "write to the data directory", errno);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const int number = errno;
        ::close(fd);
        return number == EWOULDBLOCK ? ownedByAnother(path) : systemError(path, "lock the data directory", number);
    }
    std::unique_ptr<OwnedDirectory> directory(new OwnedDirectory(path, fd));
    const Result<void> emptied = directory->writeOwner({});
    if (!emptied)
        return emptied.error();
    Result<std::string> token = readToken(path);
    if (!token && token.error().code == ErrorCode::NotFound)
        token = createToken(path + "/token");
    if (!token)
        return token.error();
    if (::chmod((path + "/token").c_str(), 0600) != 0)
        return systemError(path, "make the token private", errno);
    directory->m_token = *token;
    return directory;
}

Result<void> OwnedDirectory::writeOwner(const OwnerRecord& record) const
{
    return replaceFile(m_path + "/owner",
                       fmt::format("http={}\ngrpc={}\npid={}\ntls={}\ncert={}\n", record.httpAddress,
                                   record.grpcAddress, ::getpid(), record.tls ? 1 : 0, record.tlsFingerprint));
}

} // namespace tracedeck
