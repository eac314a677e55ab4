// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/key_text.h"

#include <QKeyEvent>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

struct Press {
    const char* name;
    int key;
    Qt::KeyboardModifiers modifiers;
    const char16_t* typed;
    const char16_t* spelled;
};

void PrintTo(const Press& press, std::ostream* out)
{
    *out << press.name;
}

class KeyTextTest : public testing::TestWithParam<Press> { };

TEST_P(KeyTextTest, HasOneSpelling)
{
    const Press& press = GetParam();
    const QKeyEvent event(QEvent::KeyPress, press.key, press.modifiers, QString::fromUtf16(press.typed));
    EXPECT_EQ(keyText(event), QString::fromUtf16(press.spelled));
}

constexpr auto kShift = Qt::ShiftModifier;
constexpr auto kControl = Qt::ControlModifier;

INSTANTIATE_TEST_SUITE_P(
    Keys, KeyTextTest,
    testing::Values(
        Press{"letter", Qt::Key_J, {}, u"j", u"j"}, Press{"shifted letter", Qt::Key_N, kShift, u"N", u"Shift+N"},
        Press{"caps lock is not shift", Qt::Key_G, {}, u"G", u"g"},
        Press{"shift against caps lock", Qt::Key_G, kShift, u"g", u"Shift+G"},
        Press{"sign that needs shift", Qt::Key_Question, kShift, u"?", u"?"},
        Press{"the same sign without it", Qt::Key_Question, {}, u"?", u"?"},
        Press{"bracket", Qt::Key_BracketLeft, {}, u"[", u"["},
        Press{"bracket of another layout", Qt::Key_8, Qt::GroupSwitchModifier, u"[", u"["},
        Press{"slash of the keypad", Qt::Key_Slash, Qt::KeypadModifier, u"/", u"/"},
        Press{"plus of the keypad", Qt::Key_Plus, Qt::KeypadModifier, u"+", u"+"},
        Press{"digit", Qt::Key_0, {}, u"0", u"0"}, Press{"letter of another script", 0x416, {}, u"\u0436", u"\u0436"},
        Press{"control letter", Qt::Key_K, kControl, u"\v", u"Ctrl+K"},
        Press{"control and shift", Qt::Key_C, kControl | kShift, u"\x03", u"Ctrl+Shift+C"},
        Press{"control comma", Qt::Key_Comma, kControl, u",", u"Ctrl+,"},
        Press{"alt arrow", Qt::Key_Left, Qt::AltModifier, u"", u"Alt+Left"},
        Press{"meta letter", Qt::Key_J, Qt::MetaModifier, u"j", u"Meta+J"},
        Press{"space", Qt::Key_Space, {}, u" ", u"Space"}, Press{"escape", Qt::Key_Escape, {}, u"\x1b", u"Esc"},
        Press{"return", Qt::Key_Return, {}, u"\r", u"Return"},
        Press{"enter of the keypad", Qt::Key_Enter, Qt::KeypadModifier, u"\r", u"Return"},
        Press{"tab backwards", Qt::Key_Backtab, kShift, u"\t", u"Shift+Tab"},
        Press{"function key", Qt::Key_F12, {}, u"", u"F12"}, Press{"page down", Qt::Key_PageDown, {}, u"", u"PgDown"},
        Press{"shift alone", Qt::Key_Shift, kShift, u"", u""},
        Press{"control alone", Qt::Key_Control, kControl, u"", u""},
        Press{"alt alone", Qt::Key_Alt, Qt::AltModifier, u"", u""},
        Press{"right alt alone", Qt::Key_AltGr, {}, u"", u""},
        Press{"meta alone", Qt::Key_Meta, Qt::MetaModifier, u"", u""},
        Press{"a key without a name", Qt::Key_unknown, {}, u"", u""}),
    [](const testing::TestParamInfo<Press>& named) {
        std::string name = named.param.name;
        std::replace(name.begin(), name.end(), ' ', '_');
        return name;
    });

} // namespace
} // namespace tracedeck
