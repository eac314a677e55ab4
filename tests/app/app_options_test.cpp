// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/app_options.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {
Result<AppOptions> parse(const char* line)
{
    return parseAppOptions(QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts));
}
} // namespace

TEST(AppOptionsTest, ReadsBothSpellings)
{
    const auto options = parse("--screenshot a.png --size=1280x800 --theme light --settle-ms 500 --page workloads "
                               "--query cpu>80 --no-hold --listen off --now 2026-11-21T10:42:07Z tracedeck://traces");
    ASSERT_TRUE(options.ok());
    EXPECT_TRUE(options->isCapture());
    EXPECT_EQ(options->size, QSize(1280, 800));
    EXPECT_EQ(options->theme, QStringLiteral("light"));
    EXPECT_EQ(options->settleMs, 500);
    EXPECT_EQ(options->query, QStringLiteral("cpu>80"));
    EXPECT_TRUE(options->noHold);
    EXPECT_EQ(options->nowNs, 1'795'257'727'000'000'000);
    EXPECT_EQ(options->route, QStringLiteral("tracedeck://traces"));
}

TEST(AppOptionsTest, DemoTakesANumberOrNone)
{
    EXPECT_FALSE(parse("--page traces")->demoRows.has_value());
    EXPECT_EQ(parse("--demo")->demoRows, std::size_t{600});
    EXPECT_EQ(parse("--demo --page traces")->demoRows, std::size_t{600});
    EXPECT_EQ(parse("--demo 0")->demoRows, std::size_t{0});
    EXPECT_EQ(parse("--demo=150000 --page traces")->demoRows, std::size_t{150'000});
    EXPECT_EQ(parse("--demo 36 --page traces")->page, QStringLiteral("traces"));
}

TEST(AppOptionsTest, SaysWhichArgumentIsWrong)
{
    for (const char* line : {"--sise 1x1", "--size 12", "--size 1x1", "--theme pink", "--settle-ms soon", "--now never",
                             "--demo 150001", "--demo=many", "--demo 99999999999", "--listen nowhere",
                             "--listen h:99999", "--screenshot", "--no-hold=1", "stray"}) {
        const auto options = parse(line);
        ASSERT_FALSE(options.ok()) << line;
        EXPECT_NE(
            options.error().what.find(QString::fromUtf8(line).section(u' ', 0, 0).section(u'=', 0, 0).toStdString()),
            std::string::npos)
            << line << ": " << options.error().what;
    }
}

TEST(AppOptionsTest, HelpNamesEveryOption)
{
    const QString help = appOptionsHelp();
    for (const char* name :
         {"--screenshot", "--dump", "--page", "--query", "--theme", "--size", "--settle-ms", "--now", "--tz",
          "--no-hold", "--data-dir", "--listen", "--connect", "--proc-root", "--demo", "--version"}) {
        EXPECT_TRUE(help.contains(QString::fromLatin1(name))) << name;
    }
}

RC_GTEST_PROP(AppOptionsProperty, AnyArgumentsAreAnsweredNotCrashedOn, (const std::vector<std::string>& raw))
{
    QStringList arguments;
    for (const std::string& text : raw) {
        arguments.append(QString::fromStdString(text));
    }
    const auto options = parseAppOptions(arguments);
    const bool answered = options.ok() ? true : !options.error().what.empty();
    RC_ASSERT(answered);
}
