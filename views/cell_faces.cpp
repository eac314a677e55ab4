// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/cell_faces.h"

namespace tracedeck {

CellFaces::CellFaces(const Theme& from)
    : base(from.baseFont()),
      strong(from.uiFont(from.type.base, QFont::DemiBold)),
      small(from.smallFont()),
      tiny(from.tinyFont()),
      m_family(from.type.ui),
      m_scale(from.textScale)
{ }

const GlyphFace& CellFaces::mono() const
{
    if (!m_mono) {
        m_mono.emplace(theme().monoFont());
    }
    return *m_mono;
}

bool CellFaces::fits(const Theme& wanted) const
{
    return m_family == wanted.type.ui && qFuzzyCompare(m_scale, wanted.textScale);
}

const CellFaces& CellFaces::current()
{
    static std::unique_ptr<CellFaces> faces;
    if (!faces || !faces->fits(theme())) {
        faces = std::make_unique<CellFaces>(theme());
    }
    return *faces;
}

} // namespace tracedeck
