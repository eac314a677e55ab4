// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/span_menu.h"

#include "views/trace_copy.h"
#include "views/trace_detail_view.h"
#include "views/waterfall_view.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>
#include <functional>

namespace tracedeck {
namespace {

QString spanMenuWord(const char* text)
{
    return QCoreApplication::translate("SpanMenu", text);
}

} // namespace

void openSpanMenu(TraceDetailView* trace, std::uint32_t position, const QPoint& globalPosition)
{
    const WaterfallState& state = trace->waterfall()->state();
    auto* menu = new QMenu(trace);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // The text after the tab is drawn as a shortcut without becoming one.
    const auto add = [trace, menu](const QString& text, const char* keys, const std::function<void()>& run) {
        const QString shown = *keys == '\0' ? text : text + u'\t' + QString::fromUtf8(keys);
        QObject::connect(menu->addAction(shown), &QAction::triggered, trace, run);
        return menu->actions().constLast();
    };
    const auto command = [trace](const char* id) { return [trace, id] { trace->runCommand(QString::fromUtf8(id)); }; };
    const auto copy = [trace](const char* id) {
        return [trace, id] {
            runTraceCopyCommand(trace, QString::fromUtf8(id),
                                [trace](const QString& said) { Q_EMIT trace->noticed(said); });
        };
    };
    add(spanMenuWord("Details"), "d", command("trace.details"));
    const bool folded = state.isCollapsed(position);
    add(folded ? spanMenuWord("Unfold") : spanMenuWord("Fold"), folded ? "Right" : "h",
        command(folded ? "trace.unfold" : "trace.fold"))
        ->setEnabled(state.layout().hasChildren(position));
    menu->addSeparator();
    const std::string_view name = state.spans().service(state.layout().row[position]);
    const QString service = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    add(spanMenuWord("Find spans of %1").arg(service), "", [trace, service] {
        trace->findRequested(QStringLiteral("service:") + service);
    })->setEnabled(!service.isEmpty() && !service.contains(u' ')); // the search takes words
    menu->addSeparator();
    add(spanMenuWord("Copy span id"), "", [trace] {
        QGuiApplication::clipboard()->setText(trace->currentSpan());
        Q_EMIT trace->noticed(spanMenuWord("Copied %1").arg(trace->currentSpan()));
    });
    add(spanMenuWord("Copy"), "Ctrl+C", copy("copy"));
    add(spanMenuWord("Copy as JSON"), "", copy("copy.json"));
    add(spanMenuWord("Copy as Markdown table"), "", copy("copy.markdown"));
    menu->popup(globalPosition);
}

} // namespace tracedeck
