// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <vector>

namespace tracedeck {

class SettingsStore;

/// A page as somebody arranged it, under a name: what is filtered, sorted and grouped (as a link) and the
/// columns.
struct SavedView {
    QString id; ///< stable, also after a rename
    QString name;
    QString page;
    QString link; ///< tracedeck:// link of the page; names no open row
    QJsonObject layout; ///< as layoutToJson() writes it
    bool operator==(const SavedView&) const = default;
};

/// Named views, kept in the settings under "views.saved". Entries this release cannot read are kept as they
/// are and not listed.
class SavedViews : public QObject {
    Q_OBJECT

public:
    static constexpr int kLongestName = 80;

    explicit SavedViews(SettingsStore& settings, QObject* parent = nullptr);

    /// In the order of their names.
    [[nodiscard]] std::vector<SavedView> all() const;
    [[nodiscard]] std::vector<SavedView> of(const QString& page) const;
    /// An empty view when there is none.
    [[nodiscard]] SavedView find(const QString& id) const;
    /// A view of the same page with the same name (any case) is replaced and keeps its id. Returns the id,
    /// empty for an empty name.
    QString save(SavedView view);
    /// False when there is no such view, the name is empty, or another view of the page has it.
    bool rename(const QString& id, const QString& name);
    bool remove(const QString& id);

Q_SIGNALS:
    void changed();

private:
    void write(const std::vector<SavedView>& views);

    SettingsStore& m_settings;
};

} // namespace tracedeck
