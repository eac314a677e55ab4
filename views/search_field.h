// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/page.h"

#include <QLineEdit>

namespace tracedeck {

/// The query line: colours fields, values and keywords while typing, underlines the place of an error.
/// What the text means is decided by whoever answers `edited` through setFeedback().
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(QWidget* parent = nullptr);

    /// Replaces the text without emitting edited(), as when another page is shown.
    void showQuery(const QString& text, const QueryFeedback& feedback);
    void setFeedback(const QueryFeedback& feedback);
    /// Whether `/` leads here at the moment; the field says so as long as it has not the keyboard. True at first.
    void setReachedBySlash(bool reached);
    [[nodiscard]] bool reachedBySlash() const { return m_reachedBySlash; }
    [[nodiscard]] bool hasError() const { return !m_feedback.error.isEmpty(); }
    [[nodiscard]] QString errorText() const { return m_feedback.error; }

Q_SIGNALS:
    /// The user changed the text; comes for every keystroke.
    void edited(const QString& text);
    /// Enter or Down: the keyboard goes to the results.
    void leaveRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void colourTokens();

    QueryFeedback m_feedback;
    bool m_reachedBySlash = true;
};

/// Character position of a byte position in the UTF-8 form of `text`.
[[nodiscard]] int characterOfByte(const QString& text, std::uint32_t byte);

} // namespace tracedeck
