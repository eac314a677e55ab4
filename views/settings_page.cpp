// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/settings_page.h"

#include "views/theme.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QSet>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {

namespace {

constexpr int kColumnWidth = 860;
const QString& onId()
{
    static const QString id = QStringLiteral("on");
    return id;
}

QString choiceId(const QVariant& value)
{
    return value.typeId() == QMetaType::Bool ? (value.toBool() ? onId() : QStringLiteral("off")) : value.toString();
}

bool isSwitch(const SettingItem& item)
{
    return item.choices.size() == 2 && item.choices[1].id == onId();
}

QWidget* transparentWidget(QWidget* parent)
{
    auto* widget = new QWidget(parent);
    widget->setAutoFillBackground(false);
    return widget;
}

/// A number with a frame that shows in every theme: the style's own is darker than the window, so black on black.
class NumberBox final : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QDoubleSpinBox::paintEvent(event);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? theme().colors.accent : theme().colors.line);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
};

} // namespace

SettingItem switchItem(const QString& path, const QString& section, const QString& title, const QString& hint, bool on)
{
    SettingItem item;
    item.path = path;
    item.section = section;
    item.title = title;
    item.hint = hint;
    item.choices = {{QStringLiteral("off"), SettingsPage::tr("Off")}, {onId(), SettingsPage::tr("On")}};
    item.value = on;
    return item;
}

SettingsPage::SettingsPage(QWidget* parent)
    : Page(parent), m_scroll(new QScrollArea(this)), m_nothing(new QLabel(tr("No setting has these words."), this))
{
    auto* content = transparentWidget(m_scroll);
    auto* column = transparentWidget(content);
    column->setMaximumWidth(theme().scaled(kColumnWidth));
    m_list = new QVBoxLayout(column);
    m_list->setContentsMargins(24, 12, 24, 24);
    m_list->setSpacing(0);
    m_list->addWidget(m_nothing);
    m_list->addStretch(1);
    auto* middle = new QHBoxLayout(content);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->addWidget(column, 1);
    middle->addStretch(0);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    m_nothing->hide();
}

void SettingsPage::setItems(const std::vector<SettingItem>& items)
{
    for (const SettingItem& item : items) {
        m_lines.push_back({.item = item});
    }
}

void SettingsPage::build()
{
    if (m_built) {
        return;
    }
    m_built = true;
    for (Line& line : m_lines) {
        addLine(line);
    }
    applyLooks();
    applyFilter();
}

void SettingsPage::showEvent(QShowEvent* event)
{
    build();
    Page::showEvent(event);
}

QWidget* SettingsPage::makeEditor(const SettingItem& item)
{
    const QString path = item.path;
    if (item.kind == SettingItem::Kind::Choice) {
        auto* bar = new SegmentBar(item.choices, this);
        bar->setCurrent(choiceId(item.value));
        connect(bar, &SegmentBar::activated, this, [this, path, onOff = isSwitch(item)](const QString& id) {
            Q_EMIT edited(path, onOff ? QVariant(id == onId()) : QVariant(id));
        });
        return bar;
    }
    if (item.kind == SettingItem::Kind::Number) {
        auto* box = new NumberBox(this);
        box->setAlignment(Qt::AlignRight);
        box->setDecimals(0);
        box->setRange(item.minimum, item.maximum);
        box->setSingleStep(item.step);
        box->setSuffix(item.unit);
        box->setValue(item.value.toDouble());
        box->setFixedWidth(theme().scaled(110));
        box->setKeyboardTracking(false); // a number half typed is not meant yet
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, path](double value) { Q_EMIT edited(path, value); });
        return box;
    }
    auto* text = new QLabel(item.value.toString(), this);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return text;
}

void SettingsPage::addLine(Line& line)
{
    const SettingItem& item = line.item;
    if (!m_headings.contains(item.section)) {
        auto* heading = new QLabel(item.section, this);
        heading->setContentsMargins(0, 18, 0, 6);
        m_headings.insert(item.section, heading);
        m_list->insertWidget(m_list->count() - 1, heading);
    }
    line.row = transparentWidget(this);
    line.title = new QLabel(item.title, line.row);
    line.hint = new QLabel(item.hint, line.row);
    line.hint->setWordWrap(true);
    line.hint->setVisible(!item.hint.isEmpty());
    line.editor = makeEditor(item);
    line.editor->setAccessibleName(item.title);
    if (line.item.kind != SettingItem::Kind::Choice) {
        line.editor->setAccessibleDescription(item.hint); // a choice describes itself by what is chosen
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(line.title);
    words->addWidget(line.hint);
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 7, 0, 7);
    row->setSpacing(24);
    row->addLayout(words, 1);
    row->addWidget(line.editor, 0, Qt::AlignRight | Qt::AlignVCenter);
    m_list->insertWidget(m_list->count() - 1, line.row);
}

void SettingsPage::setValue(const QString& path, const QVariant& value)
{
    for (Line& line : m_lines) {
        if (line.item.path != path) {
            continue;
        }
        line.item.value = value;
        if (auto* bar = qobject_cast<SegmentBar*>(line.editor)) {
            bar->setCurrent(choiceId(value));
        } else if (auto* box = qobject_cast<QDoubleSpinBox*>(line.editor)) {
            const QSignalBlocker quiet(box);
            box->setValue(value.toDouble());
        } else if (auto* text = qobject_cast<QLabel*>(line.editor)) {
            text->setText(value.toString());
        }
    }
}

QVariant SettingsPage::value(const QString& path) const
{
    for (const Line& line : m_lines) {
        if (line.item.path != path) {
            continue;
        }
        const SettingItem& item = line.item;
        if (item.kind == SettingItem::Kind::Choice) {
            const auto* bar = qobject_cast<const SegmentBar*>(line.editor);
            const QString id = bar != nullptr ? bar->current() : choiceId(item.value);
            return isSwitch(item) ? QVariant(id == onId()) : QVariant(id);
        }
        if (item.kind == SettingItem::Kind::Number) {
            const auto* box = qobject_cast<const QDoubleSpinBox*>(line.editor);
            return box != nullptr ? box->value() : std::clamp(item.value.toDouble(), item.minimum, item.maximum);
        }
        return item.value;
    }
    return {};
}

QueryFeedback SettingsPage::setQueryText(const QString& text)
{
    m_filter = text;
    applyFilter();
    return {};
}

void SettingsPage::applyFilter()
{
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    QSet<QString> sections;
    for (Line& line : m_lines) {
        const QString all = line.item.section + u' ' + line.item.title + u' ' + line.item.hint;
        line.fits = std::all_of(words.begin(), words.end(),
                                [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
        if (line.row != nullptr) {
            line.row->setVisible(line.fits);
        }
        if (line.fits) {
            sections.insert(line.item.section);
        }
    }
    for (auto heading = m_headings.begin(); heading != m_headings.end(); ++heading) {
        heading.value()->setVisible(sections.contains(heading.key()));
    }
    m_nothing->setVisible(sections.isEmpty());
}

QStringList SettingsPage::shownTitles() const
{
    QStringList titles;
    for (const Line& line : m_lines) {
        if (line.fits) {
            titles.append(line.item.title);
        }
    }
    return titles;
}

void SettingsPage::restoreRouteState(const QUrlQuery& state)
{
    setQueryText(state.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded));
    Q_EMIT pageChanged();
}

bool SettingsPage::peel()
{
    if (m_filter.isEmpty()) {
        return false;
    }
    setQueryText({});
    Q_EMIT pageChanged();
    return true;
}

void SettingsPage::focusContent()
{
    for (const Line& line : m_lines) {
        if (line.fits && line.editor != nullptr && line.item.kind != SettingItem::Kind::Fact) {
            line.editor->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    setFocus(Qt::OtherFocusReason);
}

PageDump SettingsPage::dump() const
{
    PageDump out;
    out.columns = {QStringLiteral("setting"), QStringLiteral("value")};
    for (const Line& line : m_lines) {
        DumpRow row;
        row.cells = {{out.columns[0], line.item.path, {}, {}},
                     {out.columns[1], value(line.item.path).toString(), value(line.item.path), line.item.unit}};
        out.rows.push_back(std::move(row));
    }
    out.shown = static_cast<quint64>(shownTitles().size());
    out.total = m_lines.size();
    return out;
}

void SettingsPage::applyLooks()
{
    const auto dim = [](QLabel* label, const QColor& color) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, color);
        label->setPalette(palette);
    };
    for (QLabel* heading : std::as_const(m_headings)) {
        heading->setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
        dim(heading, theme().colors.accent);
    }
    for (const Line& line : m_lines) {
        if (line.row == nullptr) {
            continue;
        }
        line.title->setFont(theme().baseFont());
        line.hint->setFont(theme().smallFont());
        dim(line.hint, theme().colors.text2);
        if (line.item.kind == SettingItem::Kind::Number) {
            line.editor->setFixedWidth(theme().scaled(110));
        }
    }
    m_list->parentWidget()->setMaximumWidth(theme().scaled(kColumnWidth));
}

void SettingsPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

void SettingsPage::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme().colors.window);
}

} // namespace tracedeck
