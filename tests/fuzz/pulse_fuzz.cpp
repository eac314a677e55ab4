// SPDX-License-Identifier: GPL-3.0-or-later
// Pages and socket frames of a Pulse server.
#include "formats/pulse_charts_json.h"
#include "formats/pulse_json.h"
#include "fuzz_check.h"

using namespace tracedeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzzText(data, size);
    (void)decodePulsePage(text);
    (void)decodePulseResource(text);
    (void)decodePulseCharts(text);
    (void)decodePulseHistory(text);
    if (const auto message = decodePulseMessage(text); message.ok()) {
        PulseLiveState live;
        fuzzCheck(live.takeSnapshot(R"({"resources":[{"id":"a"}]})"));
        (void)live.takeDelta(message->data);
        (void)live.takeSnapshot(message->data);
        for (const std::string& id : live.ids()) {
            fuzzCheck(!live.resource(id).empty());
            (void)decodePulseResource(mergedPulseResource(R"({"id":"a","sources":["agent"]})", live.resource(id)));
        }
    }
    return 0;
}
