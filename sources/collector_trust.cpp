// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/collector_trust.h"

#include "sources/engine_endpoint.h"

#include <QSslCertificate>

#include <algorithm>

namespace tracedeck {

bool isPinnedCertificate(const std::string& fingerprint, const QList<QSslError>& errors)
{
    const QString pin = QString::fromStdString(fingerprint);
    return !errors.isEmpty() && std::all_of(errors.begin(), errors.end(), [&pin](const QSslError& error) {
        return sameFingerprint(pin, certificateFingerprint(error.certificate().toDer()));
    });
}

} // namespace tracedeck
