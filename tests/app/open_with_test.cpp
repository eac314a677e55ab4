// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_with.h"

#include "app/connection_spec.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

const QJsonObject kRow{{QStringLiteral("id"), QStringLiteral("host/abc")},
                       {QStringLiteral("containerId"), QStringLiteral("abc")},
                       {QStringLiteral("name"), QStringLiteral("web; rm -rf / & $(id)")},
                       {QStringLiteral("node"), QStringLiteral("box")}};

TEST(OpenWith, ValuesStayInsideTheirArgument)
{
    const QStringList argv = filledTemplate({QStringLiteral("{name}"), QStringLiteral("--name={name}"),
                                             QStringLiteral("{host}/{id}"), QStringLiteral("{what}{")},
                                            kRow, QStringLiteral("unix:///x"));
    EXPECT_EQ(argv,
              (QStringList{QStringLiteral("{name}"), QStringLiteral("--name=web; rm -rf / & $(id)"),
                           QStringLiteral("box/abc"), QStringLiteral("{what}{")}));
    EXPECT_TRUE(filledTemplate({}, kRow, {}).isEmpty());
}

TEST(OpenWith, CommandLinesAreSplitWithoutAShell)
{
    EXPECT_EQ(argvOfText(QStringLiteral("pass  show \"my pulse\" $(id);")),
              (QStringList{QStringLiteral("pass"), QStringLiteral("show"), QStringLiteral("my pulse"),
                           QStringLiteral("$(id);")}));
    for (const QStringList& argv :
         {QStringList{}, QStringList{QStringLiteral("a b"), QStringLiteral("c")},
          QStringList{QStringLiteral("say"), QStringLiteral("\"hi\" there"), QStringLiteral("x\"y")}}) {
        EXPECT_EQ(argvOfText(textOfArgv(argv)), argv) << textOfArgv(argv).toStdString();
    }
}

TEST(OpenWith, TheTemplateIsThatOfARowsSource)
{
    ConnectionSpec docker;
    docker.label = QStringLiteral("Docker");
    ConnectionSpec pulse;
    pulse.label = QStringLiteral("Home");
    pulse.openWith = {QStringLiteral("xdg-open"), QStringLiteral("https://home/{id}")};
    const std::vector<ConnectionSpec> specs{docker, pulse};
    EXPECT_EQ(openerOf(specs, QStringLiteral("Home"), {}), &specs[1]);
    EXPECT_EQ(openerOf(specs, QStringLiteral("this machine"), QStringLiteral("this machine, Docker, Home")), &specs[1]);
    EXPECT_EQ(openerOf(specs, QStringLiteral("Docker"), {}), nullptr) << "it has no template";
    EXPECT_EQ(openerOf(specs, {}, {}), nullptr);
}

TEST(OpenWith, InUrlsTheyAreEncoded)
{
    const QStringList argv =
        filledTemplate({QStringLiteral("xdg-open"), QStringLiteral("https://portal/c?n={name}&at={address}")}, kRow,
                       QStringLiteral("tcp://h:1"));
    EXPECT_EQ(argv.at(1),
              QStringLiteral("https://portal/c?n=web%3B%20rm%20-rf%20%2F%20%26%20%24%28id%29&at=tcp%3A%2F%2Fh%3A1"));
}

TEST(OpenWith, OnlyWebPagesAreWebPages)
{
    const auto page = [](const char* url) {
        return webPageOf(
            {{QStringLiteral("details"), QJsonObject{{QStringLiteral("Web page"), QString::fromUtf8(url)}}}});
    };
    EXPECT_EQ(page("https://vm.lan:8006/"), QUrl(QStringLiteral("https://vm.lan:8006/")));
    for (const char* bad : {"", "file:///etc/passwd", "javascript:alert(1)", "https://", "vm.lan"}) {
        EXPECT_TRUE(page(bad).isEmpty()) << bad;
    }
    EXPECT_TRUE(webPageOf({}).isEmpty());
}

} // namespace
} // namespace tracedeck
