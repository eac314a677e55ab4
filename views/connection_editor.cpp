// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connection_editor.h"

#include "views/diagnosis_view.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace tracedeck {
namespace {

QLineEdit* inputField(const QString& name, const QString& hint, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    field->setAccessibleName(name);
    field->setPlaceholderText(hint);
    field->setMinimumHeight(theme().scaled(30));
    field->setTextMargins(6, 0, 6, 0);
    return field;
}

} // namespace

ConnectionEditor::ConnectionEditor(QWidget* parent)
    : QWidget(parent),
      m_heading(new QLabel(this)),
      m_address(
          inputField(tr("Address"), tr("https://pulse.example.org, https://host:2376 or /run/docker.sock"), this)),
      m_label(inputField(tr("Name"), tr("as the status bar shows it; made of the address when empty"), this)),
      m_token(inputField(tr("Token"), tr("only where the server asks for one"), this)),
      m_tokenHint(new QLabel(this)),
      m_advanced(new QWidget(this)),
      m_caFile(inputField(tr("CA file"), tr("PEM bundle in place of the system's authorities"), m_advanced)),
      m_fingerprint(inputField(tr("Pinned certificate"), tr("SHA-256 fingerprint"), m_advanced)),
      m_clientCert(inputField(tr("Client certificate"), tr("PEM, for engines that ask for one"), m_advanced)),
      m_clientKey(inputField(tr("Client key"), tr("PEM"), m_advanced)),
      m_proxy(inputField(tr("Proxy"), tr("as the system says; none, or http://proxy:3128, socks5://proxy:1080"),
                         m_advanced)),
      m_tokenCommand(
          inputField(tr("Token command"), tr("pass show pulse: prints the token in place of a kept one"), m_advanced)),
      m_openWith(inputField(tr("Open with"), tr("xdg-open https://portal.example.org/{name}"), m_advanced)),
      m_find(new FlatButton(tr("Find on this machine"), this)),
      m_more(new FlatButton(tr("More"), this)),
      m_test(new FlatButton(tr("Test"), this)),
      m_pin(new FlatButton(tr("Pin this certificate"), this)),
      m_save(new FlatButton(tr("Save"), this)),
      m_cancel(new FlatButton(tr("Cancel"), this)),
      m_certificate(new QLabel(this)),
      m_diagnosis(new DiagnosisView(this)),
      m_scroll(new QScrollArea(this))
{
    m_heading->setFont(theme().titleFont());
    m_token->setEchoMode(QLineEdit::Password);
    m_tokenHint->setWordWrap(true);
    m_tokenHint->setFont(theme().smallFont());
    m_certificate->setWordWrap(true);
    m_certificate->setFont(theme().monoFont(11));
    m_certificate->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_certificate->hide();
    m_pin->hide();
    m_save->setLook(FlatButton::Look::Accent);
    m_more->setLook(FlatButton::Look::Plain);
    m_more->setCheckable(true);
    m_more->setToolTip(tr("Certificates, proxy, token command and what Open uses"));
    auto* form = new QFormLayout;
    buildForm(*form);
    // All of it scrolls: fields must never be squeezed by what is found.
    auto* content = new QWidget;
    auto* inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(10);
    inside->addLayout(form);
    inside->addWidget(m_diagnosis);
    inside->addWidget(m_certificate);
    inside->addStretch(1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addWidget(m_pin);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(m_heading);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(buttons);
    for (QLineEdit* field :
         {m_address, m_token, m_caFile, m_fingerprint, m_clientCert, m_clientKey, m_proxy, m_tokenCommand}) {
        connect(field, &QLineEdit::textEdited, this, &ConnectionEditor::inputChanged);
    }
    connect(m_address, &QLineEdit::returnPressed, m_test, &QAbstractButton::click);
    connect(m_token, &QLineEdit::returnPressed, m_test, &QAbstractButton::click);
    connect(m_find, &QAbstractButton::clicked, this, &ConnectionEditor::findRequested);
    connect(m_more, &QAbstractButton::toggled, this, &ConnectionEditor::showAdvanced);
    connect(m_test, &QAbstractButton::clicked, this, [this] { Q_EMIT testRequested(draft()); });
    connect(m_pin, &QAbstractButton::clicked, this, &ConnectionEditor::pin);
    connect(m_save, &QAbstractButton::clicked, this, [this] { Q_EMIT saveRequested(draft()); });
    connect(m_cancel, &QAbstractButton::clicked, this, &ConnectionEditor::cancelRequested);
}

void ConnectionEditor::buildForm(QFormLayout& form)
{
    form.setHorizontalSpacing(16);
    form.setVerticalSpacing(8);
    form.setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* address = new QHBoxLayout;
    address->setSpacing(8);
    address->addWidget(m_address, 1);
    address->addWidget(m_find);
    form.addRow(tr("Address"), address);
    form.addRow(tr("Name"), m_label);
    form.addRow(tr("Token"), m_token);
    form.addRow(QString(), m_tokenHint);
    auto* advanced = new QFormLayout(m_advanced);
    advanced->setContentsMargins(0, 0, 0, 0);
    advanced->setHorizontalSpacing(16);
    advanced->setVerticalSpacing(8);
    advanced->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    advanced->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    advanced->addRow(tr("CA file"), m_caFile);
    advanced->addRow(tr("Pinned certificate"), m_fingerprint);
    advanced->addRow(tr("Client certificate"), m_clientCert);
    advanced->addRow(tr("Client key"), m_clientKey);
    advanced->addRow(tr("Proxy"), m_proxy);
    advanced->addRow(tr("Token command"), m_tokenCommand);
    advanced->addRow(tr("Open with"), m_openWith);
    m_advanced->hide();
    form.addRow(m_advanced);
    form.addRow(m_more);
}

void ConnectionEditor::showResult()
{
    // After the layout has seen the new lines; before, places and bars are those of the old ones.
    QTimer::singleShot(0, this, [this] {
        QWidget* last = m_certificate->isVisibleTo(this) ? static_cast<QWidget*>(m_certificate) : m_diagnosis;
        m_scroll->ensureWidgetVisible(last, 0, 8);
    });
}

void ConnectionEditor::showAdvanced(bool shown)
{
    m_advanced->setVisible(shown);
    m_more->setText(shown ? tr("Less") : tr("More"));
}

void ConnectionEditor::edit(const ConnectionDraft& draft)
{
    m_draft = draft;
    m_result = {};
    m_tested = false;
    m_testing = false;
    m_heading->setText(draft.id.isEmpty() ? tr("Add a source") : tr("Source %1").arg(draft.label));
    m_address->setText(draft.address);
    m_label->setText(draft.label);
    m_token->clear();
    m_token->setPlaceholderText(draft.id.isEmpty() ? tr("only where the server asks for one")
                                                   : tr("leave empty to keep the one that is stored"));
    m_caFile->setText(draft.caFile);
    m_fingerprint->setText(draft.fingerprint);
    m_clientCert->setText(draft.clientCertFile);
    m_clientKey->setText(draft.clientKeyFile);
    m_proxy->setText(draft.proxy);
    m_tokenCommand->setText(draft.tokenCommand);
    m_openWith->setText(draft.openWith);
    m_more->setChecked(!draft.caFile.isEmpty() || !draft.fingerprint.isEmpty() || !draft.clientCertFile.isEmpty()
                       || !draft.proxy.isEmpty() || !draft.tokenCommand.isEmpty());
    m_certificate->hide();
    m_pin->hide();
    m_diagnosis->setMessage(
        draft.locked
            ? tr("Your team set this source up. It can be tested and paused, not changed.")
            : tr("Docker, Podman and Pulse are recognised by themselves. Nothing is ever written to a source."));
    for (QLineEdit* field : {m_address, m_label, m_token, m_caFile, m_fingerprint, m_clientCert, m_clientKey, m_proxy,
                             m_tokenCommand, m_openWith}) {
        field->setReadOnly(draft.locked);
    }
    refreshButtons();
    m_address->setFocus(Qt::OtherFocusReason);
}

ConnectionDraft ConnectionEditor::draft() const
{
    ConnectionDraft out = m_draft;
    out.address = m_tested && !m_result.address.isEmpty() ? m_result.address : m_address->text().trimmed();
    out.kind = m_tested && !m_result.kind.isEmpty() ? m_result.kind : m_draft.kind;
    out.label = m_label->text().trimmed();
    out.token = m_token->text();
    out.caFile = m_caFile->text().trimmed();
    out.fingerprint = m_fingerprint->text().trimmed();
    out.clientCertFile = m_clientCert->text().trimmed();
    out.clientKeyFile = m_clientKey->text().trimmed();
    out.proxy = m_proxy->text().trimmed();
    out.tokenCommand = m_tokenCommand->text().trimmed();
    out.openWith = m_openWith->text().trimmed();
    return out;
}

void ConnectionEditor::setFound(const std::vector<ConnectionDraft>& found, const QString& noneText)
{
    if (found.empty()) {
        m_diagnosis->setMessage(noneText);
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ConnectionDraft& one : found) {
        connect(menu->addAction(one.label + QStringLiteral("   ") + one.address), &QAction::triggered, this,
                [this, one] {
                    m_address->setText(one.address);
                    if (m_label->text().isEmpty()) {
                        m_label->setText(one.label);
                    }
                    inputChanged();
                    m_test->click();
                });
    }
    menu->popup(m_find->mapToGlobal(QPoint(0, m_find->height() + 2)));
}

void ConnectionEditor::setSecretPlace(const QString& text)
{
    m_tokenHint->setText(text);
    QPalette dim = m_tokenHint->palette();
    dim.setColor(QPalette::WindowText, theme().colors.text3);
    m_tokenHint->setPalette(dim);
}

void ConnectionEditor::inputChanged()
{
    if (m_testing) { // the answer on its way is about what stood here before
        m_testing = false;
        m_diagnosis->setMessage(tr("Changed meanwhile: test again."));
    }
    m_tested = false;
    m_certificate->hide();
    m_pin->hide();
    refreshButtons();
}

void ConnectionEditor::refreshButtons()
{
    m_test->setEnabled(!m_testing && !m_address->text().trimmed().isEmpty());
    m_test->setText(m_testing ? tr("Testing …") : tr("Test"));
    m_test->updateGeometry();
    const bool known = m_tested ? !m_result.kind.isEmpty() : !m_draft.kind.isEmpty();
    m_save->setEnabled(!m_draft.locked && !m_testing && known && !m_address->text().trimmed().isEmpty());
    m_save->setToolTip(m_save->isEnabled() ? QString() : tr("Test first: the kind of source is recognised by it"));
    m_find->setEnabled(!m_draft.locked);
}

void ConnectionEditor::setTesting()
{
    m_testing = true;
    m_diagnosis->setMessage(tr("Trying …"));
    refreshButtons();
}

void ConnectionEditor::setDiagnosis(const Diagnosis& diagnosis)
{
    if (!m_testing) {
        return;
    }
    m_testing = false;
    m_tested = true;
    m_result = diagnosis;
    m_diagnosis->setLines(diagnosis.lines);
    m_certificate->setVisible(diagnosis.offersPin);
    m_pin->setVisible(diagnosis.offersPin && !m_draft.locked);
    m_pin->setText(diagnosis.certificateChanged ? tr("Pin the new certificate") : tr("Pin this certificate"));
    m_certificate->setText(diagnosis.certificate + u'\n' + diagnosis.fingerprint);
    showResult();
    if (diagnosis.needsToken) {
        m_token->setFocus(Qt::OtherFocusReason);
    }
    refreshButtons();
}

void ConnectionEditor::setProblem(const QString& text)
{
    m_diagnosis->setLines({{tr("Not saved"), text, Severity::Critical}});
}

void ConnectionEditor::pin()
{
    m_fingerprint->setText(m_result.fingerprint);
    m_more->setChecked(true);
    inputChanged();
    m_test->click();
}

} // namespace tracedeck
