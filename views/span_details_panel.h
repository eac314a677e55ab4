// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "models/fact.h"
#include "selectors/span_layout.h"

#include <QWidget>
#include <functional>
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

    /// Rows of other pages that a span's resource names, as facts with links; asked when the resource is
    /// shown, so that it answers for the rows of that moment.
    using PlaceFinder = std::function<Facts(const SpanTable& spans, std::uint32_t spanRow)>;
    void setPlaceFinder(PlaceFinder finder) { m_placeFinder = std::move(finder); }

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
    PlaceFinder m_placeFinder;
};

} // namespace tracedeck
