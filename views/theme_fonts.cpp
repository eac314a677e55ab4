// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme_fonts.h"

#include <QDirIterator>
#include <QFontDatabase>
#include <QtGlobal>

// Resources of a static library are only linked in when something names them. The macro declares a
// function and must stand outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(tracedeck);
    Q_INIT_RESOURCE(tracedeck_fonts);
}

namespace tracedeck {

const QStringList& loadEmbeddedFonts()
{
    static const QStringList families = [] {
        initResources();
        QStringList found;
        QDirIterator files(QStringLiteral(":/fonts"));
        while (files.hasNext()) {
            const int id = QFontDatabase::addApplicationFont(files.next());
            for (const QString& family : QFontDatabase::applicationFontFamilies(id)) {
                if (!found.contains(family)) {
                    found.append(family);
                }
            }
        }
        return found;
    }();
    return families;
}

} // namespace tracedeck
