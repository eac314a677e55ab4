// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/change_strip.h"

#include "views/course_text.h"
#include "views/flat_button.h"
#include "views/segment_bar.h"
#include "views/table_choice.h"
#include "views/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStringList>

namespace tracedeck {
namespace {

QString changeWord(const char* text, std::uint32_t count)
{
    return QCoreApplication::translate("ChangeStrip", text, nullptr, static_cast<int>(count)).arg(count);
}

QString comparedWith(const ChangeNote& note)
{
    if (note.seenNs == 0) {
        return QCoreApplication::translate("ChangeStrip", "nothing older is known yet");
    }
    const QString time = courseTimeText(note.seenNs, HistoryRange::Hour);
    return note.shorter ? QCoreApplication::translate("ChangeStrip", "compared with %1, when watching began").arg(time)
                        : QCoreApplication::translate("ChangeStrip", "compared with %1").arg(time);
}

std::vector<Segment> windowSegments()
{
    std::vector<Segment> segments;
    for (const int minutes : kChangeWindows) {
        segments.push_back({QString::number(minutes), ChangeStrip::tr("%1 min").arg(minutes)});
    }
    return segments;
}

} // namespace

QString changeNoteText(const ChangeNote& note)
{
    QStringList parts{comparedWith(note)};
    const auto add = [&parts](const char* text, std::uint32_t count) {
        if (count > 0) {
            parts.append(changeWord(text, count));
        }
    };
    const ChangeTally& tally = note.tally;
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 new"), tally.fresh);
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 gone"), tally.gone);
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 restarted"), tally.restarted);
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 moved"), tally.moved);
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 with another image"), tally.image);
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 in another state"), tally.state);
    if (parts.size() == 1 && note.seenNs != 0) {
        parts.append(QCoreApplication::translate("ChangeStrip", "nothing changed"));
    }
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 of sources not watched then"), note.untold);
    add(QT_TRANSLATE_NOOP("ChangeStrip", "%1 gone and not kept"), note.lost);
    return parts.join(QStringLiteral(" \u00b7 "));
}

ChangeStrip::ChangeStrip(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(tr("Changed in the last"), this)),
      m_windows(new SegmentBar(windowSegments(), this)),
      m_note(new QLabel(this)),
      m_cross(new FlatButton(QString(), this))
{
    m_windows->setAccessibleName(m_title->text());
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_cross->setLook(FlatButton::Look::Plain);
    m_cross->setIconName(QStringLiteral("close"));
    m_cross->setAccessibleName(tr("Show all rows again"));
    m_cross->setToolTip(tr("Show all rows again  Ctrl+D"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(14, 4, 10, 5);
    line->setSpacing(8);
    line->addWidget(m_title);
    line->addWidget(m_windows);
    line->addWidget(m_note, 1);
    line->addWidget(m_cross);
    connect(m_windows, &SegmentBar::activated, this, [this](const QString& id) { Q_EMIT minutesChosen(id.toInt()); });
    connect(m_cross, &QAbstractButton::clicked, this, [this] { Q_EMIT minutesChosen(0); });
    applyLooks();
    hide();
}

void ChangeStrip::setMinutes(int minutes)
{
    setVisible(minutes != 0);
    if (minutes != 0) {
        m_windows->setCurrent(QString::number(minutes));
    }
}

void ChangeStrip::setNote(const ChangeNote& note)
{
    const QString text = note.minutes == 0 ? QString() : changeNoteText(note);
    if (text != m_note->text()) {
        m_note->setText(text);
        m_note->setToolTip(text);
        m_note->setAccessibleName(text);
    }
}

QString ChangeStrip::text() const
{
    return m_note->text();
}

void ChangeStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.raised);
    painter.fillRect(0, height() - 1, width(), 1, theme().colors.line);
}

void ChangeStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

void ChangeStrip::applyLooks()
{
    m_title->setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
    m_note->setFont(theme().baseFont());
    QPalette dim = m_note->palette();
    if (dim.color(QPalette::WindowText) != theme().colors.text2) {
        dim.setColor(QPalette::WindowText, theme().colors.text2);
        m_note->setPalette(dim);
    }
}

} // namespace tracedeck
