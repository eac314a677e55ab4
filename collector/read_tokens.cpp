// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/read_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>

namespace tracedeck {

namespace {

constexpr std::size_t kShortest = 32;
constexpr std::size_t kLongest = 256;
constexpr std::string_view kTokenCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";

Result<std::string> tokenIn(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string content(kLongest + 2, '\0');
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (file.bad() || (!file.eof() && file.fail()))
        return makeError(ErrorCode::PermissionDenied, path.string(), "the token cannot be read");
    content.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    content.erase(content.find_last_not_of(" \r\n\t") + 1); // npos + 1 = 0
    if (content.size() < kShortest || content.size() > kLongest
        || content.find_first_not_of(kTokenCharacters) != std::string::npos)
        return makeError(ErrorCode::Malformed, path.string(),
                         fmt::format("the file is not one token of {} to {} characters", kShortest, kLongest),
                         "Make one with: openssl rand -hex 32");
    return content;
}

} // namespace

Result<std::vector<std::string>> readTokensIn(const std::string& directory, const std::string& taken)
{
    std::error_code failure;
    if (!std::filesystem::exists(directory, failure) && !failure)
        return std::vector<std::string>{};
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator entry(directory, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        const std::string name = entry->path().filename().string();
        std::error_code gone;
        if (!name.starts_with('.') && !name.ends_with('~') && entry->is_regular_file(gone))
            files.push_back(entry->path());
    }
    if (failure)
        return makeError(ErrorCode::PermissionDenied, directory, "cannot be listed: " + failure.message());
    std::sort(files.begin(), files.end());
    std::map<std::string, std::string> seen{{taken, "token"}};
    std::vector<std::string> tokens;
    for (const std::filesystem::path& path : files) {
        Result<std::string> token = tokenIn(path);
        if (!token)
            return token.error();
        const auto [other, fresh] = seen.emplace(*token, path.filename().string());
        if (!fresh)
            return makeError(ErrorCode::Conflict, path.string(),
                             fmt::format("holds the same token as “{}”", other->second),
                             "Give every reader a token of their own.");
        tokens.push_back(std::move(token).value());
    }
    return tokens;
}

} // namespace tracedeck
