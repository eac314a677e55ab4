// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/http_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <optional>

namespace tracedeck {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> percentDecode(std::string_view text, bool plusIsSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
            if (low < 0)
                return std::nullopt;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(plusIsSpace && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

/// RFC 9110 date, always in GMT and English whatever the locale.
std::string httpDate(std::int64_t seconds)
{
    static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[static_cast<std::size_t>(parts.tm_wday)],
                       parts.tm_mday, kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

} // namespace

std::string_view HttpHead::field(std::string_view lowerName) const
{
    for (const HttpField& candidate : fields) {
        if (candidate.name == lowerName)
            return candidate.value;
    }
    return {};
}

std::size_t HttpHead::fieldCount(std::string_view lowerName) const
{
    return static_cast<std::size_t>(std::count_if(
        fields.begin(), fields.end(), [&](const HttpField& candidate) { return candidate.name == lowerName; }));
}

const std::string* HttpHead::parameter(std::string_view name) const
{
    for (const auto& [key, value] : query) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

void parseTarget(std::string_view target, HttpHead& into)
{
    into.query.clear();
    const std::size_t mark = target.find('?');
    const auto path = percentDecode(target.substr(0, mark), false);
    into.badTarget = target.empty() || target.front() != '/' || !path;
    into.path = path.value_or(std::string());
    std::string_view rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        auto key = percentDecode(pair.substr(0, equals), true);
        auto value =
            percentDecode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
        if (key && value)
            into.query.emplace_back(std::move(*key), std::move(*value));
        else
            into.badTarget = true;
    }
}

std::string_view statusText(int status)
{
    static constexpr std::array<std::pair<int, std::string_view>, 17> kTexts{{{100, "Continue"},
                                                                              {101, "Switching Protocols"},
                                                                              {200, "OK"},
                                                                              {204, "No Content"},
                                                                              {304, "Not Modified"},
                                                                              {400, "Bad Request"},
                                                                              {401, "Unauthorized"},
                                                                              {403, "Forbidden"},
                                                                              {404, "Not Found"},
                                                                              {405, "Method Not Allowed"},
                                                                              {408, "Request Timeout"},
                                                                              {413, "Content Too Large"},
                                                                              {415, "Unsupported Media Type"},
                                                                              {429, "Too Many Requests"},
                                                                              {431, "Request Header Fields Too Large"},
                                                                              {500, "Internal Server Error"},
                                                                              {503, "Service Unavailable"}}};
    const auto* found =
        std::find_if(kTexts.begin(), kTexts.end(), [&](const auto& text) { return text.first == status; });
    return found == kTexts.end() ? std::string_view("Unknown") : found->second;
}

std::string serializeHead(const HttpResponse& response, BodyFraming framing, bool keepAlive, std::int64_t nowSeconds)
{
    std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nServer: tracedeck\r\n", response.status,
                                   statusText(response.status), httpDate(nowSeconds));
    for (const HttpField& field : response.fields)
        head += fmt::format("{}: {}\r\n", field.name, field.value);
    if (framing == BodyFraming::Chunked)
        head += "Transfer-Encoding: chunked\r\n";
    else if (framing == BodyFraming::Length && response.status != 304)
        head += fmt::format("Content-Length: {}\r\n", response.body.size());
    head += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

HttpResponse makeResponse(int status, std::string_view contentType, std::string body)
{
    HttpResponse response;
    response.status = status;
    response.fields.push_back({"Content-Type", std::string(contentType)});
    response.fields.push_back({"X-Content-Type-Options", "nosniff"});
    response.fields.push_back({"Cache-Control", "no-store"});
    response.body = std::move(body);
    return response;
}

} // namespace tracedeck
