// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme.h"

#include "views/theme_fonts.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStyleFactory>
#include <QToolTip>
#include <cmath>

namespace tracedeck {

namespace {

const QJsonObject& tokens()
{
    static const QJsonObject object = [] {
        loadEmbeddedFonts(); // also registers the resource the tokens are in
        QFile file(QStringLiteral(":/tokens.json"));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }();
    return object;
}

QString sectionName(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light:
        return QStringLiteral("light");
    case ThemeKind::Contrast:
        return QStringLiteral("contrast");
    case ThemeKind::Dark:
        break;
    }
    return QStringLiteral("dark");
}

ThemeColors readColors(const QJsonObject& object)
{
    ThemeColors colors;
    const std::pair<const char16_t*, QColor*> fields[] = {{u"window", &colors.window},
                                                          {u"panel", &colors.panel},
                                                          {u"raised", &colors.raised},
                                                          {u"hover", &colors.hover},
                                                          {u"line", &colors.line},
                                                          {u"text", &colors.text},
                                                          {u"text2", &colors.text2},
                                                          {u"text3", &colors.text3},
                                                          {u"accent", &colors.accent},
                                                          {u"accentBg", &colors.accentBg},
                                                          {u"selection", &colors.selection},
                                                          {u"track", &colors.track},
                                                          {u"fill", &colors.fill},
                                                          {u"ok", &colors.ok},
                                                          {u"warn", &colors.warn},
                                                          {u"warnFill", &colors.warnFill},
                                                          {u"bad", &colors.bad},
                                                          {u"badFill", &colors.badFill}};
    for (const auto& [name, color] : fields) {
        *color = QColor(object.value(QStringView(name)).toString());
    }
    const QJsonArray series = object.value(u"series").toArray();
    for (int i = 0; i < static_cast<int>(colors.series.size()); ++i) {
        colors.series[static_cast<std::size_t>(i)] = QColor(series.at(i).toString());
    }
    return colors;
}

ThemeSpace readSpace(const QJsonObject& object)
{
    ThemeSpace space;
    const std::pair<const char16_t*, int*> fields[] = {{u"grid", &space.grid},
                                                       {u"row", &space.row},
                                                       {u"rowCompact", &space.rowCompact},
                                                       {u"rowRelaxed", &space.rowRelaxed},
                                                       {u"groupRow", &space.groupRow},
                                                       {u"header", &space.header},
                                                       {u"waterfallRow", &space.waterfallRow},
                                                       {u"topBar", &space.topBar},
                                                       {u"statusBar", &space.statusBar},
                                                       {u"rail", &space.rail},
                                                       {u"railIcons", &space.railIcons},
                                                       {u"drawer", &space.drawer},
                                                       {u"radius", &space.radius},
                                                       {u"metricBar", &space.metricBar}};
    for (const auto& [name, length] : fields) {
        *length = object.value(QStringView(name)).toInt(*length);
    }
    return space;
}

Theme& currentTheme()
{
    static Theme current = loadTheme(ThemeKind::Dark);
    return current;
}

double linearChannel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linearChannel(color.redF()) + 0.7152 * linearChannel(color.greenF())
        + 0.0722 * linearChannel(color.blueF());
}

/// Text is what it says: without ligatures and contextual forms, which turn "->" into an arrow and "4x4" into
/// a product. Scripts that need shaping get it all the same. The rules of Inter cost a quarter of the start.
constexpr QFont::StyleStrategy kPlainLetters = QFont::PreferNoShaping;

} // namespace

QFont Theme::uiFont(int pixelSize, QFont::Weight weight) const
{
    QFont font(type.ui);
    font.setStyleStrategy(kPlainLetters);
    font.setPixelSize(std::max(8, static_cast<int>(std::lround(pixelSize * textScale))));
    font.setWeight(weight);
    return font;
}

QFont Theme::monoFont(int pixelSize) const
{
    QFont font(type.mono);
    font.setStyleHint(QFont::Monospace, kPlainLetters);
    font.setPixelSize(std::max(8, static_cast<int>(std::lround(pixelSize * textScale))));
    return font;
}

int Theme::scaled(int length) const
{
    return textScale <= 1.0 ? length : static_cast<int>(std::lround(length * textScale));
}

QPalette Theme::palette() const
{
    QPalette palette(colors.text, colors.panel, colors.hover, colors.line, colors.line, colors.text, colors.text,
                     colors.panel, colors.window);
    palette.setColor(QPalette::Window, colors.panel);
    palette.setColor(QPalette::Base, colors.window);
    palette.setColor(QPalette::AlternateBase, colors.raised);
    palette.setColor(QPalette::Button, colors.raised);
    palette.setColor(QPalette::Highlight, colors.selection);
    palette.setColor(QPalette::HighlightedText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.text3);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::Mid, colors.line);
    palette.setColor(QPalette::Midlight, colors.hover);
    palette.setColor(QPalette::Shadow, colors.line);
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, colors.text3);
    }
    return palette;
}

Theme loadTheme(ThemeKind kind, double textScale)
{
    Theme loaded;
    loaded.kind = kind;
    loaded.textScale = textScale;
    loaded.colors = readColors(tokens().value(sectionName(kind)).toObject());
    loaded.space = readSpace(tokens().value(u"space").toObject());
    const QJsonObject type = tokens().value(u"type").toObject();
    loaded.type.ui = type.value(u"ui").toString();
    loaded.type.mono = type.value(u"mono").toString();
    loaded.type.base = type.value(u"base").toInt(loaded.type.base);
    loaded.type.small = type.value(u"small").toInt(loaded.type.small);
    loaded.type.tiny = type.value(u"tiny").toInt(loaded.type.tiny);
    loaded.type.title = type.value(u"title").toInt(loaded.type.title);
    const QJsonObject severity = tokens().value(u"severity").toObject();
    loaded.severity.cpu = severity.value(u"cpu").toDouble(loaded.severity.cpu);
    loaded.severity.memory = severity.value(u"memory").toDouble(loaded.severity.memory);
    loaded.severity.disk = severity.value(u"disk").toDouble(loaded.severity.disk);
    loaded.severity.temperature = severity.value(u"temperature").toDouble(loaded.severity.temperature);
    loaded.severity.warnBelow = severity.value(u"warnBelow").toDouble(loaded.severity.warnBelow);
    return loaded;
}

const Theme& theme()
{
    return currentTheme();
}

namespace {

/// Menus lie over tables of nearly their own ground, so they are a step lighter and have an edge: Fusion takes it from
/// Window, 160 % darker.
QPalette menuPalette(const Theme& of)
{
    constexpr int kFusionEdge = 160;
    QPalette palette = of.palette();
    palette.setColor(QPalette::Base, of.colors.raised);
    palette.setColor(QPalette::Window, of.colors.line.lighter(kFusionEdge));
    return palette;
}

} // namespace

void applyTheme(QApplication& application, const Theme& next)
{
    static bool applied = false;
    if (applied && next.kind == theme().kind && qFuzzyCompare(next.textScale, theme().textScale)) {
        return;
    }
    currentTheme() = next;
    if (!applied) {
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        applied = true;
    }
    application.setPalette(next.palette());
    application.setPalette(menuPalette(next), "QMenu");
    application.setFont(next.baseFont());
    QToolTip::setPalette(next.palette());
    QToolTip::setFont(next.smallFont());
}

double contrastRatio(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor seriesColor(std::uint64_t hash)
{
    const auto& series = theme().colors.series;
    return series[hash % series.size()];
}

} // namespace tracedeck
