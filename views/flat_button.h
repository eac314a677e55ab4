// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QAbstractButton>
#include <cstdint>

class QMenu;

namespace tracedeck {

/// The one button shape of the window: a quiet rounded box with, in this order, a status shape or icon, a
/// text, a key hint and a chevron. Used for menus ("Columns"), commands and notices.
class FlatButton : public QAbstractButton {
    Q_OBJECT

public:
    enum class Look : std::uint8_t { Bordered, Plain, Accent };

    explicit FlatButton(const QString& text = {}, QWidget* parent = nullptr);

    void setLook(Look look);
    void setIconName(const QString& name);
    void setSeverity(Severity severity);
    void setKeyHint(const QString& keys);
    /// Shows the chevron and opens the menu below the button on click.
    void setPopupMenu(QMenu* menu);
    /// The chevron alone, for whoever opens something else than a menu.
    void setChevron(bool shown);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int keyHintWidth() const;
    void openPopup();

    Look m_look = Look::Bordered;
    QString m_iconName;
    Severity m_severity = Severity::None;
    QString m_keyHint;
    QMenu* m_menu = nullptr;
    bool m_chevron = false;
};

} // namespace tracedeck
