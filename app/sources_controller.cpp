// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sources_controller.h"

#include "app/open_with.h"
#include "app/secret_store.h"
#include "app/source_diagnosis.h"
#include "app/source_state_badge.h"
#include "core/error_text.h"
#include "refresh/poller.h"
#include "views/connection_editor.h"
#include "views/source_badge.h"
#include "views/sources_dialog.h"

#include <QClipboard>
#include <QGuiApplication>

#include <memory>

namespace tracedeck {
namespace {

ConnectionDraft draftOf(const ConnectionSpec& spec)
{
    ConnectionDraft draft;
    draft.id = spec.id;
    draft.kind = connectionKindKey(spec.kind);
    draft.label = spec.shownLabel();
    draft.address = spec.address;
    draft.caFile = spec.trust.caFile;
    draft.fingerprint = spec.trust.fingerprint;
    draft.clientCertFile = spec.trust.clientCertFile;
    draft.clientKeyFile = spec.trust.clientKeyFile;
    draft.proxy = spec.proxy;
    draft.tokenCommand = textOfArgv(spec.tokenCommand);
    draft.openWith = textOfArgv(spec.openWith);
    draft.locked = spec.locked;
    return draft;
}

TlsTrust trustOf(const ConnectionDraft& draft)
{
    return {draft.caFile, draft.fingerprint, draft.clientCertFile, draft.clientKeyFile};
}

} // namespace

SourcesController::SourcesController(ConnectionSet& set, SecretStore& secrets, Poller& poller, QThread& ioThread,
                                     std::function<std::int64_t()> clock, QWidget* window, QObject* parent)
    : QObject(parent),
      m_set(set),
      m_secrets(secrets),
      m_poller(poller),
      m_ioThread(ioThread),
      m_clock(std::move(clock)),
      m_window(window)
{
    connect(&m_set, &ConnectionSet::changed, this, &SourcesController::refresh);
}

void SourcesController::build()
{
    if (m_dialog != nullptr) {
        return;
    }
    m_dialog = new SourcesDialog(m_window);
    ConnectionEditor* editor = m_dialog->editor();
    editor->setSecretPlace(m_secrets.placeText());
    connect(m_dialog, &SourcesDialog::addRequested, this, &SourcesController::openAdd);
    connect(m_dialog, &SourcesDialog::editRequested, this, &SourcesController::edit);
    connect(m_dialog, &SourcesDialog::pauseRequested, &m_set, &ConnectionSet::setPaused);
    connect(m_dialog, &SourcesDialog::removeRequested, this, [this](const QString& id) {
        const Result<void> removed = m_set.remove(id);
        Q_EMIT noticed(removed.ok() ? tr("Source removed") : QString::fromStdString(errorText(removed.error())));
    });
    connect(m_dialog, &SourcesDialog::copyRequested, this, [this] {
        QGuiApplication::clipboard()->setText(
            diagnosticsText(m_set.connections(), m_poller.sources(), m_secrets.placeText()));
        Q_EMIT noticed(tr("Diagnostics copied, without secrets"));
    });
    connect(editor, &ConnectionEditor::testRequested, this, &SourcesController::test);
    connect(editor, &ConnectionEditor::saveRequested, this, &SourcesController::save);
    connect(editor, &ConnectionEditor::findRequested, this, &SourcesController::find);
}

void SourcesController::openList(const QString& id)
{
    build();
    refresh();
    m_dialog->showList(id);
    m_dialog->open();
}

void SourcesController::openAdd()
{
    build();
    refresh();
    m_dialog->showEditor({});
    m_dialog->open();
}

void SourcesController::refresh()
{
    if (m_dialog == nullptr) {
        return;
    }
    const std::vector<SourceStatus> states = m_poller.sources();
    std::vector<ConnectionRow> rows;
    for (const ConnectionSpec& spec : m_set.connections()) {
        ConnectionRow row;
        row.id = spec.id;
        row.label = spec.shownLabel();
        row.address = spec.address;
        row.origin = spec.locked ? tr("set up by your team") : spec.found ? tr("found on this machine") : QString();
        row.paused = spec.paused;
        row.locked = spec.locked;
        row.state = tr("not started");
        for (const SourceStatus& source : states) {
            if (source.instance == spec.id.toStdString()) {
                SourceBadge badge;
                badge.label = QString::fromStdString(source.label);
                fillBadge(badge, source.state);
                row.state = sourceBadgeText(badge, m_clock());
                row.severity = sourceBadgeSeverity(badge);
            }
        }
        rows.push_back(std::move(row));
    }
    m_dialog->setConnections(rows);
}

void SourcesController::edit(const QString& id)
{
    if (const ConnectionSpec* spec = m_set.find(id)) {
        m_dialog->showEditor(draftOf(*spec));
    }
}

void SourcesController::test(const ConnectionDraft& draft)
{
    ConnectionEditor* editor = m_dialog->editor();
    editor->setTesting();
    const std::uint64_t test = ++m_test;
    const auto probe = [this, test, editor, draft](const QString& token) {
        probeConnection(m_ioThread, {draft.address, trustOf(draft), token, draft.proxy}, this,
                        [this, test, editor](const ProbeReport& report) {
                            if (test == m_test) {
                                editor->setDiagnosis(diagnosisOf(report));
                            }
                        });
    };
    if (draft.token.isEmpty() && !draft.tokenCommand.isEmpty()) {
        ConnectionSpec typed;
        typed.tokenCommand = argvOfText(draft.tokenCommand);
        readToken(typed, m_secrets, this, [this, probe, test, editor](const Result<QString>& token) {
            if (token.ok()) {
                probe(*token);
            } else if (test == m_test) {
                Diagnosis failed;
                failed.lines = {
                    {tr("Token command"), QString::fromStdString(errorText(token.error())), Severity::Critical}};
                editor->setDiagnosis(failed);
            }
        });
        return;
    }
    // A kept token goes only to the address it was kept for.
    const ConnectionSpec* spec = draft.token.isEmpty() ? m_set.find(draft.id) : nullptr;
    if (spec == nullptr || spec->address != draft.address) {
        probe(draft.token);
        return;
    }
    readToken(*spec, m_secrets, this,
              [probe](const Result<QString>& token) { probe(token.ok() ? *token : QString()); });
}

void SourcesController::save(const ConnectionDraft& draft)
{
    ConnectionSpec spec;
    if (const ConnectionSpec* before = m_set.find(draft.id)) {
        spec = *before;
    }
    const auto kind = connectionKindFromKey(draft.kind);
    if (!kind) {
        m_dialog->editor()->setProblem(tr("What listens there is not known: test it first"));
        return;
    }
    spec.kind = *kind;
    spec.id = draft.id;
    spec.address = draft.address;
    spec.label = draft.label == spec.shownLabel() && spec.label.isEmpty() ? QString() : draft.label;
    spec.trust = trustOf(draft);
    spec.proxy = draft.proxy;
    spec.tokenCommand = argvOfText(draft.tokenCommand);
    spec.openWith = argvOfText(draft.openWith);
    spec.found = false;
    const Result<void> kept = m_set.put(spec, draft.token);
    if (!kept.ok()) {
        m_dialog->editor()->setProblem(QString::fromStdString(errorText(kept.error())));
        return;
    }
    refresh();
    m_dialog->showList(spec.id);
    Q_EMIT noticed(tr("Source saved"));
}

void SourcesController::find()
{
    std::vector<ConnectionDraft> drafts;
    const LocalEngines engines = localEngines();
    for (const ConnectionSpec& spec : engines.usable) {
        drafts.push_back(draftOf(spec));
        drafts.back().id.clear();
    }
    // Test says which right is missing and how to get it.
    for (const ConnectionSpec& spec : engines.denied) {
        drafts.push_back(draftOf(spec));
        drafts.back().id.clear();
        drafts.back().label += tr(", needs a right");
    }
    // Ports that Docker, Podman and Pulse use; tried only because somebody asked for it.
    for (const char16_t* address : {u"http://127.0.0.1:7655", u"tcp://127.0.0.1:2375", u"https://127.0.0.1:2376"}) {
        ConnectionDraft draft;
        draft.address = QString::fromUtf16(address);
        drafts.push_back(draft);
    }
    const auto waiting = std::make_shared<int>(0);
    const auto found = std::make_shared<std::vector<ConnectionDraft>>();
    for (const ConnectionDraft& draft : drafts) {
        if (!draft.kind.isEmpty()) {
            found->push_back(draft);
            continue;
        }
        ++*waiting;
    }
    const auto show = [this, found] {
        m_dialog->editor()->setFound(
            *found, tr("No engine's socket may be read here, and no known port answers on this machine"));
    };
    for (const ConnectionDraft& draft : drafts) {
        if (!draft.kind.isEmpty()) {
            continue;
        }
        probeConnection(m_ioThread, {draft.address, {}, {}, QStringLiteral("none")}, this,
                        [waiting, found, show, draft](const ProbeReport& report) {
                            if (!report.kind.isEmpty() || report.certificateUnknown) {
                                ConnectionDraft one = draft;
                                one.kind = report.kind;
                                const auto kind = connectionKindFromKey(report.kind);
                                one.label = kind ? connectionKindLabel(*kind) : QString();
                                found->push_back(one);
                            }
                            if (--*waiting == 0) {
                                show();
                            }
                        });
    }
}

} // namespace tracedeck
