// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/command_menu.h"

#include <QActionGroup>
#include <QHash>
#include <QMenu>
#include <QStringList>

namespace tracedeck {

void fillCommandMenu(QMenu* menu, const std::vector<CommandItem>& commands, const std::function<void(QString)>& run)
{
    menu->clear();
    static const QStringList kOneOf{QStringLiteral("density"), QStringLiteral("times"), QStringLiteral("theme")};
    QHash<QString, QMenu*> parts;
    QHash<QString, QActionGroup*> groups;
    QMenu* last = nullptr;
    for (const CommandItem& item : commands) {
        if (item.menu.isEmpty()) {
            continue;
        }
        QMenu*& part = parts[item.menu];
        if (part == nullptr) {
            part = menu->addMenu(item.menu);
        }
        // The text after the tab is drawn as a shortcut without becoming one.
        const QString keys = item.keys.isEmpty() ? QString() : QChar(u'\t') + item.keys.first();
        QAction* action = part->addAction(item.title + keys);
        action->setCheckable(item.checkable);
        if (const QString family = item.id.section(u'.', 0, 0); item.checkable && kOneOf.contains(family)) {
            QActionGroup*& group = groups[family];
            group = group == nullptr ? new QActionGroup(part) : group;
            group->addAction(action); // drawn as one of several
        }
        action->setChecked(item.checked);
        const QString id = item.id;
        QObject::connect(action, &QAction::triggered, menu, [run, id] { run(id); });
        last = id == u"quit" ? part : last;
    }
    if (last != nullptr) { // the one people look for at the end
        menu->removeAction(last->menuAction());
        menu->addAction(last->menuAction());
    }
}

} // namespace tracedeck
