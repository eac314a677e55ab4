// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QMetaType>
#include <QString>

namespace tracedeck {

struct TableColumn;

/// What a cell is, so that the one delegate knows its lanes.
enum class CellKind : quint8 {
    Text, ///< words; `secondary` follows dimmed
    Name, ///< the row's name; `secondary` is an id or second name
    Number, ///< right-aligned number and unit
    Metric, ///< number, unit, thin bar, `secondary` (size or capacity)
    Status, ///< shape, word, `secondary` (reason)
    Badge, ///< short word in a box
    Tags, ///< words in boxes, separated by kTagSeparator
    Group ///< part of a group header; the header is painted as a whole
};

inline constexpr QChar kTagSeparator{0x1f};

/// Everything a delegate asks about a cell, in one answer. Semantic: no colours, fonts or pixels.
/// Missing values have state Missing and an en dash as text; the first sample of a rate has state
/// Pending. The object belongs to the model and is valid until its next call.
struct CellContent {
    CellKind kind = CellKind::Text;
    CellState state = CellState::Value;
    Severity severity = Severity::None; ///< of the value, e.g. past a threshold
    Emphasis emphasis = Emphasis::Normal; ///< outlier of its column
    bool vanished = false; ///< the row left the table while the order is held
    bool hasValue = false;
    bool hasFraction = false;
    double fraction = 0; ///< 0 to 1 of the bar, when hasFraction
    double value = 0; ///< number behind the text, when hasValue; unit as the column states
    QString text; ///< number, name, word
    QString unit; ///< "%", "GiB", "MB/s"; may be empty
    QString secondary; ///< dimmed text beside it; may be empty
    const TableColumn* column = nullptr;

    /// Back to an empty text cell of `owner`; keeps the capacity of the texts.
    void clear(const TableColumn* owner);
    /// Number and unit as one reads and copies them: "74%", "5.9 GiB".
    [[nodiscard]] QString joinedText() const;
};

} // namespace tracedeck

Q_DECLARE_METATYPE(const tracedeck::CellContent*)
