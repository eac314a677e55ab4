// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture_files.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace tracedeck::test {

std::string fixtureFolder()
{
    const char* folder = std::getenv("TRACEDECK_FIXTURES");
    return folder == nullptr ? std::string() : std::string(folder);
}

std::string readFixture(std::string_view path)
{
    std::ifstream file(fixtureFolder() + '/' + std::string(path), std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

} // namespace tracedeck::test
