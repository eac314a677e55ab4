// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace tracedeck::tests {

/// One step of a flow: what hands do, and what must then be true. `holds` is false before the step.
struct FlowStep {
    std::string name;
    std::function<void()> act;
    std::function<bool()> holds;
};

/// Runs the steps in order, leaving out the one at `omitted` (-1 = none). Answers the first step after
/// which its condition does not hold, -1 when all do. A step that is left out gets its chance as well: its
/// condition might come true by itself, which is what a flow must not let pass.
inline int runFlow(const std::vector<FlowStep>& steps, int omitted = -1)
{
    constexpr int kAnsweredMs = 5'000;
    constexpr int kByItselfMs = 60;
    for (int at = 0; at < static_cast<int>(steps.size()); ++at) {
        const FlowStep& step = steps[static_cast<std::size_t>(at)];
        if (at != omitted) {
            EXPECT_FALSE(step.holds()) << "holds without being done: " << step.name;
            step.act();
        }
        if (!QTest::qWaitFor(step.holds, at == omitted ? kByItselfMs : kAnsweredMs)) {
            return at;
        }
    }
    return -1;
}

inline std::string flowStepName(const std::vector<FlowStep>& steps, int at)
{
    return at < 0 ? "(none)" : steps[static_cast<std::size_t>(at)].name;
}

/// Expects the flow to go through, and to fail at each step in turn when that one is taken out. `fresh`
/// starts everything anew and hands out the steps; called once per run.
inline void expectFlow(const std::function<std::vector<FlowStep>()>& fresh)
{
    const std::vector<FlowStep> steps = fresh();
    const int failed = runFlow(steps);
    ASSERT_EQ(failed, -1) << "step failed: " << flowStepName(steps, failed);
    for (int omitted = 0; omitted < static_cast<int>(steps.size()); ++omitted) {
        const std::vector<FlowStep> again = fresh();
        EXPECT_EQ(runFlow(again, omitted), omitted) << "goes unnoticed when left out: " << flowStepName(again, omitted);
    }
}

} // namespace tracedeck::tests
