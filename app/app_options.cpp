// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/app_options.h"

#include "sources/demo_layout.h"

#include <QDateTime>
#include <QHash>
#include <algorithm>
#include <functional>

namespace tracedeck {

namespace {

using Setter = std::function<bool(AppOptions&, const QString&)>;

struct OptionLine {
    const char* name;
    const char* value; ///< empty = a switch; in brackets = a number that may be left out
    const char* help;
    Setter set;
};

Setter textOption(QString AppOptions::*member)
{
    return [member](AppOptions& options, const QString& value) {
        options.*member = value;
        return !value.isEmpty();
    };
}

Setter flagOption(bool AppOptions::*member)
{
    return [member](AppOptions& options, const QString&) { return options.*member = true; };
}

bool setSize(AppOptions& options, const QString& value)
{
    const QStringList parts = value.split(u'x');
    if (parts.size() != 2) {
        return false;
    }
    const QSize size(parts.at(0).toInt(), parts.at(1).toInt());
    options.size = size;
    return size.width() >= 320 && size.height() >= 240 && size.width() <= 10'000 && size.height() <= 10'000;
}

bool setTheme(AppOptions& options, const QString& value)
{
    options.theme = value;
    return value == QStringLiteral("dark") || value == QStringLiteral("light") || value == QStringLiteral("contrast");
}

bool setSettle(AppOptions& options, const QString& value)
{
    bool ok = false;
    options.settleMs = value.toInt(&ok);
    return ok && options.settleMs >= 0;
}

bool setNow(AppOptions& options, const QString& value)
{
    const QDateTime moment = QDateTime::fromString(value, Qt::ISODateWithMs);
    options.nowNs = moment.toMSecsSinceEpoch() * 1'000'000;
    return moment.isValid();
}

bool setListen(AppOptions& options, const QString& value)
{
    options.listen = value;
    bool ok = false;
    const int port = value.section(u':', -1).toInt(&ok);
    return value == QStringLiteral("off") || (value.contains(u':') && ok && port >= 0 && port <= 65535);
}

bool setDemo(AppOptions& options, const QString& value)
{
    bool ok = value.isEmpty();
    options.demoRows = ok ? kDefaultDemoRows : static_cast<std::size_t>(value.toUInt(&ok));
    return ok && *options.demoRows <= kMaxDemoRows;
}

bool isDigits(const QString& text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

const std::vector<OptionLine>& optionLines()
{
    static const std::vector<OptionLine> table{
        {"--screenshot", "FILE", "write a picture once settled, then end", textOption(&AppOptions::screenshotFile)},
        {"--dump", "FILE", "write what the page shows as JSON once settled, then end",
         textOption(&AppOptions::dumpFile)},
        {"--page", "NAME", "page to show: infrastructure, workloads, traces, settings", textOption(&AppOptions::page)},
        {"--query", "TEXT", "query of the page", textOption(&AppOptions::query)},
        {"--theme", "NAME", "dark, light or contrast", setTheme},
        {"--size", "WxH", "size of the window in pixels", setSize},
        {"--settle-ms", "N", "longest wait before a picture or dump, 10000", setSettle},
        {"--now", "TIME", "ISO 8601 moment that ages count to", setNow},
        {"--tz", "ZONE", "time zone for times shown", textOption(&AppOptions::timeZone)},
        {"--no-hold", "", "never hold the order of rows", flagOption(&AppOptions::noHold)},
        {"--data-dir", "DIR", "where settings, traces and logs are kept, ~/.local/share/tracedeck",
         textOption(&AppOptions::dataDir)},
        {"--listen", "HOST:PORT|off", "where the embedded collector listens, 127.0.0.1:4318", setListen},
        {"--connect", "URL", "show the traces of this collector instead of the embedded one",
         textOption(&AppOptions::connectUrl)},
        {"--proc-root", "DIR", "read this recorded tree instead of / for hosts and workloads",
         textOption(&AppOptions::procRoot)},
        {"--demo", "[ROWS]", "show an invented fleet of ROWS hosts and workloads, 600, up to 150000", setDemo},
        {"--check", "", "try every source, print what works and what does not, then end",
         flagOption(&AppOptions::check)},
        {"--version", "", "print the version", flagOption(&AppOptions::showVersion)},
        {"--help", "", "print this", flagOption(&AppOptions::showHelp)},
    };
    return table;
}

Error usage(const QString& what)
{
    return makeError(ErrorCode::InvalidArgument, "command line", what.toStdString(), "See tracedeck --help.");
}

} // namespace

Result<AppOptions> parseAppOptions(const QStringList& arguments)
{
    AppOptions options;
    for (int i = 0; i < arguments.size(); ++i) {
        QString name = arguments.at(i);
        if (name.startsWith(QStringLiteral("tracedeck://"))) {
            options.route = name;
            continue;
        }
        std::optional<QString> value;
        const qsizetype equals = name.indexOf(u'=');
        if (name.startsWith(QStringLiteral("--")) && equals > 0) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        }
        const OptionLine* found = nullptr;
        for (const OptionLine& line : optionLines()) {
            found = name == QString::fromLatin1(line.name) ? &line : found;
        }
        if (found == nullptr) {
            return usage(QStringLiteral("Unknown argument: ") + arguments.at(i));
        }
        const bool wantsValue = found->value[0] != '\0';
        const bool mayLack = found->value[0] == '[';
        if (mayLack && !value && i + 1 < arguments.size() && isDigits(arguments.at(i + 1))) {
            value = arguments.at(++i);
        }
        if (wantsValue && !mayLack && !value) {
            if (i + 1 >= arguments.size()) {
                return usage(name + QStringLiteral(" needs a value: ") + QString::fromLatin1(found->value));
            }
            value = arguments.at(++i);
        }
        if ((!wantsValue && value) || !found->set(options, value.value_or(QString()))) {
            return usage(QStringLiteral("%1 does not take '%2'").arg(name, value.value_or(QString())));
        }
    }
    return options;
}

QString appOptionsHelp()
{
    QString help = QStringLiteral("Usage: tracedeck [options] [tracedeck://link]\n\n");
    for (const OptionLine& line : optionLines()) {
        const QString head =
            QStringLiteral("  %1 %2").arg(QString::fromLatin1(line.name), QString::fromLatin1(line.value));
        help += head.leftJustified(30) + QString::fromUtf8(line.help) + u'\n';
    }
    return help;
}

} // namespace tracedeck
