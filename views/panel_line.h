// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace tracedeck {

/// A line of controls above a table: panel colour with a hairline below, so that it looks alike on every page. Its
/// height follows the text size.
class PanelLine : public QWidget {
    Q_OBJECT

public:
    explicit PanelLine(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
};

} // namespace tracedeck
