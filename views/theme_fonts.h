// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tracedeck {

/// Registers the fonts compiled into the program (Inter, JetBrains Mono) once per process and returns the
/// families found, so that pictures do not depend on the machine. Needs a QGuiApplication.
const QStringList& loadEmbeddedFonts();

} // namespace tracedeck
