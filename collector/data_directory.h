// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>

namespace tracedeck {

/// Creates the directory (and its parents) with mode 0700 and makes sure that files can be written in it.
/// An existing directory keeps its parents' modes; its own is set to 0700. ReadOnly when that fails.
[[nodiscard]] Result<void> prepareDataDirectory(const std::string& path);

/// A file that exists while the store is open: found at start, the last run did not end cleanly.
class UncleanMarker {
public:
    explicit UncleanMarker(const std::string& dataDir) : m_path(dataDir + "/unclean") { }
    /// True when the marker was there before. Creates it.
    [[nodiscard]] Result<bool> set();
    void remove();

private:
    std::string m_path;
};

} // namespace tracedeck
