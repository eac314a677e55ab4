// SPDX-License-Identifier: GPL-3.0-or-later
// The selectors against known results on deterministic rows of several sizes.
#include "perf/selector_cases.h"
#include "perf/selector_fixture.h"
#include "perf/selector_reference.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>

namespace {

using tracedeck::DigestFields;
using tracedeck::SelectorCase;

using Digests = tracedeck::SelectorDigests;
using tracedeck::flatDigest;

/// Those of the tables this test makes; larger ones are compared by `./dev bench selectors --expect`.
constexpr std::size_t kMostRows = 5'000;

Digests committedDigests()
{
    Digests digests =
        tracedeck::readSelectorDigests(std::string(TRACEDECK_SOURCE_DIR) + "/tests/data/selectors").value();
    std::erase_if(digests, [](const auto& one) { return std::get<1>(one.first) > kMostRows; });
    return digests;
}

Digests digestsOfLines(std::istream& lines)
{
    Digests digests;
    for (std::string line; std::getline(lines, line);) {
        DigestFields fields = DigestFields::parse(line);
        const std::tuple key{fields["domain"].get<std::string>(), fields["n"].get<std::size_t>(),
                             fields["case"].get<std::string>()};
        for (const char* name : {"domain", "n", "case"}) {
            fields.erase(name);
        }
        digests[key] = flatDigest(fields);
    }
    return digests;
}

void addCases(Digests& digests, const std::string& domain, std::size_t rows, const std::vector<SelectorCase>& cases)
{
    for (const SelectorCase& one : cases) {
        digests[{domain, rows, one.name}] = flatDigest(one.run()());
    }
}

/// What the selectors give, cases without a reference included.
const Digests& computedDigests()
{
    static const Digests kDigests = [] {
        Digests digests;
        for (const std::size_t rows : {250U, 1000U, 3000U, 5000U}) {
            const auto hosts = tracedeck::fixtureInfrastructure(rows);
            addCases(digests, "infra", rows,
                     infrastructureCases(hosts, tracedeck::collationRanksByBytes(hosts.strings)));
            const auto workloads = tracedeck::fixtureWorkloads(rows);
            addCases(digests, "workloads", rows,
                     workloadCases(workloads, tracedeck::collationRanksByBytes(workloads.strings)));
        }
        return digests;
    }();
    return kDigests;
}

void expectAll(const Digests& expected)
{
    for (const auto& [key, values] : expected) {
        const auto found = computedDigests().find(key);
        const auto& [domain, rows, name] = key;
        ASSERT_NE(found, computedDigests().end()) << domain << ' ' << rows << ' ' << name;
        EXPECT_EQ(found->second, values) << domain << ' ' << rows << ' ' << name;
    }
}

} // namespace

TEST(SelectorReference, hashMatchesItsTestVectors)
{
    EXPECT_EQ(tracedeck::fixtureHash(tracedeck::kInfrastructureSeed, 0, 1), 2344002147U);
    EXPECT_EQ(tracedeck::fixtureHash(tracedeck::kInfrastructureSeed, 12345, 16), 2086850178U);
    EXPECT_EQ(tracedeck::fixtureHash(tracedeck::kWorkloadSeed, 0, 1), 2322707468U);
    EXPECT_EQ(tracedeck::fixtureHash(tracedeck::kWorkloadSeed, 499999, 40), 3283003596U);
}

TEST(SelectorReference, everyCommittedDigestIsReproduced)
{
    const Digests expected = committedDigests();
    ASSERT_GE(expected.size(), 184U + 4U);
    expectAll(expected);
}

TEST(SelectorReference, everyLineOfTheFixtureFileIsReproduced)
{
    const char* folder = std::getenv("TRACEDECK_FIXTURES");
    if (folder == nullptr) {
        GTEST_SKIP() << "not run: TRACEDECK_FIXTURES is not set";
    }
    std::ifstream file(std::string(folder) + "/selectors/expected.jsonl");
    ASSERT_TRUE(file.is_open());
    const Digests expected = digestsOfLines(file);
    EXPECT_GE(expected.size(), 184U);
    expectAll(expected);
    for (const auto& [key, values] : committedDigests()) {
        if (const auto found = expected.find(key); found != expected.end()) { // the file has fewer cases
            EXPECT_EQ(found->second, values) << std::get<2>(key);
        }
    }
}

TEST(SelectorReference, everyCaseRunsOnTablesOfNoOneAndTwoRows)
{
    for (const std::size_t rows : {0U, 1U, 2U}) {
        const auto hosts = tracedeck::fixtureInfrastructure(rows);
        const auto workloads = tracedeck::fixtureWorkloads(rows);
        const auto hostRanks = tracedeck::collationRanksByBytes(hosts.strings);
        const auto workloadRanks = tracedeck::collationRanksByBytes(workloads.strings);
        for (const auto& cases : {infrastructureCases(hosts, hostRanks), workloadCases(workloads, workloadRanks)}) {
            for (const SelectorCase& one : cases) {
                const DigestFields fields = one.run()();
                if (fields.contains("rows")) {
                    EXPECT_LE(fields["rows"].get<std::size_t>(), rows) << one.name;
                }
                if (rows == 0 && fields.contains("fnv")) {
                    EXPECT_EQ(fields["fnv"].get<std::uint32_t>(), tracedeck::LineFnv().value()) << one.name;
                }
            }
        }
    }
}
