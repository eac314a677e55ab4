// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/glyph_face.h"
#include "views/theme.h"

#include <memory>
#include <optional>

namespace tracedeck {

/// The faces table cells are drawn with, built from the theme in use and rebuilt when its fonts change.
class CellFaces {
public:
    /// The faces of the theme in use. GUI thread only; the reference is good until the next call.
    static const CellFaces& current();

    explicit CellFaces(const Theme& from);

    GlyphFace base;
    GlyphFace strong; ///< semi-bold: values past a threshold, group labels
    GlyphFace small;
    GlyphFace tiny;
    /// Durations of the timeline; made when first asked for.
    [[nodiscard]] const GlyphFace& mono() const;

private:
    [[nodiscard]] bool fits(const Theme& wanted) const;
    QString m_family;
    double m_scale = 1;
    mutable std::optional<GlyphFace> m_mono;
};

} // namespace tracedeck
