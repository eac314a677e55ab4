// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_copy.h"

#include "views/selected_rows.h"
#include "views/span_copy.h"
#include "views/trace_detail_view.h"
#include "views/trace_logs_tab.h"
#include "views/waterfall_view.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

namespace tracedeck {
namespace {

QString traceCopyWord(const char* text)
{
    return QCoreApplication::translate("TraceCopy", text);
}

void copySpan(const TraceDetailView& trace, RowCopyForm form, const std::function<void(QString)>& copied)
{
    const WaterfallState& state = trace.waterfall()->state();
    if (!trace.hasTrace() || state.current() == WaterfallState::kNone) {
        copied(traceCopyWord("Select a span first"));
        return;
    }
    QGuiApplication::clipboard()->setText(encodeRows(spanCopy(state.spans(), state.layout(), state.current()), form));
    copied(traceCopyWord("Span copied with its attributes"));
}

void openSpanCopyMenu(TraceDetailView* trace, const std::function<void(QString)>& copied)
{
    auto* menu = new QMenu(trace);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* text, RowCopyForm form) {
        QObject::connect(menu->addAction(traceCopyWord(text)), &QAction::triggered, trace,
                         [trace, form, copied] { copySpan(*trace, form, copied); });
    };
    add("Span as tab-separated text", RowCopyForm::Tsv);
    add("Span as JSON", RowCopyForm::Json);
    add("Span as Markdown table", RowCopyForm::Markdown);
    menu->popup(trace->mapToGlobal(QPoint(trace->width() / 2, trace->height() / 3)));
}

} // namespace

bool runTraceCopyCommand(TraceDetailView* trace, const QString& commandId, const std::function<void(QString)>& copied)
{
    if (trace->tab() == u"events") {
        return runCopyCommand(trace->eventTable(), commandId, copied);
    }
    if (trace->tab() == u"logs") {
        return runCopyCommand(trace->logs()->table(), commandId, copied);
    }
    if (commandId == u"copy.as") {
        openSpanCopyMenu(trace, copied);
    } else if (commandId == u"copy") {
        copySpan(*trace, RowCopyForm::Tsv, copied);
    } else if (commandId == u"copy.json") {
        copySpan(*trace, RowCopyForm::Json, copied);
    } else if (commandId == u"copy.markdown") {
        copySpan(*trace, RowCopyForm::Markdown, copied);
    } else {
        return false;
    }
    return true;
}

} // namespace tracedeck
