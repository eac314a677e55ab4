// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/system_unit_list.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QFileInfo>

namespace tracedeck {
namespace {

constexpr std::int64_t kPauseNs = std::int64_t{60} * 1'000'000'000;

/// a(ssssssouso): name, description, load state, active state, sub-state, followed unit, path, job id, job type,
/// job path.
std::vector<SystemUnit> unitsOf(const QDBusArgument& list)
{
    std::vector<SystemUnit> units;
    list.beginArray();
    while (!list.atEnd()) {
        QString name;
        QString description;
        QString load;
        QString active;
        QString sub;
        QString followed;
        QDBusObjectPath path;
        quint32 job = 0;
        QString jobType;
        QDBusObjectPath jobPath;
        list.beginStructure();
        list >> name >> description >> load >> active >> sub >> followed >> path >> job >> jobType >> jobPath;
        list.endStructure();
        units.push_back({name.toStdString(), description.toStdString(), active.toStdString(), sub.toStdString()});
    }
    list.endArray();
    return units;
}

} // namespace

std::optional<std::vector<SystemUnit>> SystemUnitList::read(std::int64_t monotonicNs)
{
    if (monotonicNs < m_notBeforeNs || !QFileInfo::exists(QString::fromStdString(m_bootedMark))) {
        return std::nullopt;
    }
    const QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.systemd1"), QStringLiteral("/org/freedesktop/systemd1"),
        QStringLiteral("org.freedesktop.systemd1.Manager"), QStringLiteral("ListUnits"));
    const QString address = QString::fromStdString(m_busAddress);
    const QDBusConnection bus =
        address.isEmpty() ? QDBusConnection::systemBus() : QDBusConnection::connectToBus(address, address);
    const QDBusMessage answer =
        bus.isConnected() ? bus.call(question, QDBus::Block, static_cast<int>(m_patience.count())) : QDBusMessage();
    if (answer.type() != QDBusMessage::ReplyMessage || answer.signature() != QStringLiteral("a(ssssssouso)")) {
        m_notBeforeNs = monotonicNs + kPauseNs;
        return std::nullopt;
    }
    return unitsOf(answer.arguments().constFirst().value<QDBusArgument>());
}

} // namespace tracedeck
