// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metric_code.h"
#include "models/roles.h"

#include <QAbstractButton>
#include <QColor>
#include <cstdint>
#include <optional>
#include <vector>

namespace tracedeck {

/// "■ 13 stopped": a count that filters when clicked; an en dash until it is known.
class CountButton : public QAbstractButton {
    Q_OBJECT

public:
    CountButton(QString status, const QString& word, Severity severity, QWidget* parent);

    [[nodiscard]] const QString& status() const { return m_status; }
    void setCount(std::uint32_t count);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_status;
    Severity m_severity;
    QString m_count;
};

/// "CPU 38% ~~~": a number that is shown, and for percentages its course over the last samples.
class MeanLabel : public QWidget {
    Q_OBJECT

public:
    MeanLabel(QString title, bool withCourse, int seriesIndex, QWidget* parent);

    /// Shows the text; a sample is added to the course when it is known.
    void setValue(const QString& text, std::optional<double> percent);
    /// A course known otherwise; from then on single samples do not add to it.
    void setCourse(MetricId metric, std::vector<MetricCode> course);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int textWidth() const;

    QString m_title;
    QString m_text;
    bool m_withCourse;
    int m_series;
    std::vector<float> m_course; ///< percent, oldest first; pre-sized ring
    std::size_t m_filled = 0;
    MetricId m_metric = MetricId::Cpu;
    std::vector<MetricCode> m_known; ///< set by setCourse
};

} // namespace tracedeck
