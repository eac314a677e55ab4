// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <array>
#include <cstdint>

class QApplication;

namespace tracedeck {

enum class ThemeKind : std::uint8_t { Dark, Light, Contrast };

/// Colours by purpose, never by hue. Surfaces from back to front: window, panel, raised, hover. Text on
/// any surface (selection and accentBg included) keeps 4.5:1, data colours 3:1 (views/theme_test).
struct ThemeColors {
    QColor window, panel, raised, hover, line;
    QColor text, text2, text3; ///< main, secondary, dimmed (units, hints)
    QColor accent, accentBg, selection;
    QColor track, fill; ///< of a neutral bar
    QColor ok, warn, warnFill, bad, badFill;
    std::array<QColor, 8> series; ///< services, lines of a chart
};

/// Lengths in device-independent pixels, on a grid of four.
struct ThemeSpace {
    int grid = 4;
    int row = 28, rowCompact = 24, rowRelaxed = 32, groupRow = 30, header = 28, waterfallRow = 26;
    int topBar = 44, statusBar = 26, rail = 166, railIcons = 48, drawer = 324;
    int radius = 6, metricBar = 8;
};

/// Text sizes in pixels at text scale 1, and the families.
struct ThemeType {
    QString ui, mono;
    int base = 13, small = 12, tiny = 11, title = 16;
};

/// Thresholds in percent (temperature: °C); warning starts `warnBelow` under them.
struct ThemeSeverity {
    double cpu = 80, memory = 85, disk = 90, temperature = 80, warnBelow = 5;
};

/// Everything painted code needs to know about looks. A value; the one in use is theme().
struct Theme {
    ThemeKind kind = ThemeKind::Dark;
    ThemeColors colors;
    ThemeSpace space;
    ThemeType type;
    ThemeSeverity severity;
    double textScale = 1.0; ///< set by + - 0; fonts below include it

    [[nodiscard]] QFont uiFont(int pixelSize, QFont::Weight weight = QFont::Normal) const;
    [[nodiscard]] QFont baseFont() const { return uiFont(type.base); }
    [[nodiscard]] QFont smallFont() const { return uiFont(type.small); }
    [[nodiscard]] QFont tinyFont() const { return uiFont(type.tiny); }
    [[nodiscard]] QFont titleFont() const { return uiFont(type.title, QFont::DemiBold); }
    [[nodiscard]] QFont monoFont(int pixelSize = 12) const;
    [[nodiscard]] QPalette palette() const;
    /// A length of the 4-px grid, grown with the text scale (row heights, bars).
    [[nodiscard]] int scaled(int length) const;
};

/// The theme as the token file compiled into the program describes it.
[[nodiscard]] Theme loadTheme(ThemeKind kind, double textScale = 1.0);

/// The theme in use. Painted code asks for it in paint, or caches and drops the cache on
/// QEvent::PaletteChange / FontChange, which applyTheme() sends to every widget. GUI thread only.
[[nodiscard]] const Theme& theme();

/// Makes `next` the theme in use: Fusion style, palette and font of the application. Nothing happens
/// when it equals the one in use.
void applyTheme(QApplication& application, const Theme& next);

/// WCAG 2 contrast ratio, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& first, const QColor& second);

/// Stable colour of a name (service) from the series of the theme in use.
[[nodiscard]] QColor seriesColor(std::uint64_t hash);

} // namespace tracedeck
