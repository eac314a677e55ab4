// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <memory>
#include <string>

namespace tracedeck {

/// Where the owner of a data directory serves.
struct OwnerRecord {
    std::string httpAddress; ///< "127.0.0.1:4318"; empty while the owner is starting
    std::string grpcAddress;
    int pid = 0;
    bool tls = false; ///< both addresses speak TLS
    std::string tlsFingerprint; ///< SHA-256 of their certificate, so that nobody else's passes for it
};

/// The one owner of a data directory, for as long as this object lives: holds a lock on DIR/lock (the
/// kernel frees it when the process dies), keeps DIR private (0700), DIR/token and DIR/owner 0600.
class OwnedDirectory {
public:
    /// Creates the directory and the token when missing. Conflict when another process owns it (its
    /// address stands in `what`), ReadOnly or PermissionDenied when it cannot be written.
    [[nodiscard]] static Result<std::unique_ptr<OwnedDirectory>> open(const std::string& path);
    ~OwnedDirectory();
    OwnedDirectory(const OwnedDirectory&) = delete;
    OwnedDirectory& operator=(const OwnedDirectory&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return m_path; }
    [[nodiscard]] const std::string& token() const noexcept { return m_token; }
    /// Tells others where this owner serves (DIR/owner, replaced atomically).
    [[nodiscard]] Result<void> writeOwner(const OwnerRecord& record) const;

private:
    OwnedDirectory(std::string path, int lockFd);
    std::string m_path;
    std::string m_token;
    int m_lockFd;
};

/// Reads DIR/owner; an empty record when there is none. Says nothing about whether the owner lives.
[[nodiscard]] OwnerRecord readOwner(const std::string& dataDir);
/// Reads DIR/token; NotFound or Malformed when it is missing or is not 64 hex digits.
[[nodiscard]] Result<std::string> readToken(const std::string& dataDir);

} // namespace tracedeck
