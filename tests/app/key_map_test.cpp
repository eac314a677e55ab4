// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/key_map.h"
#include "views/key_text.h"

#include <QKeyEvent>
#include <QSet>
#include <algorithm>
#include <gtest/gtest.h>

using namespace tracedeck;

TEST(KeyMap, NoKeyIsBoundTwiceInOneScope)
{
    QSet<QString> seen;
    for (const CommandItem& item : commandTable()) {
        for (const QString& key : item.keys) {
            const QString binding = item.scope + u'|' + key;
            EXPECT_FALSE(seen.contains(binding)) << binding.toStdString();
            seen.insert(binding);
        }
    }
    EXPECT_GT(seen.size(), 30);
}

TEST(KeyMap, IdsAndAliasesAreUniqueAndTitlesPresent)
{
    QSet<QString> ids;
    QSet<QString> aliases;
    for (const CommandItem& item : commandTable()) {
        EXPECT_FALSE(ids.contains(item.id)) << item.id.toStdString();
        EXPECT_FALSE(item.title.isEmpty());
        EXPECT_TRUE(item.alias.isEmpty() || !aliases.contains(item.alias)) << item.alias.toStdString();
        ids.insert(item.id);
        aliases.insert(item.alias);
    }
}

TEST(KeyMap, PagesHaveConsecutiveNumbersAndSpansAreWalkedLikeRows)
{
    const auto keysOf = [](const QString& id) {
        const auto& all = commandTable();
        const auto found = std::find_if(all.begin(), all.end(), [&](const CommandItem& item) { return item.id == id; });
        return found == all.end() ? QStringList() : found->keys;
    };
    EXPECT_EQ(keysOf(QStringLiteral("go.infrastructure")), QStringList{QStringLiteral("Ctrl+1")});
    EXPECT_EQ(keysOf(QStringLiteral("go.workloads")), QStringList{QStringLiteral("Ctrl+2")});
    EXPECT_EQ(keysOf(QStringLiteral("go.traces")), QStringList{QStringLiteral("Ctrl+3")});
    for (const char16_t* key : {u"j", u"k", u"g", u"Shift+G", u"Return"}) {
        const CommandItem* walks = commandForKey(QStringLiteral("trace"), QString::fromUtf16(key));
        ASSERT_NE(walks, nullptr);
        EXPECT_TRUE(walks->byView) << "the waterfall takes it itself";
    }
}

TEST(KeyMap, ScopesWinOverEverywhere)
{
    EXPECT_EQ(commandForKey(QStringLiteral("table"), QStringLiteral("Shift+R"))->id, QStringLiteral("table.resort"));
    EXPECT_EQ(commandForKey(QStringLiteral("other"), QStringLiteral("Shift+R"))->id, QStringLiteral("refresh.bypass"));
    EXPECT_EQ(commandForKey({}, QStringLiteral("j")), nullptr);
}

TEST(KeyText, KeysAreSpelledAsTheTableSpellsThem)
{
    const auto spelled = [](int key, Qt::KeyboardModifiers modifiers, const QString& text) {
        return keyText(QKeyEvent(QEvent::KeyPress, key, modifiers, text));
    };
    EXPECT_EQ(spelled(Qt::Key_J, Qt::NoModifier, QStringLiteral("j")), QStringLiteral("j"));
    EXPECT_EQ(spelled(Qt::Key_G, Qt::ShiftModifier, QStringLiteral("G")), QStringLiteral("Shift+G"));
    EXPECT_EQ(spelled(Qt::Key_Question, Qt::ShiftModifier, QStringLiteral("?")), QStringLiteral("?"));
    EXPECT_EQ(spelled(Qt::Key_Colon, Qt::ShiftModifier, QStringLiteral(":")), QStringLiteral(":"));
    EXPECT_EQ(spelled(Qt::Key_K, Qt::ControlModifier, QStringLiteral("\x0b")), QStringLiteral("Ctrl+K"));
    EXPECT_EQ(spelled(Qt::Key_Left, Qt::AltModifier, {}), QStringLiteral("Alt+Left"));
    EXPECT_EQ(spelled(Qt::Key_Enter, Qt::KeypadModifier, QStringLiteral("\r")), QStringLiteral("Return"));
    EXPECT_EQ(spelled(Qt::Key_Escape, Qt::NoModifier, QStringLiteral("\x1b")), QStringLiteral("Esc"));
    EXPECT_EQ(spelled(Qt::Key_Space, Qt::NoModifier, QStringLiteral(" ")), QStringLiteral("Space"));
    EXPECT_EQ(spelled(Qt::Key_Shift, Qt::ShiftModifier, {}), QString());
}

TEST(KeyMap, EverySpelledKeyCanBeTyped)
{
    for (const CommandItem& item : commandTable()) {
        for (const QString& key : item.keys) {
            const QKeySequence sequence = QKeySequence::fromString(key, QKeySequence::PortableText);
            EXPECT_EQ(sequence.count(), 1) << key.toStdString();
            EXPECT_NE(sequence[0].key(), Qt::Key_unknown) << key.toStdString();
        }
    }
}
