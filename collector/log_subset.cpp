// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/log_subset.h"

namespace tracedeck {

LogTable logsOfTrace(const LogTable& logs, const TraceId& id)
{
    LogTable subset;
    subset.strings = logs.strings;
    subset.attributeRows = logs.attributeRows;
    subset.resources = logs.resources;
    subset.scopes = logs.scopes;
    for (std::size_t row = 0; row < logs.rows(); ++row) {
        if (logs.traceId[row] != id) {
            continue;
        }
        subset.timeNs.push_back(logs.timeNs[row]);
        subset.observedNs.push_back(logs.observedNs[row]);
        subset.traceId.push_back(logs.traceId[row]);
        subset.spanId.push_back(logs.spanId[row]);
        subset.severity.push_back(logs.severity[row]);
        subset.severityText.push_back(logs.severityText[row]);
        subset.body.push_back(logs.body[row]);
        subset.eventName.push_back(logs.eventName[row]);
        subset.flags.push_back(logs.flags[row]);
        subset.resource.push_back(logs.resource[row]);
        subset.scope.push_back(logs.scope[row]);
        subset.attributes.push_back(logs.attributes[row]);
        subset.droppedAttributes.push_back(logs.droppedAttributes[row]);
    }
    return subset;
}

} // namespace tracedeck
