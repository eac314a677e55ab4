// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_compile.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace tracedeck;

namespace {

std::string manual()
{
    std::ostringstream text;
    text << std::ifstream(std::string(TRACEDECK_SOURCE_DIR) + "/docs/query-language.md").rdbuf();
    return text.str();
}

std::string section(const std::string& text, const std::string& heading)
{
    const std::size_t begin = text.find("## " + heading);
    EXPECT_NE(begin, std::string::npos) << heading;
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

/// First cells of the table rows of a section, split at the dots between examples.
std::vector<std::string> examples(const std::string& text)
{
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("| `", 0) != 0) {
            continue;
        }
        const std::string cell = line.substr(2, line.find(" |", 2) - 2);
        for (std::size_t at = cell.find('`'); at != std::string::npos;) {
            const std::size_t end = cell.find('`', at + 1);
            out.push_back(cell.substr(at + 1, end - at - 1));
            at = cell.find('`', end + 1);
        }
    }
    return out;
}

} // namespace

TEST(QueryDocumentation, namesEveryFieldAndAliasOfEveryTable)
{
    const std::string text = manual();
    const std::string hosts = section(text, "Fields of infrastructure");
    const std::vector<std::pair<QueryTable, std::string>> sections{
        {QueryTable::Infrastructure, hosts},
        {QueryTable::Workloads, section(text, "Fields of workloads") + hosts},
        {QueryTable::Traces, section(text, "Fields of traces")}};
    for (const auto& [table, part] : sections) {
        for (const QueryField& field : queryFields(table)) {
            std::istringstream names(std::string(field.name) + " " + std::string(field.aliases));
            for (std::string name; names >> name;) {
                EXPECT_NE(part.find("`" + name + "`"), std::string::npos) << name;
            }
        }
    }
}

TEST(QueryDocumentation, examplesOfItsFormsAreValid)
{
    const std::string text = manual();
    std::size_t checked = 0;
    for (const char* heading : {"Words", "Fields\n"}) {
        for (const std::string& example : examples(section(text, heading))) {
            const QueryOutcome outcome = compileQuery(example, QueryTable::Workloads);
            EXPECT_TRUE(outcome.ok()) << example;
            EXPECT_FALSE(outcome.query.matchesAll()) << example;
            ++checked;
        }
    }
    EXPECT_GE(checked, 20U);
}
