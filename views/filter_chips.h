// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

class QMenu;

namespace tracedeck {

class FlatButton;

/// One restriction that can be taken away by itself.
struct FilterChip {
    QString text; ///< "cpu>80", "source docker"
    std::function<void()> remove;
};

/// The restrictions in force as chips in the room a line has left. A click takes one away, so do Space,
/// Enter, Delete and Backspace on it; Left and Right go from chip to chip. What does not fit stands in a
/// menu behind "+n", so the line never grows.
class FilterChips : public QWidget {
    Q_OBJECT

public:
    explicit FilterChips(QWidget* parent = nullptr);

    void setChips(std::vector<FilterChip> chips);
    /// Texts of the chips in sight, then of those in the menu.
    [[nodiscard]] QStringList texts() const;
    [[nodiscard]] int visibleChips() const { return m_fitting; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    void fillMenu();
    void focusChip(int index);

    std::vector<FilterChip> m_chips;
    std::vector<FlatButton*> m_buttons; ///< as many as ever were needed
    FlatButton* m_more;
    QMenu* m_menu;
    int m_fitting = 0;
};

/// Chips for the parts of a query; `take` gets the text without the part.
[[nodiscard]] std::vector<FilterChip> queryChips(const QString& query, const std::function<void(QString)>& take);

} // namespace tracedeck
