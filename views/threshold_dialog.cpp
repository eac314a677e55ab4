// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/threshold_dialog.h"

#include "views/flat_button.h"
#include "views/theme.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <utility>

namespace tracedeck {
namespace {

constexpr double kAsAll = -1;

QDoubleSpinBox* thresholdField(const MetricThreshold& general, const QString& unit, QWidget* parent)
{
    auto* field = new QDoubleSpinBox(parent);
    field->setRange(kAsAll, 1000);
    field->setDecimals(0);
    field->setSuffix(unit);
    field->setSpecialValueText(general.critical > 0
                                   ? ThresholdDialog::tr("as all rows (%1%2)").arg(general.critical).arg(unit)
                                   : ThresholdDialog::tr("as all rows (off)"));
    return field;
}

} // namespace

ThresholdDialog::ThresholdDialog(const ThresholdRules& general, RowThresholds row, bool withTemperature,
                                 QWidget* parent)
    : QDialog(parent), m_row(std::move(row))
{
    setWindowTitle(tr("Thresholds of %1").arg(QString::fromStdString(m_row.name)));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* title = new QLabel(windowTitle(), this);
    title->setFont(theme().titleFont());
    auto* hint = new QLabel(tr("Critical from this value on, a warning %1 below. 0 switches a metric off for this row. "
                               "The row keeps them by its id, or by its name when it is made anew.")
                                .arg(general.cpu.warnBelow),
                            this);
    hint->setWordWrap(true);
    hint->setMinimumWidth(theme().scaled(380));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    const std::array<QString, kThresholdMetrics> names{tr("CPU"), tr("Memory"), tr("Disk"), tr("Temperature")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto metric = static_cast<ThresholdMetric>(i);
        if (metric == ThresholdMetric::Temperature && !withTemperature) {
            continue;
        }
        const QString unit = metric == ThresholdMetric::Temperature ? QStringLiteral(" \u00b0C") : QStringLiteral("%");
        m_fields[i] = thresholdField(general.of(metric), unit, this);
        m_fields[i]->setValue(m_row.critical[i].value_or(kAsAll));
        m_fields[i]->setAccessibleName(names[i]);
        form->addRow(names[i], m_fields[i]);
    }
    auto* reset = new FlatButton(tr("As all rows"), this);
    auto* cancel = new FlatButton(tr("Cancel"), this);
    auto* keep = new FlatButton(tr("Keep"), this);
    keep->setLook(FlatButton::Look::Accent);
    keep->setFocus();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(reset);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(keep);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addLayout(form);
    layout->addLayout(buttons);
    connect(reset, &QAbstractButton::clicked, this, [this] {
        for (QDoubleSpinBox* field : m_fields) {
            if (field != nullptr) {
                field->setValue(kAsAll);
            }
        }
    });
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(keep, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(thresholds()); });
}

RowThresholds ThresholdDialog::thresholds() const
{
    RowThresholds row = m_row;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i] != nullptr) {
            const double value = m_fields[i]->value();
            row.critical[i] = value < 0 ? std::optional<double>() : std::optional<double>(value);
        }
    }
    return row;
}

QDoubleSpinBox* ThresholdDialog::field(ThresholdMetric metric) const
{
    return m_fields[static_cast<std::size_t>(metric)];
}

} // namespace tracedeck
