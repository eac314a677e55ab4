// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-certificate PLAN FOLDER OUT: writes the certificate of the commands whose outcomes are in FOLDER.
// Ends with 1 when one failed, with 2 when it cannot be written.
#include "perf/certify/certificate.h"
#include "perf/result/perf_files.h"

#include <cstdio>
#include <ctime>
#include <string>

namespace tracedeck {
namespace {

int cannot(const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", error.source.c_str(), error.what.c_str());
    return 2;
}

std::string momentText()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts)};
}

int certify(const std::string& planFile, const std::string& folder, const std::string& out)
{
    const auto planSource = readPerfText(planFile);
    if (!planSource.ok()) {
        return cannot(planSource.error());
    }
    const auto plan = certificatePlanFromText(*planSource);
    if (!plan.ok()) {
        return cannot(plan.error());
    }
    const auto outcomes = readStepOutcomes(folder);
    if (!outcomes.ok()) {
        return cannot(outcomes.error());
    }
    const Certificate certificate = makeCertificate(*plan, *outcomes, currentPerfEnvironment(), momentText());
    if (const auto written = writePerfText(out, certificate.text); !written.ok()) {
        return cannot(written.error());
    }
    for (const std::string& failure : certificate.failures) {
        std::printf("failed: %s\n", failure.c_str());
    }
    std::printf("%s: %s\n", out.c_str(), certificate.good() ? "good" : "not good");
    return certificate.good() ? 0 : 1;
}

} // namespace
} // namespace tracedeck

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: tracedeck-certificate PLAN FOLDER OUT\n");
        return 2;
    }
    return tracedeck::certify(argv[1], argv[2], argv[3]);
}
