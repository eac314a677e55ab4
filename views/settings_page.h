// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/page.h"
#include "views/setting_item.h"

#include <QHash>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace tracedeck {

/// All settings on one page, in sections; the query line filters them. A change is said at once
/// (edited) and applied by the application; nothing waits for an "OK".
class SettingsPage : public Page {
    Q_OBJECT

public:
    explicit SettingsPage(QWidget* parent = nullptr);

    /// Takes over the lines; called once. Their widgets are made when the page is first shown: most windows
    /// never show it, and they cost a tenth of the start.
    void setItems(const std::vector<SettingItem>& items);
    /// Shows a value that was changed elsewhere, without emitting.
    void setValue(const QString& path, const QVariant& value);
    [[nodiscard]] QVariant value(const QString& path) const;
    /// Titles in sight, for tests.
    [[nodiscard]] QStringList shownTitles() const;

    [[nodiscard]] QString pageId() const override { return QStringLiteral("settings"); }
    [[nodiscard]] QString title() const override { return tr("Settings"); }
    [[nodiscard]] QString keyScope() const override { return {}; }
    [[nodiscard]] QString searchHint() const override { return tr("Find a setting"); }
    [[nodiscard]] QString queryText() const override { return m_filter; }
    QueryFeedback setQueryText(const QString& text) override;
    void restoreRouteState(const QUrlQuery& state) override;
    bool runCommand(const QString&) override { return false; }
    bool peel() override;
    void focusContent() override;
    [[nodiscard]] PageDump dump() const override;

Q_SIGNALS:
    /// Choice: the id (switches: bool), Number: double.
    void edited(const QString& path, const QVariant& value);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Line {
        SettingItem item;
        bool fits = true; ///< has the words of the filter
        QWidget* row = nullptr; ///< null until the page is shown, like the rest
        QLabel* title = nullptr;
        QLabel* hint = nullptr;
        QWidget* editor = nullptr;
    };
    QWidget* makeEditor(const SettingItem& item);
    void build();
    void addLine(Line& line);
    void applyFilter();
    void applyLooks();

    std::vector<Line> m_lines;
    bool m_built = false;
    QHash<QString, QLabel*> m_headings; ///< by section
    QString m_filter;
    QScrollArea* m_scroll;
    QVBoxLayout* m_list;
    QLabel* m_nothing;
};

} // namespace tracedeck
