// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/group_header_painter.h"

#include "core/number_format.h"
#include "models/cell_text.h"
#include "models/roles.h"
#include "views/cell_faces.h"
#include "views/paint_ink.h"
#include "views/status_shape.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

namespace tracedeck {
namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("GroupHeader", text);
}

QString percent(double value)
{
    return QString::fromStdString(formatPercent(value).joined());
}

/// A mean with its basis: over all rows, or "of 7" when some do not report it.
QString meanOf(const char* text, double value, std::uint32_t rows, std::uint32_t shown)
{
    const QString mean = say(text).arg(percent(value));
    return rows == shown || rows == 0 ? mean : say(QT_TRANSLATE_NOOP("GroupHeader", "%1 of %2")).arg(mean).arg(rows);
}

QString worstWord(std::uint8_t worst)
{
    switch (static_cast<Severity>(worst)) {
    case Severity::Critical:
        return say(QT_TRANSLATE_NOOP("GroupHeader", "worst: down"));
    case Severity::Warning:
        return say(QT_TRANSLATE_NOOP("GroupHeader", "worst: degraded"));
    case Severity::Unknown:
        return say(QT_TRANSLATE_NOOP("GroupHeader", "worst: unknown"));
    case Severity::Ok:
    case Severity::None:
        break;
    }
    return {};
}

void paintTriangle(QPainter& painter, QPointF center, bool collapsed)
{
    constexpr qreal kHalf = 3.5;
    constexpr qreal kDepth = 2.25;
    const std::array<QPointF, 3> right{center + QPointF(-kDepth, -kHalf), center + QPointF(-kDepth, kHalf),
                                       center + QPointF(kDepth, 0)};
    const std::array<QPointF, 3> down{center + QPointF(-kHalf, -kDepth), center + QPointF(kHalf, -kDepth),
                                      center + QPointF(0, kDepth)};
    const QBrush brushBefore = painter.brush(); // save() would copy the whole state; texts set their pen
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(inkBrush(theme().colors.text3));
    painter.drawConvexPolygon(collapsed ? right.data() : down.data(), static_cast<int>(right.size()));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(brushBefore);
}

} // namespace

QString groupHeaderLabel(const PlanGroup& group)
{
    return group.label.empty() ? say(QT_TRANSLATE_NOOP("GroupHeader", "Standalone"))
                               : QString::fromStdString(group.label);
}

QString groupHeaderDetail(const PlanGroup& group)
{
    QStringList parts;
    if (!group.detail.empty()) {
        parts += QString::fromStdString(group.detail);
    }
    parts += shownOfTotal(group.shown, group.total);
    if (group.hasCpu) {
        parts += meanOf(QT_TRANSLATE_NOOP("GroupHeader", "mean CPU %1"), group.cpuPercent, group.cpuRows, group.shown);
    }
    if (group.hasMemory) {
        parts += meanOf(QT_TRANSLATE_NOOP("GroupHeader", "mean memory %1"), group.memoryPercent, group.memoryRows,
                        group.shown);
    }
    if (group.hasMemoryUsed) {
        parts += say(QT_TRANSLATE_NOOP("GroupHeader", "%1 used"))
                     .arg(QString::fromStdString(formatBytesBinary(group.memoryUsedBytes).joined()));
    }
    const QString worst = worstWord(group.worst);
    if (!worst.isEmpty()) {
        parts += worst;
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

void GroupHeaderPainter::paint(QPainter& painter, const QRect& row, int number, const PlanGroup& group, bool hovered)
{
    Words& words = m_words[static_cast<std::size_t>(number) % kKept];
    if (words.group != group) {
        words = {group, groupHeaderLabel(group), groupHeaderDetail(group)};
    }
    const ThemeColors& colors = theme().colors;
    const CellFaces& faces = CellFaces::current();
    painter.fillRect(row, hovered ? colors.hover : colors.raised);
    painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), colors.line);
    constexpr int kInset = 16; // per level
    const qreal middle = row.top() + row.height() / 2.0;
    const qreal edge = row.left() + group.depth * kInset;
    paintTriangle(painter, QPointF(edge + 11, middle), group.collapsed);
    paintStatusShape(painter, QPointF(edge + 25, middle), static_cast<Severity>(group.worst));
    qreal left = edge + 36;
    left += faces.strong.draw(painter, left, row.top() + faces.strong.baselineIn(row.height()), words.label,
                              colors.text, row.right() - left);
    left += 8;
    faces.small.draw(painter, left, row.top() + faces.small.baselineIn(row.height()), words.detail, colors.text2,
                     row.right() - left - 8);
}

} // namespace tracedeck
