// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/saved_views.h"

#include "app/route.h"
#include "app/settings_store.h"

#include <QJsonArray>
#include <algorithm>

namespace tracedeck {

namespace {

const QString& viewsPath()
{
    static const QString path = QStringLiteral("views.saved");
    return path;
}

/// An empty id means: not readable here.
SavedView viewFromJson(const QJsonObject& object)
{
    SavedView view;
    view.name = object.value(u"name").toString().trimmed().left(SavedViews::kLongestName);
    view.link = object.value(u"link").toString();
    view.layout = object.value(u"layout").toObject();
    const std::optional<Route> route = Route::fromText(view.link);
    if (route && !view.name.isEmpty()) {
        view.page = route->page;
        view.id = object.value(u"id").toString();
    }
    return view;
}

QJsonObject viewToJson(const SavedView& view)
{
    return {{QStringLiteral("id"), view.id},
            {QStringLiteral("name"), view.name},
            {QStringLiteral("link"), view.link},
            {QStringLiteral("layout"), view.layout}};
}

bool sameName(const SavedView& view, const QString& page, const QString& name)
{
    return view.page == page && view.name.compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace

SavedViews::SavedViews(SettingsStore& settings, QObject* parent) : QObject(parent), m_settings(settings)
{ }

std::vector<SavedView> SavedViews::all() const
{
    std::vector<SavedView> views;
    for (const QJsonValue& entry : m_settings.value(viewsPath()).toArray()) {
        SavedView view = viewFromJson(entry.toObject());
        const bool known =
            std::any_of(views.begin(), views.end(), [&](const SavedView& other) { return other.id == view.id; });
        if (!view.id.isEmpty() && !known) {
            views.push_back(std::move(view));
        }
    }
    std::stable_sort(views.begin(), views.end(), [](const SavedView& a, const SavedView& b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    return views;
}

std::vector<SavedView> SavedViews::of(const QString& page) const
{
    std::vector<SavedView> views = all();
    views.erase(
        std::remove_if(views.begin(), views.end(), [&page](const SavedView& view) { return view.page != page; }),
        views.end());
    return views;
}

SavedView SavedViews::find(const QString& id) const
{
    for (SavedView& view : all()) {
        if (view.id == id) {
            return std::move(view);
        }
    }
    return {};
}

void SavedViews::write(const std::vector<SavedView>& views)
{
    QJsonArray list;
    for (const SavedView& view : views) {
        list.append(viewToJson(view));
    }
    for (const QJsonValue& entry : m_settings.value(viewsPath()).toArray()) {
        if (viewFromJson(entry.toObject()).id.isEmpty()) {
            list.append(entry); // written by another release
        }
    }
    m_settings.setValue(viewsPath(), list);
    Q_EMIT changed();
}

QString SavedViews::save(SavedView view)
{
    view.name = view.name.trimmed().left(kLongestName);
    const std::optional<Route> route = Route::fromText(view.link);
    if (view.name.isEmpty() || !route) {
        return {};
    }
    view.page = route->page;
    std::vector<SavedView> views = all();
    const auto same =
        std::find_if(views.begin(), views.end(), [&](const SavedView& v) { return sameName(v, view.page, view.name); });
    if (same != views.end()) {
        view.id = same->id;
        *same = view;
    } else {
        quint64 highest = 0;
        for (const SavedView& other : views) {
            highest = std::max(highest, other.id.toULongLong());
        }
        view.id = QString::number(highest + 1);
        views.push_back(view);
    }
    write(views);
    return view.id;
}

bool SavedViews::rename(const QString& id, const QString& name)
{
    const QString wanted = name.trimmed().left(kLongestName);
    std::vector<SavedView> views = all();
    const auto found = std::find_if(views.begin(), views.end(), [&](const SavedView& view) { return view.id == id; });
    if (found == views.end() || wanted.isEmpty()) {
        return false;
    }
    const bool taken = std::any_of(views.begin(), views.end(), [&](const SavedView& view) {
        return view.id != id && sameName(view, found->page, wanted);
    });
    if (taken) {
        return false;
    }
    found->name = wanted;
    write(views);
    return true;
}

bool SavedViews::remove(const QString& id)
{
    std::vector<SavedView> views = all();
    const auto found = std::find_if(views.begin(), views.end(), [&](const SavedView& view) { return view.id == id; });
    if (found == views.end()) {
        return false;
    }
    views.erase(found);
    write(views);
    return true;
}

} // namespace tracedeck
