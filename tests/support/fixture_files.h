// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tracedeck::test {

/// Folder of the recorded inputs (environment variable TRACEDECK_FIXTURES); empty when it is not set.
[[nodiscard]] std::string fixtureFolder();
/// Content of a file below that folder. Fails the running test when it cannot be read.
[[nodiscard]] std::string readFixture(std::string_view path);

} // namespace tracedeck::test

/// Ends the test as "not run" where the recorded inputs are not at hand.
#define TRACEDECK_NEEDS_FIXTURES()                                                                                     \
    if (tracedeck::test::fixtureFolder().empty())                                                                      \
    GTEST_SKIP() << "not run: TRACEDECK_FIXTURES is not set"
