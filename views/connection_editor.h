// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/connection_draft.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace tracedeck {

class DiagnosisView;
class FlatButton;

/// The form of one connection: paste an address or choose what was found, test, pin, save. Saving is
/// possible once a test said what listens there.
class ConnectionEditor : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionEditor(QWidget* parent = nullptr);

    void edit(const ConnectionDraft& draft);
    [[nodiscard]] ConnectionDraft draft() const;
    /// What "Found on this machine" offers: label and address.
    void setFound(const std::vector<ConnectionDraft>& found, const QString& noneText);
    /// Where a token will lie.
    void setSecretPlace(const QString& text);
    void setTesting();
    /// The outcome of the test that is running; ignored when the input changed or another source is edited
    /// since.
    void setDiagnosis(const Diagnosis& diagnosis);
    [[nodiscard]] DiagnosisView* diagnosis() const { return m_diagnosis; }
    void setProblem(const QString& text);

Q_SIGNALS:
    void testRequested(const tracedeck::ConnectionDraft& draft);
    void saveRequested(const tracedeck::ConnectionDraft& draft);
    void cancelRequested();
    /// Only after this click are ports and sockets of this machine looked at.
    void findRequested();

private:
    void buildForm(QFormLayout& form);
    void inputChanged();
    void pin();
    void refreshButtons();
    void showAdvanced(bool shown);
    void showResult();

    ConnectionDraft m_draft;
    Diagnosis m_result;
    bool m_tested = false;
    bool m_testing = false;
    QLabel* m_heading;
    QLineEdit* m_address;
    QLineEdit* m_label;
    QLineEdit* m_token;
    QLabel* m_tokenHint;
    QWidget* m_advanced;
    QLineEdit* m_caFile;
    QLineEdit* m_fingerprint;
    QLineEdit* m_clientCert;
    QLineEdit* m_clientKey;
    QLineEdit* m_proxy;
    QLineEdit* m_tokenCommand;
    QLineEdit* m_openWith;
    FlatButton* m_find;
    FlatButton* m_more;
    FlatButton* m_test;
    FlatButton* m_pin;
    FlatButton* m_save;
    FlatButton* m_cancel;
    QLabel* m_certificate;
    DiagnosisView* m_diagnosis;
    QScrollArea* m_scroll;
};

} // namespace tracedeck
