// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <sstream>

namespace tracedeck::architecture {
namespace {

constexpr int kMaxLines = 400;

using Names = std::set<std::string, std::less<>>;

const std::map<std::string, Names, std::less<>>& allowedEdges()
{
    static const std::map<std::string, Names, std::less<>> edges{
        {"core", {"core"}},
        {"selectors", {"selectors", "core"}},
        {"formats", {"formats", "core"}},
        {"models", {"models", "selectors", "core"}},
        {"views", {"views", "models", "selectors", "core"}},
        {"refresh", {"refresh", "selectors", "core"}},
        {"sources", {"sources", "refresh", "formats", "core"}},
        {"collector", {"collector", "formats", "selectors", "core"}},
        {"app", {"app", "views", "models", "selectors", "refresh", "sources", "formats", "collector", "core"}},
    };
    return edges;
}

bool isPlainLayer(std::string_view layer)
{
    return layer == "core" || layer == "selectors" || layer == "formats" || layer == "collector";
}

/// Files that may include Boost: they compile for most of a minute each and stay few.
bool mayIncludeBoost(std::string_view path)
{
    return path == "collector/http_server.cpp" || path == "collector/websocket_session.cpp";
}

bool isQtInclude(std::string_view name)
{
    return name.size() > 1 && name[0] == 'Q'
        && (std::isupper(static_cast<unsigned char>(name[1])) != 0 || name.substr(0, 2) == "Qt");
}

bool isUmbrella(std::string_view name)
{
    constexpr std::array<std::string_view, 8> kUmbrellas{"QtCore",   "QtGui",  "QtWidgets",    "QtNetwork",
                                                         "QtCharts", "QtDBus", "QtConcurrent", "QtWebSockets"};
    return std::find(kUmbrellas.begin(), kUmbrellas.end(), name) != kUmbrellas.end();
}

/// Qt classes that models may not know: they answer meaning, not looks.
bool isGuiClass(std::string_view name)
{
    constexpr std::array<std::string_view, 12> kGui{"QWidget",  "QColor",   "QFont",        "QIcon",
                                                    "QPainter", "QPixmap",  "QBrush",       "QPen",
                                                    "QAction",  "QPalette", "QApplication", "QGuiApplication"};
    return std::find(kGui.begin(), kGui.end(), name) != kGui.end() || name.substr(0, 10) == "QtWidgets/"
        || name.substr(0, 6) == "QtGui/";
}

void checkInclude(const SourceFile& file, std::string_view layer, std::string_view name, int line,
                  std::vector<Violation>& out)
{
    const auto report = [&](const std::string& what) { out.push_back({file.path, line, what}); };
    const std::string folder(name.substr(0, name.find('/')));
    if (name.find('/') != std::string_view::npos && allowedEdges().count(folder) != 0
        && allowedEdges().find(layer)->second.count(folder) == 0) {
        report("layer '" + std::string(layer) + "' may not include '" + std::string(name) + "'");
    }
    if (isPlainLayer(layer) && isQtInclude(name)) {
        report("layer '" + std::string(layer) + "' is plain C++ and may not include Qt (" + std::string(name) + ")");
    }
    if (isUmbrella(name)) {
        report("umbrella header <" + std::string(name) + "> costs ten seconds in every unit that includes it");
    }
    if (layer == "models" && isGuiClass(name)) {
        report("models know Qt Core only, not " + std::string(name));
    }
    if (name.substr(0, 6) == "boost/" && !mayIncludeBoost(file.path)) {
        report("only collector/http_server.cpp and collector/websocket_session.cpp may include Boost");
    }
}

struct BannedWord {
    std::string_view word;
    std::string_view why;
    std::string_view exceptLayer;
};

constexpr std::array<BannedWord, 11> kBannedWords{{
    {"QEventLoop", "nested event loops re-enter the window", ""},
    {"processEvents", "nested event loops re-enter the window", ""},
    {"waitForFinished", "blocks the thread it runs on", ""},
    {"waitForReadyRead", "blocks the thread it runs on", ""},
    {"waitForConnected", "blocks the thread it runs on", ""},
    {"waitForBytesWritten", "blocks the thread it runs on", ""},
    {"sender", "breaks with queued and direct calls; capture what the slot needs", ""},
    {"setStyleSheet", "style sheets restyle every cell; use the theme's palette", ""},
    {"setSpan", "group headers are painted by the delegate", ""},
    {"QSortFilterProxyModel", "selectors filter and sort", ""},
    {"ResizeToContents", "one changed cell then measures a thousand rows", ""},
}};

bool isIdentifierChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool containsWord(std::string_view line, std::string_view word, bool asCall)
{
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool whole =
            (at == 0 || !isIdentifierChar(line[at - 1])) && (end >= line.size() || !isIdentifierChar(line[end]));
        if (whole && (!asCall || (end < line.size() && line[end] == '('))) {
            return true;
        }
    }
    return false;
}

void checkWords(const SourceFile& file, std::string_view line, int number, std::vector<Violation>& out)
{
    for (const BannedWord& banned : kBannedWords) {
        if (containsWord(line, banned.word, banned.word == "sender")) {
            out.push_back({file.path, number, std::string(banned.word) + ": " + std::string(banned.why)});
        }
    }
}

std::string_view includedName(std::string_view line)
{
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string_view::npos || line.substr(hash, 8) != "#include") {
        return {};
    }
    const std::size_t open = line.find_first_of("<\"", hash);
    const std::size_t close = open == std::string_view::npos ? open : line.find_first_of(">\"", open + 1);
    return close == std::string_view::npos ? std::string_view{} : line.substr(open + 1, close - open - 1);
}

void checkName(const SourceFile& file, std::vector<Violation>& out)
{
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    for (const std::string_view banned : {"utils", "helper", "manager", "common"}) {
        if (name.find(banned) != std::string::npos) {
            out.push_back({file.path, 0, "a file name says what is in it, not '" + std::string(banned) + "'"});
        }
    }
    if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return std::isupper(c) != 0; })) {
        out.push_back({file.path, 0, "file names are snake_case"});
    }
}

} // namespace

std::string withoutCommentsAndStrings(std::string_view text)
{
    std::string out(text);
    enum class In { Code, LineComment, BlockComment, Text } in = In::Code;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char c = out[i];
        const char next = i + 1 < out.size() ? out[i + 1] : '\0';
        if (in == In::Code) {
            if (c == '/' && next == '/') {
                in = In::LineComment;
            } else if (c == '/' && next == '*') {
                in = In::BlockComment;
            } else if (c == '"' && (i == 0 || out[i - 1] != '\'')) {
                in = In::Text;
                continue;
            }
        } else if (in == In::LineComment && c == '\n') {
            in = In::Code;
        } else if (in == In::BlockComment && c == '*' && next == '/') {
            out[i] = out[i + 1] = ' ';
            ++i;
            in = In::Code;
        } else if (in == In::Text && c == '\\') {
            out[i] = out[i + 1] = ' ';
            ++i;
        } else if (in == In::Text && (c == '"' || c == '\n')) {
            in = In::Code;
            continue;
        }
        if (in != In::Code && out[i] != '\n') {
            out[i] = ' ';
        }
    }
    return out;
}

std::vector<Violation> checkFile(const SourceFile& file)
{
    std::vector<Violation> out;
    const std::string layer = file.path.substr(0, file.path.find('/'));
    const bool isLayer = allowedEdges().count(layer) != 0;
    if (!isLayer && layer != "tests" && layer != "perf") {
        return out;
    }
    checkName(file, out);
    std::istringstream original(file.text);
    std::istringstream code(withoutCommentsAndStrings(file.text));
    int number = 0;
    for (std::string line, codeLine; std::getline(original, line);) {
        std::getline(code, codeLine);
        ++number;
        if (isLayer) {
            if (const std::string_view name = includedName(line); !name.empty()) {
                checkInclude(file, layer, name, number, out);
            }
            checkWords(file, codeLine, number, out);
        }
    }
    if (number > kMaxLines) {
        out.push_back({file.path, number, "more than " + std::to_string(kMaxLines) + " lines"});
    }
    if (file.text.find("SPDX-License-Identifier: GPL-3.0-or-later") == std::string::npos) {
        out.push_back({file.path, 1, "no licence line"});
    }
    return out;
}

std::vector<std::string> openConditions(std::string_view code)
{
    constexpr std::string_view kAssert = "RC_ASSERT(";
    std::vector<std::string> found;
    for (std::size_t at = code.find(kAssert); at != std::string_view::npos; at = code.find(kAssert, at + 1)) {
        const std::size_t begin = at + kAssert.size();
        bool open = false;
        std::size_t end = begin;
        for (int depth = 1; depth > 0 && end < code.size(); ++end) {
            const std::string_view two = code.substr(end, 2);
            depth += std::string_view("([{").find(two[0]) != std::string_view::npos ? 1 : 0;
            depth -= std::string_view(")]}").find(two[0]) != std::string_view::npos ? 1 : 0;
            open = open || (depth == 1 && (two == "||" || two == "&&"));
        }
        if (open) {
            found.emplace_back(code.substr(begin, end - begin - 1));
        }
    }
    return found;
}

} // namespace tracedeck::architecture
