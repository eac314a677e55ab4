// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace tracedeck {

/// Shows one notification on the desktop; a further one takes the place of the last.
class DesktopNotifier : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void show(const QString& title, const QString& body) = 0;
    /// Takes it away, if it is still there.
    virtual void close() = 0;

Q_SIGNALS:
    /// It was clicked.
    void activated();
};

/// org.freedesktop.Notifications on the session bus; without a bus, or nobody who answers, nothing is shown.
/// Asks only, never waits.
class DbusNotifier final : public DesktopNotifier {
    Q_OBJECT

public:
    explicit DbusNotifier(QObject* parent = nullptr);

    void show(const QString& title, const QString& body) override;
    void close() override;

private Q_SLOTS:
    void actionInvoked(uint id, const QString& action);
    void closed(uint id, uint reason);

private:
    uint m_id = 0; ///< of what is shown; 0 = nothing
};

/// Arguments of Notify(): nothing in the texts may be taken for markup.
[[nodiscard]] QVariantList notifyArguments(uint replaces, const QString& title, const QString& body);

} // namespace tracedeck
