// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace tracedeck {

/// Lines of suggestion lists: text on the left, what it means dimmed on the right. The text is drawn in the
/// font of queries (`mono`) or of names.
class SuggestionDelegate : public QStyledItemDelegate {
public:
    static constexpr int kDetailRole = Qt::UserRole;
    static constexpr int kLineHeight = 26;

    SuggestionDelegate(bool mono, QObject* parent) : QStyledItemDelegate(parent), m_mono(mono) { }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    bool m_mono;
};

} // namespace tracedeck
