// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_trace_stream.h"

#include "formats/protobuf_reader.h"

namespace tracedeck {

std::size_t completeFieldBytes(std::string_view body)
{
    pbf_reader reader(body);
    std::size_t complete = 0;
    try {
        while (reader.next()) {
            reader.skip();
            complete = body.size() - reader.length();
        }
    } catch (const protozero::end_of_buffer_exception&) {
        return complete; // the rest is still on its way
    } catch (const protozero::exception&) {
        return body.size();
    }
    return complete;
}

Result<void> OtlpTraceStream::decode(std::string_view body)
{
    return decodeOtlpTraces(body, OtlpEncoding::Protobuf, m_traces, m_only ? &*m_only : nullptr);
}

Result<void> OtlpTraceStream::add(std::string_view piece)
{
    m_rest.append(piece);
    const std::size_t complete = completeFieldBytes(m_rest);
    if (complete == 0) {
        return {};
    }
    Result<void> decoded = decode(std::string_view(m_rest).substr(0, complete));
    m_rest.erase(0, complete);
    return decoded;
}

Result<void> OtlpTraceStream::finish()
{
    return m_rest.empty() ? Result<void>() : decode(m_rest);
}

} // namespace tracedeck
