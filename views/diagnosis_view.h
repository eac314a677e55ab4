// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/connection_draft.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace tracedeck {

/// The steps of a diagnosis, one line each: shape, name, what was found. Texts can be selected.
class DiagnosisView : public QWidget {
    Q_OBJECT

public:
    explicit DiagnosisView(QWidget* parent = nullptr);
    void setLines(const std::vector<DiagnosisLine>& lines);
    void setMessage(const QString& text);
    [[nodiscard]] QStringList texts() const;

private:
    void addCommand(const QString& command);

    QVBoxLayout* m_layout;
    std::vector<DiagnosisLine> m_lines;
};

} // namespace tracedeck
