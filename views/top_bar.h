// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/source_badge.h"

#include <QWidget>

class QLabel;
class QMenu;

namespace tracedeck {

class FlatButton;
class SearchField;

/// The 44-px bar: mark and name, the query line, worst source state, commands, menu.
class TopBar : public QWidget {
    Q_OBJECT

public:
    explicit TopBar(QWidget* parent = nullptr);

    [[nodiscard]] SearchField* searchField() const { return m_search; }
    void setWorstSource(const WorstSource& worst);
    /// The standard menu behind the right-most button.
    void setMenu(QMenu* menu);
    void openMenu();
    [[nodiscard]] QMenu* viewsMenu() const { return m_viewsMenu; }
    /// Width of the rail below, so that the query line starts where the page starts.
    void setBrandWidth(int width, bool nameVisible);

Q_SIGNALS:
    void commandsRequested();
    void sourcesRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* m_brand;
    SearchField* m_search;
    FlatButton* m_views;
    QMenu* m_viewsMenu;
    FlatButton* m_sources;
    FlatButton* m_commands;
    FlatButton* m_menuButton;
};

} // namespace tracedeck
