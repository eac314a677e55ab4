// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/connection_draft.h"

#include <QDialog>
#include <vector>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace tracedeck {

class ConnectionEditor;
class FlatButton;

/// The sources of the fleet: what there is and how it is doing, and the form to add or change one. It
/// says what is wanted; connecting happens elsewhere.
class SourcesDialog : public QDialog {
    Q_OBJECT

public:
    explicit SourcesDialog(QWidget* parent = nullptr);

    void setConnections(const std::vector<ConnectionRow>& rows);
    void showList(const QString& select = {});
    void showEditor(const ConnectionDraft& draft);
    [[nodiscard]] ConnectionEditor* editor() const { return m_editor; }
    [[nodiscard]] bool isEditing() const;
    [[nodiscard]] QString currentId() const;
    [[nodiscard]] QStringList texts() const;

Q_SIGNALS:
    void addRequested();
    void editRequested(const QString& id);
    void pauseRequested(const QString& id, bool paused);
    void removeRequested(const QString& id);
    void copyRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildList();
    void refreshButtons();
    [[nodiscard]] const ConnectionRow* current() const;

    std::vector<ConnectionRow> m_rows;
    QStackedWidget* m_pages;
    QListWidget* m_list;
    QLabel* m_empty;
    ConnectionEditor* m_editor;
    FlatButton* m_add;
    FlatButton* m_edit;
    FlatButton* m_pause;
    FlatButton* m_remove;
    FlatButton* m_copy;
};

} // namespace tracedeck
