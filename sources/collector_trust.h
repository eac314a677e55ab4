// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSslError>

#include <string>

namespace tracedeck {

/// Whether all that is wrong is wrong with the one certificate that has this fingerprint (SHA-256, hex). An
/// empty fingerprint trusts nothing.
[[nodiscard]] bool isPinnedCertificate(const std::string& fingerprint, const QList<QSslError>& errors);

} // namespace tracedeck
