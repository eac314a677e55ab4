// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>

namespace tracedeck {

/// What can wait until somebody sees rows: calls back once, after the first frame of a table that has any, or when
/// `latest` went by without one (nothing to show, window hidden). Deletes itself then.
class FirstRows : public QObject {
    Q_OBJECT

public:
    FirstRows(QAbstractItemView* table, std::chrono::milliseconds latest, std::function<void()> then, QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void finish();

    QPointer<QAbstractItemView> m_table;
    std::function<void()> m_then;
};

} // namespace tracedeck
