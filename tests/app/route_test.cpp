// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pasted_text.h"
#include "app/route.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {
Route to(const char16_t* page, const QString& query = {})
{
    Route route{QString::fromUtf16(page), {}, {}};
    if (!query.isEmpty()) {
        route.state.addQueryItem(QStringLiteral("q"), QString::fromUtf8(QUrl::toPercentEncoding(query)));
    }
    return route;
}
} // namespace

TEST(RouteTest, TextRoundTrip)
{
    const Route route = to(u"workloads", QStringLiteral("cpu>20% and \"a&b=c\" ü #1"));
    const std::optional<Route> again = Route::fromText(route.toText());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*again, route);
    EXPECT_EQ(again->state.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded),
              QStringLiteral("cpu>20% and \"a&b=c\" ü #1"));
}

TEST(RouteTest, ItemIsThePath)
{
    const auto route = Route::fromText(QStringLiteral("tracedeck://traces/4bf92f3577b34da6a3ce929d0e0e4736"));
    ASSERT_TRUE(route.has_value());
    EXPECT_EQ(route->page, QStringLiteral("traces"));
    EXPECT_EQ(route->item, QStringLiteral("4bf92f3577b34da6a3ce929d0e0e4736"));
}

TEST(RouteTest, OtherTextsAreNotRoutes)
{
    for (const char16_t* text : {u"", u"traces", u"http://traces", u"tracedeck://", u"tracedeck:", u"\u0000\u0001"}) {
        EXPECT_FALSE(Route::fromText(QString::fromUtf16(text)).has_value()) << QString::fromUtf16(text).toStdString();
    }
}

TEST(NavigationTest, BackAndForwardWalkTheSamePlaces)
{
    Navigation navigation;
    EXPECT_FALSE(navigation.back().has_value());
    navigation.visit(to(u"a"));
    navigation.visit(to(u"b"));
    navigation.visit(to(u"b"));
    navigation.visit(to(u"c"));
    EXPECT_EQ(navigation.back()->page, QStringLiteral("b"));
    EXPECT_EQ(navigation.back()->page, QStringLiteral("a"));
    EXPECT_FALSE(navigation.back().has_value());
    EXPECT_EQ(navigation.forward()->page, QStringLiteral("b"));
    navigation.visit(to(u"d"));
    EXPECT_FALSE(navigation.canGoForward());
    EXPECT_EQ(navigation.back()->page, QStringLiteral("b"));
}

TEST(NavigationTest, ReplaceChangesThePresentPlaceOnly)
{
    Navigation navigation;
    navigation.visit(to(u"a"));
    navigation.visit(to(u"b"));
    navigation.replace(to(u"b", QStringLiteral("x")));
    EXPECT_EQ(navigation.back()->page, QStringLiteral("a"));
    EXPECT_EQ(*navigation.forward(), to(u"b", QStringLiteral("x")));
}

TEST(NavigationTest, ClosingWhatWasOpenedIsNoPlaceOfItsOwn)
{
    const auto at = [](const char* text) { return *Route::fromText(QString::fromUtf8(text)); };
    Navigation navigation;
    navigation.visit(at("tracedeck://workloads"));
    navigation.visit(at("tracedeck://traces"));
    navigation.follow(at("tracedeck://traces?q=slow"));
    navigation.follow(at("tracedeck://traces?q=slow&trace=1"));
    navigation.follow(at("tracedeck://traces?q=slow&trace=1&span=2"));
    navigation.follow(at("tracedeck://traces?q=slow"));
    EXPECT_FALSE(navigation.canGoForward());
    EXPECT_EQ(navigation.back(), at("tracedeck://workloads")) << "not the trace that was just closed";
    EXPECT_EQ(navigation.forward(), at("tracedeck://traces?q=slow"));
    navigation.follow(at("tracedeck://traces?trace=1"));
    navigation.follow(at("tracedeck://traces?trace=2"));
    EXPECT_EQ(navigation.back(), at("tracedeck://traces?trace=1")) << "another trace is another place";
    navigation.follow(at("tracedeck://workloads?row=7"));
    EXPECT_EQ(navigation.back(), at("tracedeck://traces?trace=1"));
}

RC_GTEST_PROP(NavigationProperty, ForwardUndoesBack, (const std::vector<std::uint8_t>& visits))
{
    Navigation navigation;
    std::optional<Route> last;
    for (const std::uint8_t place : visits) {
        last = Route{QString(u'a') + QString::number(place), {}, {}};
        navigation.visit(*last);
    }
    int steps = 0;
    while (navigation.back()) {
        ++steps;
    }
    std::optional<Route> end;
    for (; steps > 0; --steps) {
        end = navigation.forward();
        RC_ASSERT(end.has_value());
    }
    RC_ASSERT(!navigation.canGoForward());
    RC_ASSERT((!end || *end == *last));
}

TEST(PastedText, TraceIdsTraceparentsAndLinksAreUnderstood)
{
    const QString id = QStringLiteral("4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(routeOfPastedText(u' ' + id.toUpper() + u'\n')->item, id);
    EXPECT_EQ(routeOfPastedText(QStringLiteral("00-") + id + QStringLiteral("-00f067aa0ba902b7-01"))->item, id);
    EXPECT_EQ(routeOfPastedText(QStringLiteral("tracedeck://workloads?q=a"))->page, QStringLiteral("workloads"));
    EXPECT_FALSE(routeOfPastedText(QStringLiteral("hello")).has_value());
    EXPECT_FALSE(routeOfPastedText(id + u'0').has_value());
}
