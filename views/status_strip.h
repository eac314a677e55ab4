// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/source_badge.h"

#include <QTimer>
#include <QWidget>
#include <functional>

namespace tracedeck {

/// The status bar: every source once with its state and age, one transient notice, and on the right when
/// the page last changed. Ages move by a 1 s ticker that runs only while the strip is visible and
/// repaints only when a text really changed.
class StatusStrip : public QWidget {
    Q_OBJECT

public:
    /// `clock` gives ns since the Unix epoch.
    explicit StatusStrip(std::function<std::int64_t()> clock, QWidget* parent = nullptr);

    void setSources(std::vector<SourceBadge> badges);
    /// Last time the visible data changed or was confirmed; 0 = never.
    void setUpdated(std::int64_t ns, bool push);
    /// Shows a sentence in the fixed notice place for some seconds; a newer one replaces it.
    void notice(const QString& text);
    [[nodiscard]] QString noticeText() const { return m_notice; }
    [[nodiscard]] QStringList texts() const { return m_texts; }
    [[nodiscard]] QString updatedText() const { return m_updatedText; }

Q_SIGNALS:
    void sourceActivated(const QString& id);
    /// Once a second while visible, before the ages are brought up to date.
    void ticked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refreshTexts();

    std::function<std::int64_t()> m_clock;
    std::vector<SourceBadge> m_badges;
    QStringList m_texts;
    std::vector<QRect> m_places;
    std::int64_t m_updatedNs = 0;
    bool m_push = false;
    QString m_updatedText;
    QString m_notice;
    QTimer m_ticker;
    QTimer m_noticeEnd;
};

} // namespace tracedeck
