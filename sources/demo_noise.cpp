// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_noise.h"

#include <array>
#include <cmath>

namespace tracedeck {
namespace {

std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
}

std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

} // namespace

std::uint64_t demoHash(std::uint64_t a, std::uint64_t b)
{
    return mixed(mixed(a + 0x9E3779B97F4A7C15ULL) ^ (b * 0xD1B54A32D192ED03ULL + 0x8CB92BA72F3D8DD7ULL));
}

double demoUnit(std::uint64_t a, std::uint64_t b)
{
    return static_cast<double>(demoHash(a, b) >> 11U) * 0x1p-53;
}

double demoWalk(std::uint64_t stream, std::int64_t step)
{
    struct Octave {
        std::int64_t period;
        double weight;
    };
    constexpr std::array<Octave, 4> kOctaves{{{6, 0.12}, {45, 0.22}, {500, 0.33}, {6'000, 0.33}}};
    double sum = 0;
    for (const Octave& octave : kOctaves) {
        const std::int64_t cell = floorDivide(step, octave.period);
        const double at = static_cast<double>(step - cell * octave.period) / static_cast<double>(octave.period);
        const double smooth = at * at * (3 - 2 * at);
        const std::uint64_t own = stream + static_cast<std::uint64_t>(octave.period);
        const double from = demoUnit(own, static_cast<std::uint64_t>(cell));
        const double to = demoUnit(own, static_cast<std::uint64_t>(cell + 1));
        sum += octave.weight * (from + (to - from) * smooth);
    }
    return sum;
}

} // namespace tracedeck
