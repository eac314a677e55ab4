// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/theme.h"

#include <QApplication>

namespace tracedeck::tests {

/// Puts a theme and text scale into use and lets every widget hear of it; the one before comes back at the end.
class ThemeSwitch {
public:
    ThemeSwitch(ThemeKind kind, double textScale) : m_kind(theme().kind), m_scale(theme().textScale)
    {
        use(kind, textScale);
    }
    ThemeSwitch(const ThemeSwitch&) = delete;
    ThemeSwitch& operator=(const ThemeSwitch&) = delete;
    ~ThemeSwitch() { use(m_kind, m_scale); }

private:
    static void use(ThemeKind kind, double textScale)
    {
        applyTheme(*qApp, loadTheme(kind, textScale));
        QApplication::processEvents(); // palette and font reach the widgets by events that are posted
    }

    ThemeKind m_kind;
    double m_scale;
};

} // namespace tracedeck::tests
