// SPDX-License-Identifier: GPL-3.0-or-later
// Every state of the dialog of sources as a picture, in every theme: nothing is cut off, texts keep their contrast.
// With TRACEDECK_PICTURES=DIR the pictures are kept to be looked at.
#include "views/connection_editor.h"
#include "views/sources_dialog.h"
#include "views/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFontMetrics>
#include <QImage>
#include <QLabel>
#include <QPixmap>
#include <QTest>
#include <functional>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

struct DialogState {
    const char* name;
    std::function<void(SourcesDialog&)> enter;
};

ConnectionRow rowOf(const char* label, const char* address, const char* state, Severity severity,
                    const char* origin = "")
{
    ConnectionRow row;
    row.id = QString::fromUtf8(label);
    row.label = row.id;
    row.address = QString::fromUtf8(address);
    row.state = QString::fromUtf8(state);
    row.origin = QString::fromUtf8(origin);
    row.severity = severity;
    return row;
}

std::vector<ConnectionRow> someRows()
{
    std::vector<ConnectionRow> rows{
        rowOf("Docker", "unix:///run/docker.sock", "2 s ago", Severity::Ok, "found on this machine"),
        rowOf("Home", "https://pulse.example.org:7655/base",
              "failed: the certificate is not the pinned one, retry in 12 s", Severity::Critical),
        rowOf("Build farm", "https://build.example.org:2376", "stale, 3 min ago", Severity::Warning,
              "set up by your team"),
        rowOf("Podman, rootless", "unix:///run/user/1000/podman/podman.sock", "paused", Severity::None)};
    rows[2].locked = true;
    rows[3].paused = true;
    return rows;
}

ConnectionDraft draftOf(const char* address, const char* kind = "pulse")
{
    ConnectionDraft draft;
    draft.id = QStringLiteral("pulse:home");
    draft.kind = QString::fromUtf8(kind);
    draft.label = QStringLiteral("Home");
    draft.address = QString::fromUtf8(address);
    return draft;
}

Diagnosis diagnosis(std::vector<DiagnosisLine> last)
{
    Diagnosis out;
    out.lines = {{QStringLiteral("Address"), QStringLiteral("https://pulse.example.org:7655"), Severity::Ok},
                 {QStringLiteral("Name"), QStringLiteral("pulse.example.org is 192.0.2.17"), Severity::Ok},
                 {QStringLiteral("Connection"), QStringLiteral("pulse.example.org port 7655 answers"), Severity::Ok}};
    out.lines.insert(out.lines.end(), last.begin(), last.end());
    return out;
}

Diagnosis certificateProblem(bool changed)
{
    Diagnosis out = diagnosis(
        {{QStringLiteral("Certificate"),
          changed ? QStringLiteral(
              "It is not the pinned one. It may have been renewed; if you did not expect that, do not go on")
                  : QStringLiteral(
                      "not trusted: The certificate is self-signed, and untrusted. Compare its fingerprint and pin "
                      "it, or name a CA file"),
          Severity::Critical}});
    out.offersPin = true;
    out.certificateChanged = changed;
    out.certificate = QStringLiteral("pulse.example.org, valid until 2027-01-01");
    out.fingerprint =
        QStringLiteral("5E:2B:1C:98:7A:44:0F:E1:63:B0:9D:21:77:AC:5D:3E:90:18:CB:42:6F:D5:08:BE:13:7C:A9:64:F2:"
                       "0D:EE:51");
    return out;
}

const std::vector<DialogState>& dialogStates()
{
    static const std::vector<DialogState> all{
        {"list", [](SourcesDialog& dialog) { dialog.showList(QStringLiteral("Home")); }},
        {"list-team", [](SourcesDialog& dialog) { dialog.showList(QStringLiteral("Build farm")); }},
        {"list-paused", [](SourcesDialog& dialog) { dialog.showList(QStringLiteral("Podman, rootless")); }},
        {"list-empty", [](SourcesDialog& dialog) { dialog.setConnections({}); }},
        {"add", [](SourcesDialog& dialog) { dialog.showEditor({}); }},
        {"testing",
         [](SourcesDialog& dialog) {
             dialog.showEditor(draftOf("https://pulse.example.org:7655"));
             dialog.editor()->setTesting();
         }},
        {"token",
         [](SourcesDialog& dialog) {
             dialog.showEditor({});
             Diagnosis needs = diagnosis(
                 {{QStringLiteral("Certificate"), QStringLiteral("pulse.example.org, valid until 2027-01-01"),
                   Severity::Ok},
                  {QStringLiteral("Access"),
                   QStringLiteral("A token is needed. The token needs the right monitoring:read and no other"),
                   Severity::Critical}});
             needs.needsToken = true;
             needs.kind = QStringLiteral("pulse");
             dialog.editor()->setTesting(); // a diagnosis answers a test
             dialog.editor()->setDiagnosis(needs);
         }},
        {"pin",
         [](SourcesDialog& dialog) {
             dialog.showEditor({});
             dialog.editor()->setTesting(); // a diagnosis answers a test
             dialog.editor()->setDiagnosis(certificateProblem(false));
         }},
        {"pin-changed",
         [](SourcesDialog& dialog) {
             ConnectionDraft draft = draftOf("https://pulse.example.org:7655");
             draft.fingerprint = QStringLiteral("00:11:22:33");
             draft.proxy = QStringLiteral("http://proxy.example.org:3128");
             dialog.showEditor(draft);
             dialog.editor()->setTesting(); // a diagnosis answers a test
             dialog.editor()->setDiagnosis(certificateProblem(true));
         }},
        {"permission",
         [](SourcesDialog& dialog) {
             dialog.showEditor(draftOf("/run/docker.sock", "docker"));
             Diagnosis denied;
             denied.lines = {{QStringLiteral("Address"), QStringLiteral("unix:///run/docker.sock"), Severity::Ok},
                             {QStringLiteral("Socket"),
                              QStringLiteral("You may not use it: it belongs to root, group docker. Join that group "
                                             "with this command, then log in again"),
                              Severity::Critical, QStringLiteral("sudo usermod -aG docker ada")}};
             dialog.editor()->setTesting(); // a diagnosis answers a test
             dialog.editor()->setDiagnosis(denied);
         }},
        {"passed",
         [](SourcesDialog& dialog) {
             dialog.showEditor(draftOf("tcp://box:2375", "docker"));
             Diagnosis fine = diagnosis(
                 {{QStringLiteral("Answer"), QStringLiteral("Docker, API 1.41"), Severity::Ok},
                  {QStringLiteral("Encryption"),
                   QStringLiteral("none: whoever reads the network sees it, and this port is as good as root there"),
                   Severity::Warning},
                  {QStringLiteral("Access"), QStringLiteral("may list containers"), Severity::Ok}});
             fine.kind = QStringLiteral("docker");
             fine.passed = true;
             dialog.editor()->setTesting(); // a diagnosis answers a test
             dialog.editor()->setDiagnosis(fine);
         }},
        {"locked",
         [](SourcesDialog& dialog) {
             ConnectionDraft draft = draftOf("https://build.example.org:2376", "docker");
             draft.locked = true;
             draft.caFile = QStringLiteral("/etc/ssl/team.pem");
             dialog.showEditor(draft);
         }},
    };
    return all;
}

/// Buttons and one-line labels that are narrower than their text.
QStringList cutTexts(const QWidget& dialog)
{
    QStringList cut;
    for (const QAbstractButton* button : dialog.findChildren<QAbstractButton*>()) {
        if (button->isVisible() && QFontMetrics(button->font()).horizontalAdvance(button->text()) > button->width()) {
            cut.append(button->text());
        }
    }
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        const bool tooLow = label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 1;
        const bool tooNarrow = !label->wordWrap() && label->sizeHint().width() > label->width() + 1;
        if (label->isVisible() && !label->text().isEmpty() && (tooLow || tooNarrow)) {
            cut.append(label->text());
        }
    }
    return cut;
}

class SourcesDialogPicture : public testing::TestWithParam<ThemeKind> { };

TEST_P(SourcesDialogPicture, NoStateCutsATextOff)
{
    applyTheme(*qApp, loadTheme(GetParam()));
    const QString folder = qEnvironmentVariable("TRACEDECK_PICTURES");
    for (const DialogState& state : dialogStates()) {
        SourcesDialog dialog;
        dialog.editor()->setSecretPlace(QStringLiteral("Kept in the desktop keychain"));
        dialog.setConnections(someRows());
        state.enter(dialog);
        dialog.show();
        // Texts that wrap find their places with the events that follow.
        EXPECT_TRUE(QTest::qWaitFor([&dialog] { return cutTexts(dialog).isEmpty(); }, 1000))
            << state.name << ": " << cutTexts(dialog).join(u'|').toStdString();
        const QImage picture = dialog.grab().toImage();
        EXPECT_FALSE(picture.isNull());
        if (!folder.isEmpty()) {
            const QString kind = GetParam() == ThemeKind::Dark ? QStringLiteral("dark") : QStringLiteral("light");
            picture.save(QStringLiteral("%1/sources-%2-%3.png").arg(folder, QString::fromUtf8(state.name), kind));
        }
    }
    applyTheme(*qApp, loadTheme(ThemeKind::Dark));
}

INSTANTIATE_TEST_SUITE_P(Themes, SourcesDialogPicture, testing::Values(ThemeKind::Dark, ThemeKind::Light));

} // namespace
} // namespace tracedeck
