// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace tracedeck {

/// A quiet row of tabs: words, the chosen one underlined, counts behind the word dimmed. Left and Right move.
class TabStrip : public QWidget {
    Q_OBJECT

public:
    struct Tab {
        QString id;
        QString text;
        QString count; ///< may be empty
    };
    explicit TabStrip(std::vector<Tab> tabs, QWidget* parent = nullptr);

    /// Adds a tab before the one with the id `before`; at the end when there is none.
    void insertTab(Tab tab, const QString& before);
    [[nodiscard]] QString current() const;
    /// Does not emit.
    void setCurrent(const QString& id);
    void setCount(const QString& id, const QString& count);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void activated(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int tabWidth(const Tab& tab) const;
    [[nodiscard]] int tabAt(int x) const;
    void choose(int index);

    std::vector<Tab> m_tabs;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace tracedeck
