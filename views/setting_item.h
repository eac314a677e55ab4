// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/segment_bar.h"

#include <QString>
#include <QVariant>
#include <vector>

namespace tracedeck {

/// One line of the settings page.
struct SettingItem {
    enum class Kind { Choice, Number, Fact };
    QString path; ///< in the settings file; for facts a name of their own
    QString section; ///< translated heading it stands under
    QString title;
    QString hint; ///< one dimmed sentence; may be empty
    Kind kind = Kind::Choice;
    std::vector<Segment> choices{}; ///< Choice
    double minimum = 0; ///< Number
    double maximum = 0;
    double step = 1;
    QString unit{}; ///< Number
    QVariant value{}; ///< Choice: id of the segment; Number: double; Fact: text
};

/// A choice between on and off; the value is a bool for the settings, "on" or "off" for the segments.
[[nodiscard]] SettingItem switchItem(const QString& path, const QString& section, const QString& title,
                                     const QString& hint, bool on);

} // namespace tracedeck
