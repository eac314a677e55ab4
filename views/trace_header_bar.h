// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/span_layout.h"

#include <QWidget>
#include <cstdint>
#include <vector>

namespace tracedeck {

class FlatButton;

/// The line above a trace: way back, name, service, id (a click copies it), start, duration, counts, errors,
/// and where it ran as a link. What does not fit is left out from the right.
class TraceHeaderBar : public QWidget {
    Q_OBJECT

public:
    explicit TraceHeaderBar(QWidget* parent = nullptr);

    void setTrace(const SpanTable& spans, const SpanLayout& layout, std::int32_t utcOffsetSeconds);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void backRequested();
    void idCopied(const QString& id);
    void linkActivated(const QString& link);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Role : std::uint8_t { Title, Plain, Id, Strong, Error, Link };
    struct Piece {
        Role role = Role::Plain;
        QString text;
        QString target; ///< what a click means: the id, or a link
        QRect rect;
    };
    void add(Role role, const QString& text, const QString& target = {});
    void layoutPieces();
    [[nodiscard]] QFont fontOf(Role role) const;
    [[nodiscard]] const Piece* pieceAt(QPoint at) const;

    FlatButton* m_back;
    std::vector<Piece> m_pieces;
};

} // namespace tracedeck
