// SPDX-License-Identifier: GPL-3.0-or-later
// Completion in the whole window: what is offered comes from the rows shown, and no step slows typing down.
#include "tests/app/flow_fixture.h"
#include "views/query_error_strip.h"
#include "views/suggestion_popup.h"

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class FlowCompletionTest : public FlowFixture {
protected:
    [[nodiscard]] SuggestionPopup& popup() { return *window().findChild<SuggestionPopup*>(); }
    [[nodiscard]] QString query() { return window().findChild<SearchField*>()->text(); }
};

} // namespace

TEST_F(FlowCompletionTest, ValuesPresentAreOfferedWithTheirRowsAndTaken)
{
    key(Qt::Key_Slash);
    type("node:");
    ASSERT_TRUE(popup().isVisible());
    EXPECT_EQ(popup().texts(), (QStringList{QStringLiteral("node-a"), QStringLiteral("node-b")}));
    EXPECT_TRUE(window().findChild<QueryErrorStrip*>()->isHidden()) << "half a term is not scolded while offers stand";
    key(Qt::Key_Down);
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    EXPECT_EQ(query(), QStringLiteral("node:node-b "));
    EXPECT_EQ(names().size(), 20) << "the rows follow at once";
    key(Qt::Key_Return);
    EXPECT_EQ(QApplication::focusWidget(), &table());
}

TEST_F(FlowCompletionTest, EscPeelsTheListBeforeTheField)
{
    key(Qt::Key_Slash);
    type("stat");
    ASSERT_TRUE(popup().isVisible());
    key(Qt::Key_Escape);
    EXPECT_FALSE(popup().isVisible());
    EXPECT_TRUE(QApplication::focusWidget()->inherits("QLineEdit"));
    key(Qt::Key_Escape);
    EXPECT_EQ(QApplication::focusWidget(), &table());
    EXPECT_EQ(query(), QStringLiteral("stat"));
}

TEST_F(FlowCompletionTest, WorksOnEveryPage)
{
    for (const auto& [page, text, offer] :
         {std::tuple{u"infrastructure", "clus", u"cluster"}, std::tuple{u"workloads", "names", u"ns"},
          std::tuple{u"traces", "dura", u"duration"}}) {
        m_app->openLink(QString::fromUtf16(page));
        window().focusSearch();
        type(text);
        EXPECT_TRUE(popup().texts().contains(QString::fromUtf16(offer))) << text;
        key(Qt::Key_Tab);
        EXPECT_TRUE(query().startsWith(QString::fromUtf16(offer))) << query().toStdString();
        window().typeQuery({});
        EXPECT_FALSE(popup().isVisible());
    }
}
