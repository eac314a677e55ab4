// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preferences.h"

#include "app/retention_settings.h"
#include "app/settings_store.h"
#include "core/performance_switches.h"
#include "views/settings_page.h"

#include <algorithm>
#include <cmath>

namespace tracedeck {

namespace {

const char* const kTextScale = "appearance.textScale";

QString settingPath(const char* path)
{
    return QString::fromLatin1(path);
}

/// The page shows percent, the file keeps a factor.
bool isPercentOfFactor(const QString& path)
{
    return path == QLatin1String(kTextScale);
}

/// Collects the lines of one section after the other.
class SettingLines {
public:
    explicit SettingLines(const SettingsStore& settings) : m_settings(settings) { }

    void section(const QString& name) { m_section = name; }
    void choice(const char* path, const QString& title, const QString& hint, std::vector<Segment> choices,
                const QString& fallback)
    {
        SettingItem item = start(path, title, hint);
        item.kind = SettingItem::Kind::Choice;
        item.choices = std::move(choices);
        item.value = m_settings.value(item.path, fallback).toVariant().toString();
        m_items.push_back(std::move(item));
    }
    void onOff(const char* path, const QString& title, const QString& hint, bool fallback = true)
    {
        const bool on = m_settings.value(settingPath(path), fallback).toBool();
        m_items.push_back(switchItem(settingPath(path), m_section, title, hint, on));
    }
    void number(const char* path, const QString& title, const QString& hint, double fallback, double most)
    {
        SettingItem item = start(path, title, hint);
        item.kind = SettingItem::Kind::Number;
        item.maximum = most;
        item.unit = QStringLiteral(" %");
        const double kept = m_settings.value(item.path, fallback).toDouble(fallback);
        item.value = isPercentOfFactor(item.path) ? std::round(kept * 100) : kept;
        m_items.push_back(std::move(item));
    }
    void amount(const RetentionFigure& figure, const QString& title, const QString& hint)
    {
        number(figure.path, title, hint, figure.fallback, figure.most);
        SettingItem& item = m_items.back();
        item.minimum = figure.least;
        item.unit = QString::fromLatin1(figure.unit);
        item.value = std::clamp(item.value.toDouble(), figure.least, figure.most);
    }
    [[nodiscard]] std::vector<SettingItem>& items() { return m_items; }

private:
    [[nodiscard]] SettingItem start(const char* path, const QString& title, const QString& hint) const
    {
        SettingItem item;
        item.path = settingPath(path);
        item.section = m_section;
        item.title = title;
        item.hint = hint;
        return item;
    }

    const SettingsStore& m_settings;
    QString m_section;
    std::vector<SettingItem> m_items;
};

QString settingWord(const char* text)
{
    return Preferences::tr(text);
}

Segment settingSegment(const char* id, const QString& text)
{
    return {QString::fromLatin1(id), text};
}

void addAppearance(SettingLines& lines)
{
    lines.section(settingWord("Appearance"));
    lines.choice("appearance.theme", settingWord("Theme"), settingWord("System follows the desktop."),
                 {settingSegment("system", settingWord("System")), settingSegment("dark", settingWord("Dark")),
                  settingSegment("light", settingWord("Light")),
                  settingSegment("contrast", settingWord("High contrast"))},
                 QStringLiteral("system"));
    lines.choice("appearance.density", settingWord("Rows"), settingWord("Height of table rows."),
                 {settingSegment("compact", settingWord("Compact")), settingSegment("normal", settingWord("Normal")),
                  settingSegment("relaxed", settingWord("Relaxed"))},
                 QStringLiteral("normal"));
    lines.number(kTextScale, settingWord("Text size"), settingWord("Keys + and - change it too, 0 takes it back."), 1.0,
                 250);
    lines.items().back().minimum = 70;
    lines.items().back().step = 10;
    lines.choice("appearance.motion", settingWord("Motion"), settingWord("Reduced: nothing fades or slides."),
                 {settingSegment("system", settingWord("System")), settingSegment("full", settingWord("Full")),
                  settingSegment("reduced", settingWord("Reduced"))},
                 QStringLiteral("system"));
    lines.onOff("tables.tints", settingWord("Tint changes"),
                settingWord("A row whose status changed or that crossed a threshold is tinted for a second."));
    lines.choice("appearance.times", settingWord("Times of traces"),
                 settingWord("In the zone of this machine, in UTC, or as ages."),
                 {settingSegment("local", settingWord("Local")), settingSegment("utc", settingWord("UTC")),
                  settingSegment("relative", settingWord("Ages"))},
                 QStringLiteral("local"));
}

void addRefresh(SettingLines& lines)
{
    lines.section(settingWord("Refresh"));
    lines.onOff("refresh.auto", settingWord("Refresh automatically"),
                settingWord("Off: no request goes out but those you ask for."));
    lines.choice("refresh.slowdown", settingWord("Pace"),
                 settingWord("Sources say how often it makes sense: this machine every 5 s, remote lists every 15 s."),
                 {settingSegment("1", settingWord("As suggested")), settingSegment("2", settingWord("Half as often")),
                  settingSegment("4", settingWord("A quarter"))},
                 QStringLiteral("1"));
}

void addThresholds(SettingLines& lines)
{
    lines.section(settingWord("Thresholds"));
    const QString hint = settingWord("From here on a value is critical; 0 switches the judgement off.");
    lines.number("thresholds.cpu", settingWord("CPU"), hint, 80, 100);
    lines.number("thresholds.memory", settingWord("Memory"), {}, 85, 100);
    lines.number("thresholds.disk", settingWord("Disk"), {}, 90, 100);
    lines.number("thresholds.warnBelow", settingWord("Warn this much below"), {}, 5, 50);
    lines.onOff("notify.failures", settingWord("Tell of new failures"),
                settingWord("A notification of the desktop and a mark in the tray while this window is not in use."),
                false);
}

void addStorage(SettingLines& lines)
{
    lines.section(settingWord("Storage"));
    const auto& figures = retentionFigures();
    lines.amount(figures[0], settingWord("Keep traces and logs for"),
                 settingWord("Older ones go, pinned ones stay. Smaller figures remove what is over them."));
    lines.amount(figures[1], settingWord("Keep at most"), settingWord("The oldest go first."));
    lines.amount(figures[2], settingWord("Keep Tracedeck's own traces for"), {});
    lines.amount(figures[3], settingWord("Keep of its own at most"), {});
    for (const auto& [path, title] : {std::pair{"fact.retention", settingWord("In force")},
                                      std::pair{"fact.database", settingWord("The store holds")},
                                      std::pair{"fact.dataDir", settingWord("Data directory")}}) {
        SettingItem item;
        item.path = settingPath(path);
        item.section = settingWord("Storage");
        item.title = title;
        item.kind = SettingItem::Kind::Fact;
        item.value = QStringLiteral("\u2013");
        lines.items().push_back(std::move(item));
    }
}

void addPerformance(SettingLines& lines)
{
    lines.section(settingWord("Performance"));
    lines.onOff("performance.queryCache", settingWord("Keep answers"),
                settingWord("Of collectors, and the last two lists made of a table. Off costs requests and time and "
                            "changes nothing you see: a way back, like the three below."));
    lines.onOff("performance.gate", settingWord("Stop unchanged data early"),
                settingWord("Off: every poll is worked through."));
    lines.onOff("performance.push", settingWord("Follow traces by push"),
                settingWord("Off: new traces are asked for every 15 s."));
    lines.onOff("performance.textCache", settingWord("Keep texts of cells"),
                settingWord("Off: every cell is made anew when painted."));
}

} // namespace

std::vector<SettingItem> settingItems(const SettingsStore& settings)
{
    SettingLines lines(settings);
    addAppearance(lines);
    addRefresh(lines);
    addThresholds(lines);
    addStorage(lines);
    addPerformance(lines);
    return std::move(lines.items());
}

Preferences::Preferences(SettingsPage& page, SettingsStore& settings, Effects effects)
    : QObject(&page), m_page(page), m_settings(settings), m_effects(std::move(effects))
{
    m_page.setItems(settingItems(settings));
    connect(&m_page, &SettingsPage::edited, this, &Preferences::edited);
    connect(&m_settings, &SettingsStore::changed, this, &Preferences::changed);
    m_retentionPause.setSingleShot(true);
    m_retentionPause.setInterval(kRetentionPauseMs);
    connect(&m_retentionPause, &QTimer::timeout, this, [this] { m_effects.retention(); });
    applySwitches();
    m_effects.slowdown(m_page.value(QStringLiteral("refresh.slowdown")).toInt());
    m_effects.retention();
}

void Preferences::edited(const QString& path, const QVariant& value)
{
    if (path == QStringLiteral("refresh.auto")) {
        m_effects.autoRefresh(value.toBool()); // the command does the same and writes it down
        return;
    }
    const QVariant kept = isPercentOfFactor(path) ? QVariant(value.toDouble() / 100) : value;
    m_settings.setValue(path, QJsonValue::fromVariant(kept));
}

void Preferences::changed(const QString& path)
{
    QVariant value = m_settings.value(path).toVariant();
    if (isPercentOfFactor(path)) {
        value = std::round(value.toDouble() * 100);
    }
    m_page.setValue(path, value);
    if (path.startsWith(QStringLiteral("appearance."))) {
        m_effects.looks();
    } else if (path == QStringLiteral("refresh.slowdown")) {
        m_effects.slowdown(value.toInt());
    } else if (path.startsWith(QStringLiteral("storage."))) {
        m_retentionPause.start();
    } else if (path.startsWith(QStringLiteral("performance."))) {
        applySwitches();
        if (path == QStringLiteral("performance.push")) {
            m_effects.pushChanged();
        }
    }
}

void Preferences::applySwitches()
{
    PerformanceSwitches& switches = performanceSwitches();
    const auto wanted = [this](const char* path) { return m_settings.value(settingPath(path), true).toBool(true); };
    switches.queryCache = wanted("performance.queryCache");
    switches.gate = wanted("performance.gate");
    switches.push = wanted("performance.push");
    switches.textCache = wanted("performance.textCache");
}

} // namespace tracedeck
