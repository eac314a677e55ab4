// SPDX-License-Identifier: GPL-3.0-or-later
// The whole application, offscreen with a collector of its own, fed by the stock OpenTelemetry JavaScript SDK
// in every encoding: what it shows is what the SDK says it sent, no trace, span or attribute more or less.
#include "app/application.h"
#include "models/grouped_table_model.h"
#include "sources/local_machine_source.h"
#include "views/fact_list_view.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/span_details_panel.h"
#include "views/trace_detail_view.h"
#include "views/traces_page.h"

#include <QApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <map>

using namespace tracedeck;

namespace {

QString emitterFolder()
{
    return QStringLiteral(TRACEDECK_SOURCE_DIR) + QStringLiteral("/tests/e2e/js");
}

/// Runs a program to its end while the window lives on; its output, or nothing when it failed.
QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    const bool ended = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
    if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        ADD_FAILURE() << program.toStdString() << ": " << process.readAllStandardError().toStdString();
        return {};
    }
    return process.readAllStandardOutput();
}

/// The emitter writes "string:x", "int:5", "double:0.5", "bool:1", "array:[…]"; this is how a value reads on screen.
QString shownText(const QString& typed)
{
    const QString type = typed.section(u':', 0, 0);
    const QString value = typed.section(u':', 1);
    if (type == u"bool") {
        return value == u"1" ? QStringLiteral("true") : QStringLiteral("false");
    }
    return type == u"double" ? QString::number(value.toDouble(), 'g', 15) : value;
}

std::map<QString, QString> attributesOf(const QJsonObject& sent)
{
    std::map<QString, QString> out;
    for (auto it = sent.begin(); it != sent.end(); ++it) {
        out[it.key()] = shownText(it.value().toString());
    }
    return out;
}

std::map<QString, QString> shownFacts(const Facts& facts)
{
    std::map<QString, QString> out;
    for (const Fact& fact : facts) {
        // Lines that lead to a workload or host, or say why there is none, are not the span's own.
        if (fact.link.isEmpty() && !fact.note.startsWith(QStringLiteral("no match because"))) {
            EXPECT_TRUE(out.emplace(fact.name, fact.value).second) << fact.name.toStdString();
        }
    }
    return out;
}

class OtelApp : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override
    {
        if (!QFileInfo::exists(emitterFolder() + QStringLiteral("/node_modules/@opentelemetry/api"))) {
            GTEST_SKIP() << "not run: tests/e2e/js/node_modules is missing (npm ci)";
        }
        AppOptions options;
        options.dataDir = m_dir.path();
        options.listen = QStringLiteral("127.0.0.1:0");
        options.size = QSize(1440, 900);
        options.page = QStringLiteral("traces");
        m_app = std::make_unique<Application>(std::move(options), *qApp);
        m_app->start();
        ASSERT_TRUE(QTest::qWaitFor([this] { return !page().receiveInfo().httpEndpoint.isEmpty(); }, 20'000));
    }
    [[nodiscard]] TracesPage& page() const
    {
        return *qobject_cast<TracesPage*>(m_app->window().page(QStringLiteral("traces")));
    }
    [[nodiscard]] QJsonArray emitSpans(const QString& encoding) const
    {
        const ReceiveInfo& info = page().receiveInfo();
        const QByteArray text =
            outputOf(QStringLiteral("node"),
                     {emitterFolder() + QStringLiteral("/emit.mjs"), QStringLiteral("--http"), info.httpEndpoint,
                      QStringLiteral("--grpc"), info.grpcEndpoint.mid(7), QStringLiteral("--encodings"), encoding});
        return QJsonDocument::fromJson(text).object().value(u"spans").toArray();
    }
    void expectTrace(const QString& id, const std::vector<QJsonObject>& sent)
    {
        page().openTraceId(id);
        ASSERT_TRUE(QTest::qWaitFor([this] { return page().detail()->hasTrace(); }, 20'000)) << id.toStdString();
        int spans = 0;
        for (const DumpRow& row : page().dump().rows) {
            spans += row.cells.at(1).text == u"span" ? 1 : 0;
        }
        EXPECT_EQ(spans, static_cast<int>(sent.size()));
        for (const QJsonObject& span : sent) {
            SCOPED_TRACE(span.value(u"name").toString().toStdString());
            ASSERT_TRUE(page().detail()->selectSpan(span.value(u"spanId").toString()));
            SpanDetailsPanel& panel = *page().detail()->panel();
            panel.setShownTab(QStringLiteral("attributes"));
            EXPECT_EQ(shownFacts(panel.list()->facts()), attributesOf(span.value(u"attributes").toObject()));
            panel.setShownTab(QStringLiteral("resource"));
            EXPECT_EQ(shownFacts(panel.list()->facts()), attributesOf(span.value(u"resource").toObject()));
        }
        EXPECT_TRUE(page().peel() && page().peel());
    }

    QTemporaryDir m_dir;
    std::unique_ptr<Application> m_app;
};

} // namespace

TEST_P(OtelApp, showsExactlyTheTracesSpansAndAttributesThatWereSent)
{
    const QJsonArray sent = emitSpans(QString::fromLatin1(GetParam()));
    std::map<QString, std::vector<QJsonObject>> traces;
    for (const QJsonValue& value : sent) {
        const QJsonObject span = value.toObject();
        traces[span.value(u"traceId").toString()].push_back(span);
    }
    ASSERT_EQ(traces.size(), 3U);
    const int column = page().model()->columnOf(u"traceId");
    // A trace may come in several requests: its row counts up while one looks.
    const int counted = page().model()->columnOf(u"spans");
    const auto isWhole = [&](int row) {
        const auto sentTrace = traces.find(page().model()->cell(row, column)->text);
        return sentTrace != traces.end()
            && page().model()->cell(row, counted)->value == static_cast<double>(sentTrace->second.size());
    };
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return page().model()->rowCount() == 3 && isWhole(0) && isWhole(1) && isWhole(2); }, 20'000));
    for (const auto& [id, spans] : traces) {
        expectTrace(id, spans);
    }
}

INSTANTIATE_TEST_SUITE_P(Encodings, OtelApp, testing::Values("json", "protobuf", "grpc"));
