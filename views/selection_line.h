// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/selection_totals.h"

#include <QString>
#include <QWidget>

namespace tracedeck {

class FlatButton;

/// The line below a table that says what the selected rows come to: "5 selected · mean CPU 42% · 12.3 GiB".
/// It shows from two rows on.
class SelectionLine : public QWidget {
    Q_OBJECT

public:
    explicit SelectionLine(QWidget* parent = nullptr);

    void showTotals(const SelectionTotals& totals);
    [[nodiscard]] QString text() const { return m_text; }

Q_SIGNALS:
    void clearRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void place();

    QString m_text;
    FlatButton* m_clear;
};

/// The words of the line. A mean over fewer rows than are selected says over how many; unknown parts are
/// left out.
[[nodiscard]] QString selectionText(const SelectionTotals& totals);

} // namespace tracedeck
