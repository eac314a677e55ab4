// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/selector_reference.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace tracedeck {
namespace {

namespace fs = std::filesystem;

Result<void> readFile(const fs::path& path, SelectorDigests& digests)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        std::istringstream parts(line);
        std::string domain;
        std::string rows;
        std::string name;
        std::string values;
        std::getline(parts, domain, '\t');
        std::getline(parts, rows, '\t');
        std::getline(parts, name, '\t');
        std::getline(parts, values);
        if (values.empty()) {
            return makeError(ErrorCode::Malformed, path.string(), "expected domain, rows, case and values: " + line);
        }
        digests[{domain, std::strtoull(rows.c_str(), nullptr, 10), name}] = values;
    }
    return {};
}

} // namespace

std::string flatDigest(const DigestFields& fields)
{
    if (!fields.is_object()) {
        return fields.dump();
    }
    std::string text;
    for (const auto& [name, value] : fields.items()) {
        text += (text.empty() ? "" : ",") + flatDigest(value);
    }
    return text;
}

Result<SelectorDigests> readSelectorDigests(const std::string& folder)
{
    SelectorDigests digests;
    std::error_code failure;
    for (const auto& file : fs::directory_iterator(folder, failure)) {
        if (file.path().extension() != ".tsv") {
            continue;
        }
        if (const auto read = readFile(file.path(), digests); !read.ok()) {
            return read.error();
        }
    }
    if (digests.empty()) {
        return makeError(ErrorCode::NotFound, folder, "holds no digests");
    }
    return digests;
}

} // namespace tracedeck
