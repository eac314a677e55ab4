// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace fs = std::filesystem;
using tracedeck::architecture::checkFile;
using tracedeck::architecture::SourceFile;
using tracedeck::architecture::Violation;

namespace {

const std::string kLicence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

std::vector<SourceFile> allSources()
{
    std::vector<SourceFile> files;
    const fs::path root = TRACEDECK_SOURCE_DIR;
    for (const char* folder : {"core", "selectors", "formats", "models", "views", "refresh", "sources", "collector",
                               "app", "perf", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            const std::string path = fs::relative(entry.path(), root).generic_string();
            if ((extension != ".h" && extension != ".cpp") || path.find("node_modules") != std::string::npos) {
                continue;
            }
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            files.push_back({path, text.str()});
        }
    }
    return files;
}

/// Lines that say something: no blanks, no lone brackets, no comments.
std::size_t linesOf(const SourceFile& file)
{
    std::istringstream code(tracedeck::architecture::withoutCommentsAndStrings(file.text));
    std::size_t lines = 0;
    for (std::string line; std::getline(code, line);) {
        lines += line.find_first_not_of(" \t{}();") != std::string::npos ? 1 : 0;
    }
    return lines;
}

bool isTest(const SourceFile& file)
{
    return file.path.rfind("tests/", 0) == 0;
}

} // namespace

TEST(Architecture, everyFileKeepsTheRules)
{
    const auto files = allSources();
    ASSERT_GT(files.size(), 40U);
    for (const SourceFile& file : files) {
        for (const Violation& violation : checkFile(file)) {
            ADD_FAILURE() << violation.path << ':' << violation.line << ": " << violation.what;
        }
    }
}

// The aim is 0.6 lines of test per line of code. The bound is what has been reached so far and only goes up.
constexpr double kTestPerCode = 0.6;

TEST(Architecture, thereIsNoLessTestThanThereWas)
{
    std::size_t code = 0;
    std::size_t test = 0;
    std::vector<std::size_t> sizes;
    for (const SourceFile& file : allSources()) {
        (isTest(file) ? test : code) += linesOf(file);
        sizes.push_back(linesOf(file));
    }
    EXPECT_GE(static_cast<double>(test), kTestPerCode * static_cast<double>(code))
        << test << " lines of test, " << code << " of code";
    std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
    RecordProperty("median_file_lines", static_cast<int>(sizes[sizes.size() / 2]));
}

// rapidcheck answers whether a property holds; a test that drops the answer cannot fail.
TEST(Architecture, everyPropertyIsAsserted)
{
    for (const SourceFile& file : allSources()) {
        const std::string code = isTest(file) ? tracedeck::architecture::withoutCommentsAndStrings(file.text) : "";
        for (std::size_t at = code.find("rc::check("); at != std::string::npos; at = code.find("rc::check(", at + 1)) {
            const std::size_t before = code.find_last_not_of(" \t\r\n", at - 1);
            const bool dropped =
                before != std::string::npos && std::string(";{}").find(code[before]) != std::string::npos;
            EXPECT_FALSE(dropped) << file.path << ": the outcome of a property is not looked at";
        }
    }
}

TEST(Architecture, everyPropertyShortCircuits)
{
    using tracedeck::architecture::openConditions;
    for (const SourceFile& file : allSources()) {
        if (isTest(file)) {
            for (const std::string& condition :
                 openConditions(tracedeck::architecture::withoutCommentsAndStrings(file.text))) {
                ADD_FAILURE() << file.path << ": both sides are evaluated, add brackets: " << condition;
            }
        }
    }
    EXPECT_EQ(openConditions("RC_ASSERT(a || *a);RC_ASSERT(f(b && c)); RC_ASSERT((d || e)); RC_ASSERT(x\n && y);"),
              (std::vector<std::string>{"a || *a", "x\n && y"}));
    EXPECT_EQ(openConditions("RC_ASSERT(cut || off").size(), 1U);
}

struct Planted {
    const char* path;
    const char* text;
    const char* expected;
};

class PlantedViolation : public testing::TestWithParam<Planted> { };

TEST_P(PlantedViolation, isFound)
{
    const auto found = checkFile({GetParam().path, kLicence + GetParam().text});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].what.find(GetParam().expected), std::string::npos) << found[0].what;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, PlantedViolation,
    testing::Values(Planted{"core/x.cpp", "#include \"selectors/query.h\"\n", "may not include"},
                    Planted{"selectors/x.cpp", "#include \"formats/inflate.h\"\n", "may not include"},
                    Planted{"views/x.cpp", "#include \"refresh/source.h\"\n", "may not include"},
                    Planted{"collector/x.cpp", "#include \"refresh/source.h\"\n", "may not include"},
                    Planted{"sources/x.cpp", "#include \"app/settings_store.h\"\n", "may not include"},
                    Planted{"collector/x.cpp", "#include <QString>\n", "plain C++"},
                    Planted{"formats/x.h", "#include <QtCore/qstring.h>\n", "plain C++"},
                    Planted{"models/x.cpp", "#include <QColor>\n", "Qt Core only"},
                    Planted{"views/x.cpp", "#include <QtWidgets>\n", "umbrella"},
                    Planted{"collector/api_routes.cpp", "#include <boost/beast.hpp>\n", "Boost"},
                    Planted{"views/x.cpp", "void f(QWidget* w) { w->setStyleSheet({}); }\n", "setStyleSheet"},
                    Planted{"app/x.cpp", "void f() { QEventLoop loop; }\n", "QEventLoop"},
                    Planted{"app/x.cpp", "void f() { QCoreApplication::processEvents(); }\n", "processEvents"},
                    Planted{"models/x.cpp", "void X::f() { use(sender()); }\n", "sender"},
                    Planted{"views/x.cpp", "void f(QTableView* v) { v->setSpan(0, 0, 1, 2); }\n", "setSpan"},
                    Planted{"views/string_utils.h", "\n", "file name"},
                    Planted{"views/BigTable.h", "\n", "snake_case"}));

TEST(Architecture, findsALongFileAndAMissingLicence)
{
    std::string longText = kLicence;
    for (int i = 0; i < 400; ++i) {
        longText += "\n";
    }
    EXPECT_EQ(checkFile({"core/x.cpp", longText}).size(), 1U);
    EXPECT_EQ(checkFile({"core/x.cpp", "int x;\n"}).size(), 1U);
}

TEST(Architecture, wordsInCommentsAndStringsDoNotCount)
{
    const std::string text = kLicence
        + "// never call processEvents here\n/* setSpan( */ const char* s = \"QEventLoop \\\" sender()\";\n"
          "char q = '\"'; int n = 1'000; struct Sender {}; int resender();\n";
    EXPECT_TRUE(checkFile({"views/x.cpp", text}).empty());
}

TEST(Architecture, allowedThingsAreAllowed)
{
    EXPECT_TRUE(checkFile({"collector/http_server.cpp", kLicence + "#include <boost/beast.hpp>\n"}).empty());
    EXPECT_TRUE(
        checkFile({"app/x.cpp", kLicence + "#include \"collector/collector.h\"\n#include <QString>\n"}).empty());
    EXPECT_TRUE(checkFile({"resources/x.cpp", "#include \"app/y.h\"\n"}).empty());
}
