// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pasted_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

namespace tracedeck {

namespace {

constexpr int kDeepest = 16; ///< levels of JSON that are searched

bool isZero(const QString& hex)
{
    return hex.count(u'0') == hex.size();
}

/// 32 lower-case hex digits of an id given as hex (16 or 32 digits, "0x" allowed) or as base64 of 16 bytes;
/// `digits` is 32 for traces, 16 for spans. Empty when it is none.
QString idFrom(const QString& text, int digits)
{
    static const QRegularExpression hexOnly(QStringLiteral("^[0-9a-fA-F]+$"));
    QString hex = text.trimmed();
    if (hex.startsWith(QStringLiteral("0x"), Qt::CaseInsensitive)) {
        hex = hex.mid(2);
    }
    if (!hexOnly.match(hex).hasMatch() || (hex.size() != digits && hex.size() != 16)) {
        // Base64 of whole ids ends in padding, so hex text is never taken for it.
        const bool padded = text.endsWith(u'=') && text.size() == (digits == 32 ? 24 : 12);
        const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        hex = padded && decoded ? QString::fromLatin1((*decoded).toHex()) : QString();
    }
    hex = hex.toLower();
    return hex.isEmpty() || isZero(hex) ? QString() : hex.rightJustified(digits, u'0');
}

struct PastedIds {
    QString trace;
    QString span;
};

bool isKey(const QString& key, const char16_t* wanted)
{
    QString squeezed;
    for (const QChar c : key) {
        if (c.isLetterOrNumber()) {
            squeezed += c.toLower();
        }
    }
    return squeezed == QStringView(wanted);
}

/// The first trace id in document order, and the span id that stands beside it.
void searchJson(const QJsonValue& value, int depth, PastedIds& ids)
{
    if (depth > kDeepest || !ids.trace.isEmpty()) {
        return;
    }
    if (value.isArray()) {
        for (const QJsonValue& entry : value.toArray()) {
            searchJson(entry, depth + 1, ids);
        }
        return;
    }
    const QJsonObject object = value.toObject();
    QString span;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (isKey(entry.key(), u"traceid") && ids.trace.isEmpty()) {
            ids.trace = idFrom(entry.value().toString(), 32);
        } else if (isKey(entry.key(), u"spanid")) {
            span = idFrom(entry.value().toString(), 16);
        }
    }
    if (!ids.trace.isEmpty()) {
        ids.span = span;
        return;
    }
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        searchJson(entry.value(), depth + 1, ids);
    }
}

PastedIds idsOfJson(const QString& text)
{
    PastedIds ids;
    if (text.startsWith(u'{') || text.startsWith(u'[')) {
        const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
        searchJson(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), 0, ids);
    }
    return ids;
}

/// Grafana Explore keeps its queries as JSON in "panes" or "left"; a trace is asked for by its id alone.
QString traceOfGrafana(const QUrl& url)
{
    static const QRegularExpression query(QStringLiteral("\"query\"\\s*:\\s*\"([0-9a-fA-F]{16}|[0-9a-fA-F]{32})\""));
    const QUrlQuery parameters(url);
    for (const char16_t* name : {u"panes", u"left"}) {
        QString json = parameters.queryItemValue(QString::fromUtf16(name), QUrl::FullyDecoded);
        json.replace(u'+', u' ');
        if (const QRegularExpressionMatch match = query.match(json); match.hasMatch()) {
            return idFrom(match.captured(1), 32);
        }
    }
    return idFrom(parameters.queryItemValue(QStringLiteral("traceId"), QUrl::FullyDecoded), 32);
}

PastedIds idsOfLink(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || !url.scheme().startsWith(QStringLiteral("http"))) {
        return {};
    }
    PastedIds ids;
    const QStringList path = url.path().split(u'/', Qt::SkipEmptyParts);
    for (qsizetype i = 1; i < path.size() && ids.trace.isEmpty(); ++i) {
        if (path[i - 1] == QStringLiteral("trace") || path[i - 1] == QStringLiteral("traces")) {
            ids.trace = idFrom(path[i], 32);
        }
    }
    if (ids.trace.isEmpty()) {
        ids.trace = traceOfGrafana(url);
    }
    // Jaeger marks the span of a link this way.
    ids.span = idFrom(QUrlQuery(url).queryItemValue(QStringLiteral("uiFind"), QUrl::FullyDecoded), 16);
    return ids;
}

PastedIds idsOfTraceParent(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral(
            "^(?:traceparent\\s*[:=]\\s*)?\"?[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-[^\\s\"]*)?\"?$"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text);
    return match.hasMatch() ? PastedIds{idFrom(match.captured(1), 32), idFrom(match.captured(2), 16)} : PastedIds();
}

} // namespace

std::optional<Route> routeOfPastedText(const QString& text)
{
    const QString trimmed = text.left(kLongestPaste).trimmed();
    if (std::optional<Route> route = Route::fromText(trimmed)) {
        return route;
    }
    PastedIds ids = idsOfTraceParent(trimmed);
    if (ids.trace.isEmpty() && trimmed.size() <= 34) {
        static const QRegularExpression bare(QStringLiteral("^(0x)?([0-9a-f]{16}|[0-9a-f]{32})$"),
                                             QRegularExpression::CaseInsensitiveOption);
        ids.trace = bare.match(trimmed).hasMatch() ? idFrom(trimmed, 32) : QString();
    }
    for (PastedIds (*read)(const QString&) : {idsOfLink, idsOfJson}) {
        if (ids.trace.isEmpty()) {
            ids = read(trimmed);
        }
    }
    if (ids.trace.isEmpty()) {
        return std::nullopt;
    }
    Route route{QStringLiteral("traces"), ids.trace, {}};
    if (!ids.span.isEmpty()) {
        route.state.addQueryItem(QStringLiteral("span"), ids.span);
    }
    return route;
}

} // namespace tracedeck
