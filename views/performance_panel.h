// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>
#include <vector>

class QPainter;

namespace tracedeck {

/// What the performance panel prints.
struct PerformanceFigures {
    struct Line {
        QString name;
        QStringList values; ///< one per column
        bool operator==(const Line&) const = default;
    };
    QStringList columns; ///< of the stages: "last", "median" …
    std::vector<Line> stages;
    std::vector<Line> counters; ///< one value each
    std::vector<Line> sources; ///< per source, how many of its answers cost nothing; one value each
    bool operator==(const PerformanceFigures&) const = default;
};

/// F12: the app's own work in figures, below the page. It repaints only when a figure changed, and only
/// itself.
class PerformancePanel : public QWidget {
    Q_OBJECT

public:
    explicit PerformancePanel(QWidget* parent = nullptr);

    void setFigures(const PerformanceFigures& figures);
    /// Every line as tab-separated text, for tests and screen readers.
    [[nodiscard]] QStringList lines() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// Lines below the heading of each column, so that all columns fit into `width`.
    [[nodiscard]] int linesFor(int width) const;
    void fitHeight();
    void paintStages(QPainter& painter, int line) const;
    void paintColumns(QPainter& painter, int line) const;

    PerformanceFigures m_figures;
};

} // namespace tracedeck
