// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QEvent>
#include <QObject>
#include <QPaintEvent>
#include <QRegion>
#include <QStringList>
#include <QTest>
#include <QWidget>

#include <map>

namespace tracedeck::tests {

/// Counts paints of whatever it is installed on; on the application: of each widget.
class PaintCounter : public QObject {
public:
    /// Watches the whole application and forgets what it saw until a moment passes in which nothing is painted.
    void startWhenCalm()
    {
        qApp->removeEventFilter(this);
        qApp->installEventFilter(this);
        paints = 1;
        for (int round = 0; round < 200 && paints != 0; ++round) {
            clear();
            QTest::qWait(30);
        }
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            ++paints;
            const QObject* of = watched->parent() != nullptr ? watched->parent() : watched; // a viewport has no name
            painted.append(QString::fromLatin1(of->metaObject()->className()));
            regions[watched] += static_cast<QPaintEvent*>(event)->region();
        }
        return QObject::eventFilter(watched, event);
    }
    /// What was painted of a widget since clear(); empty = it was left alone.
    [[nodiscard]] QRegion of(const QWidget* widget) const
    {
        const auto found = regions.find(widget);
        return found == regions.end() ? QRegion() : found->second;
    }
    /// Names of the widgets at or below `top` that were painted.
    [[nodiscard]] QStringList within(const QWidget* top) const
    {
        QStringList names;
        for (const auto& [watched, region] : regions) {
            const auto* widget = qobject_cast<const QWidget*>(watched);
            if (widget != nullptr && (widget == top || top->isAncestorOf(widget))) {
                names.append(QString::fromLatin1(widget->metaObject()->className()));
            }
        }
        return names;
    }
    void clear()
    {
        paints = 0;
        painted.clear();
        regions.clear();
    }
    int paints = 0;
    QStringList painted; ///< classes, in order

private:
    std::map<const QObject*, QRegion> regions;
};

} // namespace tracedeck::tests
