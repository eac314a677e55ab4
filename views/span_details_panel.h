// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/span_layout.h"

#include <QWidget>
#include <memory>

class QLabel;

namespace tracedeck {

class FactListView;
class TabStrip;

/// The side panel of a trace: one span with what it says about itself, its attributes, resource, events
/// and links.
class SpanDetailsPanel : public QWidget {
    Q_OBJECT

public:
    explicit SpanDetailsPanel(QWidget* parent = nullptr);

    /// Shows a span; keeps the chosen tab.
    void showSpan(std::shared_ptr<const SpanTable> spans, std::shared_ptr<const SpanLayout> layout,
                  std::uint32_t position);
    [[nodiscard]] QString shownTab() const;
    void setShownTab(const QString& id);
    /// The list of the chosen tab, for copying.
    [[nodiscard]] FactListView* list() const { return m_list; }

Q_SIGNALS:
    void linkActivated(const QString& link);
    void filterRequested(const QString& name, const QString& value);
    void closeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fillTab();
    void applyFonts();

    QLabel* m_title;
    FactListView* m_summary;
    TabStrip* m_tabs;
    FactListView* m_list;
    std::shared_ptr<const SpanTable> m_spans;
    std::shared_ptr<const SpanLayout> m_layout;
    std::uint32_t m_position = SpanLayout::kNoParent;
};

} // namespace tracedeck
