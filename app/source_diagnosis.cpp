// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/source_diagnosis.h"

#include "app/secret_store.h"
#include "app/version.h"
#include "core/log.h"
#include "core/time_format.h"

#include <QCoreApplication>
#include <QPointer>
#include <QProcess>
#include <QThread>
#include <QTimer>

#include <memory>
#include <utility>

namespace tracedeck {
namespace {

constexpr int kTokenCommandMs = 5000;

QString outcomeWord(ProbeStep::Outcome outcome)
{
    switch (outcome) {
    case ProbeStep::Outcome::Failed:
        return QStringLiteral("failed");
    case ProbeStep::Outcome::Warned:
        return QStringLiteral("careful");
    default:
        return QStringLiteral("ok");
    }
}

QString phaseWord(const SourceState& state)
{
    switch (state.phase) {
    case SourceState::Phase::Fresh:
        return QStringLiteral("fresh");
    case SourceState::Phase::Stale:
        return QStringLiteral("stale");
    case SourceState::Phase::Failed:
        return QStringLiteral("failed");
    case SourceState::Phase::Paused:
        return QStringLiteral("paused");
    default:
        return QStringLiteral("connecting");
    }
}

} // namespace

void probeConnection(QThread& ioThread, const ProbeRequest& request, QObject* context,
                     std::function<void(const ProbeReport&)> done)
{
    auto holder = std::make_shared<QPointer<ConnectionProbe>>();
    auto* probe = new ConnectionProbe(
        request, [holder, guard = QPointer(context), done = std::move(done)](const ProbeReport& report) {
            if (*holder) {
                (*holder)->deleteLater();
            }
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, done, report] {
                    if (guard) {
                        done(report);
                    }
                },
                Qt::QueuedConnection);
        });
    *holder = probe;
    probe->moveToThread(&ioThread);
    QMetaObject::invokeMethod(probe, &ConnectionProbe::start, Qt::QueuedConnection);
}

Diagnosis diagnosisOf(const ProbeReport& report)
{
    Diagnosis out;
    for (const ProbeStep& step : report.steps) {
        const Severity severity = step.outcome == ProbeStep::Outcome::Failed ? Severity::Critical
            : step.outcome == ProbeStep::Outcome::Warned                     ? Severity::Warning
                                                                             : Severity::Ok;
        out.lines.push_back({step.name, step.text, severity, step.command});
    }
    out.kind = report.kind;
    out.address = report.address;
    out.fingerprint = report.fingerprint;
    out.certificate = report.certificate;
    out.offersPin = report.certificateUnknown || report.certificateChanged;
    out.certificateChanged = report.certificateChanged;
    out.needsToken = report.needsToken;
    out.passed = report.passed();
    return out;
}

QStringList diagnosisLines(const ProbeReport& report)
{
    constexpr int kNameWidth = 13;
    constexpr int kWordWidth = 8;
    QStringList lines;
    for (const ProbeStep& step : report.steps) {
        lines.append(step.name.leftJustified(kNameWidth) + outcomeWord(step.outcome).leftJustified(kWordWidth)
                     + step.text);
        if (!step.command.isEmpty()) {
            lines.append(QString(kNameWidth + kWordWidth, u' ') + step.command);
        }
    }
    if (report.certificateUnknown || report.certificateChanged) {
        lines.append(QStringLiteral("Fingerprint").leftJustified(kNameWidth) + report.fingerprint);
    }
    return lines;
}

ProbeRequest probeRequestOf(const ConnectionSpec& spec, const QString& token)
{
    return {spec.address, spec.trust, token, spec.proxy};
}

void readToken(const ConnectionSpec& spec, SecretStore& secrets, QObject* context,
               std::function<void(Result<QString>)> done)
{
    if (spec.tokenCommand.isEmpty()) {
        secrets.read(spec.id, [done = std::move(done)](const QString& secret) { done(secret); });
        return;
    }
    auto* process = new QProcess(context);
    QStringList arguments = spec.tokenCommand;
    const QString program = arguments.takeFirst();
    auto* limit = new QTimer(process);
    limit->setSingleShot(true);
    QObject::connect(limit, &QTimer::timeout, process, &QProcess::kill);
    const auto answer = std::make_shared<std::function<void(Result<QString>)>>(std::move(done));
    const auto tell = [answer, process](Result<QString> result) {
        if (const auto once = std::exchange(*answer, {})) {
            once(std::move(result));
        }
        process->deleteLater();
    };
    QObject::connect(
        process, &QProcess::finished, context, [tell, process, program](int code, QProcess::ExitStatus status) {
            const QString token = QString::fromUtf8(process->readAllStandardOutput()).trimmed();
            if (status != QProcess::NormalExit || code != 0 || token.isEmpty()) {
                // What it printed may be half a secret: only the fact is told.
                tell(makeError(ErrorCode::Unauthorized, "token command", program.toStdString() + " gave no token"));
            } else {
                tell(token);
            }
        });
    QObject::connect(process, &QProcess::errorOccurred, context, [tell, process, program] {
        tell(makeError(ErrorCode::Unauthorized, "token command",
                       program.toStdString() + ": " + process->errorString().toStdString()));
    });
    limit->start(kTokenCommandMs);
    process->start(program, arguments);
}

QString diagnosticsText(const std::vector<ConnectionSpec>& specs, const std::vector<SourceStatus>& states,
                        const QString& secretPlace)
{
    QStringList lines{QStringLiteral("Tracedeck ") + versionText(), QStringLiteral("Secrets: ") + secretPlace};
    for (const ConnectionSpec& spec : specs) {
        lines.append(QStringLiteral("Connection %1: %2%3%4%5")
                         .arg(spec.id, spec.address,
                              spec.trust.fingerprint.isEmpty() ? QString() : QStringLiteral(", pinned"),
                              spec.proxy.isEmpty() ? QString() : QStringLiteral(", proxy ") + spec.proxy,
                              spec.paused ? QStringLiteral(", paused") : QString()));
    }
    for (const SourceStatus& source : states) {
        const std::string last = source.state.lastSuccessNs == 0 ? "never" : formatIsoUtc(source.state.lastSuccessNs);
        lines.append(
            QStringLiteral("Source %1: %2, last answer %3, failures %4 %5")
                .arg(QString::fromStdString(source.instance), phaseWord(source.state), QString::fromStdString(last))
                .arg(source.state.consecutiveFailures)
                .arg(QString::fromStdString(source.state.reason)));
    }
    return QString::fromStdString(redactSecrets(lines.join(u'\n').toStdString()));
}

} // namespace tracedeck
