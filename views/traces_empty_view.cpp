// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/traces_empty_view.h"

#include "core/number_format.h"
#include "models/plural_text.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace tracedeck {

QString environmentLines(const QString& endpoint, const QString& protocol)
{
    return QStringLiteral("export OTEL_EXPORTER_OTLP_ENDPOINT=%1\nexport OTEL_EXPORTER_OTLP_PROTOCOL=%2")
        .arg(endpoint, protocol);
}

TracesEmptyView::TracesEmptyView(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_hint(new QLabel(this)),
      m_blocks(new QWidget(this)),
      m_counts(new QLabel(this)),
      m_clear(new FlatButton(tr("Clear all filters"), this))
{
    for (QLabel* label : {m_title, m_hint, m_counts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* blocks = new QVBoxLayout(m_blocks);
    blocks->setContentsMargins(0, 0, 0, 0);
    blocks->setSpacing(12);
    blocks->addWidget(addBlock(tr("OTLP over HTTP"), &m_httpLines, QStringLiteral("http/protobuf")));
    blocks->addWidget(addBlock(tr("OTLP over gRPC"), &m_grpcLines, QStringLiteral("grpc")));
    auto* column = new QVBoxLayout;
    column->setSpacing(12);
    column->addStretch(1);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_hint), m_blocks, static_cast<QWidget*>(m_counts)}) {
        column->addWidget(widget);
    }
    column->addWidget(m_clear, 0, Qt::AlignLeft);
    column->addStretch(2);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(24, 24, 24, 24);
    row->addStretch(1);
    row->addLayout(column, 4);
    row->addStretch(1);
    connect(m_clear, &FlatButton::clicked, this, &TracesEmptyView::clearRequested);
    applyLooks();
    setInfo({});
}

QWidget* TracesEmptyView::addBlock(const QString& title, QLabel** lines, const QString& protocol)
{
    auto* block = new QWidget(m_blocks);
    auto* name = new QLabel(title, block);
    name->setObjectName(QStringLiteral("blockTitle"));
    auto* text = new QLabel(block);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* copy = new FlatButton(tr("Copy"), block);
    copy->setAccessibleName(tr("Copy the lines for %1").arg(title));
    auto* body = new QHBoxLayout;
    body->addWidget(text, 1);
    body->addWidget(copy, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(name);
    layout->addLayout(body);
    connect(copy, &FlatButton::clicked, this, [this, text, protocol] {
        QApplication::clipboard()->setText(text->text());
        Q_EMIT copied(tr("Copied the environment lines for %1").arg(protocol));
    });
    *lines = text;
    return block;
}

void TracesEmptyView::setInfo(const ReceiveInfo& info)
{
    m_info = info;
    m_clear->hide();
    // Who could not be asked has not said 0 either.
    m_counts->setVisible(info.problem.isEmpty() || info.requests > 0 || info.rejected > 0);
    m_title->setText(info.problem.isEmpty() ? tr("No traces yet") : tr("The collector is not receiving"));
    if (!info.problem.isEmpty()) {
        m_hint->setText(info.problem);
    } else if (info.httpEndpoint.isEmpty()) {
        m_hint->setText(tr("The collector is starting."));
    } else {
        m_hint->setText(tr("Start a program with an OpenTelemetry SDK and these lines in its environment. Its traces "
                           "show up here within a second."));
    }
    m_blocks->setVisible(!info.httpEndpoint.isEmpty());
    m_httpLines->setText(environmentLines(info.httpEndpoint, QStringLiteral("http/protobuf")));
    m_grpcLines->parentWidget()->setVisible(!info.grpcEndpoint.isEmpty());
    m_grpcLines->setText(environmentLines(info.grpcEndpoint, QStringLiteral("grpc")));
    QString counts = tr("Received so far: %1 in %2")
                         .arg(pluralText(info.spans, tr("span"), tr("spans")),
                              pluralText(info.requests, tr("request"), tr("requests")));
    if (info.rejected > 0) {
        counts += QLatin1Char('\n')
            + tr("Rejected: %1. Last reason: %2")
                  .arg(QString::fromStdString(formatCount(info.rejected)), info.lastRejectReason);
    }
    m_counts->setText(counts);
}

void TracesEmptyView::setNothingMatches(const QString& text, bool clearable)
{
    m_title->setText(tr("No trace matches"));
    m_hint->setText(text);
    m_blocks->hide();
    m_counts->hide();
    m_clear->setVisible(clearable);
}

QString TracesEmptyView::text() const
{
    return m_title->text() + QLatin1Char('\n') + m_hint->text() + QLatin1Char('\n')
        + (m_counts->isHidden() ? QString() : m_counts->text());
}

void TracesEmptyView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
}

void TracesEmptyView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyLooks();
    }
}

void TracesEmptyView::applyLooks()
{
    const auto look = [](QLabel* label, const QFont& font, const QColor& color) {
        QPalette palette = label->palette();
        if (palette.color(QPalette::WindowText) != color) {
            palette.setColor(QPalette::WindowText, color);
            label->setPalette(palette);
        }
        if (label->font() != font) {
            label->setFont(font);
        }
    };
    const ThemeColors& colors = theme().colors;
    look(m_title, theme().titleFont(), colors.text);
    look(m_hint, theme().baseFont(), colors.text2);
    look(m_counts, theme().baseFont(), colors.text2);
    look(m_httpLines, theme().monoFont(), colors.text);
    look(m_grpcLines, theme().monoFont(), colors.text);
    for (QLabel* label : m_blocks->findChildren<QLabel*>(QStringLiteral("blockTitle"))) {
        look(label, theme().uiFont(theme().type.base, QFont::DemiBold), colors.text);
    }
}

} // namespace tracedeck
