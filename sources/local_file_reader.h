// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Reads small kernel files and folders below one root folder ("/" on a live machine, a recorded tree
/// in tests). Paths are relative to the root, without a leading slash. One buffer is used again and
/// again: a view is valid until the next read. Not thread-safe.
class LocalFileReader {
public:
    explicit LocalFileReader(const std::string& root);
    ~LocalFileReader();
    LocalFileReader(const LocalFileReader&) = delete;
    LocalFileReader& operator=(const LocalFileReader&) = delete;

    /// Content of a file, at most 4 MiB of it; nothing when it cannot be read (gone, not allowed, a folder).
    [[nodiscard]] std::optional<std::string_view> read(const std::string& path);
    /// folder + "/" + name without building a new text each time.
    [[nodiscard]] std::optional<std::string_view> read(std::string_view folder, std::string_view name);
    [[nodiscard]] bool exists(const std::string& path) const;
    /// Target of a symbolic link; nothing when it is none or may not be read.
    [[nodiscard]] std::optional<std::string> linkTarget(const std::string& path) const;
    /// Names in a folder, sorted, without "." and ".."; empty when it cannot be read.
    [[nodiscard]] std::vector<std::string> list(const std::string& path) const;
    /// Only the folders among them.
    [[nodiscard]] std::vector<std::string> listFolders(const std::string& path) const;

private:
    [[nodiscard]] std::vector<std::string> entries(const std::string& path, bool foldersOnly) const;

    int m_root = -1;
    std::string m_path;
    std::vector<char> m_buffer;
};

} // namespace tracedeck
