// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/key_text.h"

#include <QKeyEvent>
#include <QKeySequence>

namespace tracedeck {

QString keyText(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown:
        return {};
    default:
        break;
    }
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const QString typed = event.text();
    if ((modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0 && typed.size() == 1
        && typed.at(0).isPrint() && !typed.at(0).isSpace()) {
        const QChar letter = typed.at(0);
        if (!letter.isLetter()) {
            return QString(letter);
        }
        // Shift decides, not the case typed: Caps Lock must not turn letters into other commands.
        const bool shifted = (modifiers & Qt::ShiftModifier) != 0;
        return shifted ? QStringLiteral("Shift+") + letter.toUpper() : QString(letter.toLower());
    }
    int key = event.key();
    if (key == Qt::Key_Enter) {
        key = Qt::Key_Return;
    }
    if (key == Qt::Key_Backtab) {
        key = Qt::Key_Tab;
    }
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key))).toString(QKeySequence::PortableText);
}

} // namespace tracedeck
