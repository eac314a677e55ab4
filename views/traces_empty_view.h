// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>

class QLabel;

namespace tracedeck {

class FlatButton;

/// What the collector can say before it has a trace.
struct ReceiveInfo {
    QString httpEndpoint; ///< "http://127.0.0.1:4318"; empty = not listening (yet)
    QString grpcEndpoint;
    std::uint64_t spans = 0;
    std::uint64_t requests = 0;
    std::uint64_t rejected = 0;
    QString lastRejectReason;
    QString problem; ///< why nothing can be received; empty = fine
    bool operator==(const ReceiveInfo&) const = default;
};

/// Stands where traces would be: what to set so that they come, with a live count of what came, or why the
/// filter shows none.
class TracesEmptyView : public QWidget {
    Q_OBJECT

public:
    explicit TracesEmptyView(QWidget* parent = nullptr);

    void setInfo(const ReceiveInfo& info);
    /// The store has traces, but none to show: says why; `clearable` offers to clear the filters.
    void setNothingMatches(const QString& text, bool clearable);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void copied(const QString& what);
    void clearRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* addBlock(const QString& title, QLabel** lines, const QString& protocol);
    void applyLooks();

    ReceiveInfo m_info;
    QLabel* m_title;
    QLabel* m_hint;
    QWidget* m_blocks;
    QLabel* m_httpLines = nullptr;
    QLabel* m_grpcLines = nullptr;
    QLabel* m_counts;
    FlatButton* m_clear;
};

/// The environment lines that point an OpenTelemetry SDK at an endpoint. `protocol` is "http/protobuf" or "grpc".
[[nodiscard]] QString environmentLines(const QString& endpoint, const QString& protocol);

} // namespace tracedeck
