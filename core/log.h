// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// Process-wide log: levels, categories, an optional rotating file and the last lines in memory (for
/// crash reports and diagnostics). Values after secret-looking keys (authorization, cookie, password,
/// token, secret, api key) are redacted before anything is kept. Thread-safe.
class Log {
public:
    /// Starts writing to `path`; at `maxBytes` it is renamed to `path.1` and started anew. Empty = memory only.
    static void openFile(const std::string& path, std::uint64_t maxBytes = 4U << 20U);
    static void setLevel(LogLevel level);
    static void setEchoToStderr(bool echo);
    static void write(LogLevel level, std::string_view category, std::string_view message);
    /// The newest lines, oldest first; at most 200.
    [[nodiscard]] static std::vector<std::string> recentLines();
};

/// Masks the values of secret-looking keys in free text: "Authorization: Bearer abc" → "Authorization: •••".
[[nodiscard]] std::string redactSecrets(std::string_view text);
/// Whether a key names something that must not be shown unasked (attribute keys, headers).
[[nodiscard]] bool looksSecret(std::string_view key);

} // namespace tracedeck
