// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connection_set.h"
#include "views/connection_draft.h"

#include <QObject>

#include <functional>

namespace tracedeck {

class SourcesDialog;

/// The dialog of sources: what it shows and what comes of what a person does in it.
class SourcesController : public QObject {
    Q_OBJECT

public:
    /// Everything given outlives this object.
    SourcesController(ConnectionSet& set, SecretStore& secrets, Poller& poller, QThread& ioThread,
                      std::function<std::int64_t()> clock, QWidget* window, QObject* parent = nullptr);

    /// Opens the list; with an id that connection is selected.
    void openList(const QString& id = {});
    void openAdd();
    /// States and ages move on while the dialog is open.
    void refresh();
    [[nodiscard]] SourcesDialog* dialog() const { return m_dialog; }

Q_SIGNALS:
    void noticed(const QString& text);

private:
    void build();
    void edit(const QString& id);
    void test(const ConnectionDraft& draft);
    void save(const ConnectionDraft& draft);
    void find();

    ConnectionSet& m_set;
    SecretStore& m_secrets;
    Poller& m_poller;
    QThread& m_ioThread;
    std::function<std::int64_t()> m_clock;
    QWidget* m_window;
    SourcesDialog* m_dialog = nullptr;
    std::uint64_t m_test = 0; ///< the answer of an older test is dropped
};

} // namespace tracedeck
