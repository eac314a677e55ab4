// SPDX-License-Identifier: GPL-3.0-or-later
// What container engines send: answers, framing of answers and logs. First byte chooses the decoder.
#include "formats/engine_json.h"
#include "formats/engine_log.h"
#include "formats/http_response.h"
#include "formats/utf8_check.h"
#include "fuzz_check.h"

#include <cstddef>
#include <cstdint>

using namespace tracedeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t step = std::size_t{1} + data[1];
    if (data[0] % 3 == 0) {
        HttpResponseReader reader;
        std::size_t body = 0;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            reader.feed(bytes.substr(at, step), [&](std::string_view part) { body += part.size(); });
        }
        fuzzCheck(body <= bytes.size());
        fuzzCheck(reader.end() != HttpResponseReader::State::Head);
        return 0;
    }
    if (data[0] % 3 == 1) {
        EngineLogReader reader((data[0] & 0x80U) != 0);
        const auto check = [](const EngineLogLine& line) {
            fuzzCheck(isValidUtf8(line.text));
            (void)logLevelOf(line.text);
        };
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            reader.feed(bytes.substr(at, step), check);
        }
        reader.finish(check);
        return 0;
    }
    (void)decodeEngineInfo(bytes);
    (void)decodeEngineContainers(bytes);
    (void)decodeEngineStats(bytes);
    (void)decodePodmanStats(bytes);
    (void)decodeEngineInspect(bytes);
    (void)decodeEngineImages(bytes);
    (void)decodeEngineEvent(bytes);
    (void)engineErrorMessage(bytes);
    return 0;
}
