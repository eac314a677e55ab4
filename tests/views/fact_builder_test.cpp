// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_builder.h"

#include <QJsonArray>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kMiB = std::int64_t{1} << 20U;
constexpr std::int64_t kGiB = std::int64_t{1} << 30U;

class FactBuilderTest : public testing::Test {
protected:
    [[nodiscard]] const RowFact& last() const { return m_out.facts.back(); }
    [[nodiscard]] QString said() const
    {
        return last().note.isEmpty() ? last().value : last().value + QStringLiteral(" | ") + last().note;
    }

    StringPool m_strings;
    RowFacts m_out;
    FactBuilder m_add{m_strings, m_out};
    const QString m_label = QStringLiteral("Label");
};

struct Usage {
    std::optional<std::int64_t> used;
    std::optional<std::int64_t> total;
    std::optional<double> percent;
    const char16_t* said;
    int jsonFields;
};

class FactUsage : public FactBuilderTest, public testing::WithParamInterface<Usage> { };

TEST_P(FactUsage, SaysWhatIsKnownAndNothingElse)
{
    const Usage& usage = GetParam();
    m_add.addUsage(m_label, "memory", usage.used, usage.total, usage.percent, {});
    EXPECT_EQ(said(), QString::fromUtf16(usage.said));
    EXPECT_EQ(m_out.json.size(), usage.jsonFields) << "what is unknown is left out, never 0";
}

INSTANTIATE_TEST_SUITE_P(Table, FactUsage,
                         testing::Values(Usage{6 * kGiB, 8 * kGiB, 75.0, u"6.0 of 8.0 GiB, 75%", 3},
                                         Usage{512 * kMiB, 8 * kGiB, {}, u"512 MiB of 8.0 GiB", 2},
                                         Usage{512 * kMiB, {}, {}, u"512 MiB", 1}, Usage{{}, {}, 12.0, u"12%", 1},
                                         Usage{{}, 8 * kGiB, {}, u"\u2013 | not reported by this source", 0},
                                         Usage{0, 8 * kGiB, 0.0, u"0 B of 8.0 GiB, 0%", 3}));

struct Rates {
    std::optional<double> in;
    std::optional<double> out;
    bool pending;
    const char16_t* said;
};

class FactRates : public FactBuilderTest, public testing::WithParamInterface<Rates> { };

TEST_P(FactRates, SaysDirectionsThatAreKnown)
{
    const Rates& rates = GetParam();
    m_add.addRates(m_label, "rx", rates.in, QStringLiteral("in"), "tx", rates.out, QStringLiteral("out"),
                   rates.pending);
    EXPECT_EQ(said(), QString::fromUtf16(rates.said));
    EXPECT_EQ(m_out.json.contains(u"rx"), rates.in.has_value());
    EXPECT_EQ(m_out.json.contains(u"tx"), rates.out.has_value());
}

INSTANTIATE_TEST_SUITE_P(Table, FactRates,
                         testing::Values(Rates{1.2e6, 3e5, false, u"1.20 MB/s in, 300 kB/s out"},
                                         Rates{1.2e6, {}, false, u"1.20 MB/s in"}, Rates{{}, 0.0, false, u"0 B/s out"},
                                         Rates{{}, {}, true, u"\u2013 | waiting for a second sample"},
                                         Rates{{}, {}, false, u"\u2013 | not reported by this source"}));

} // namespace

TEST_F(FactBuilderTest, APercentageNamesItsBasis)
{
    m_add.addPercent(m_label, "cpuPercent", 84.0, QStringLiteral("of 3 CPUs"));
    EXPECT_EQ(said(), u"84% | of 3 CPUs");
    EXPECT_EQ(m_out.json.value(u"cpuPercent").toDouble(), 84);
    m_add.addPercent(m_label, "other", {}, QStringLiteral("of 3 CPUs"), true);
    EXPECT_EQ(said(), u"\u2013 | waiting for a second sample");
    EXPECT_FALSE(m_out.json.contains(u"other"));
}

TEST_F(FactBuilderTest, NumbersAreWholeWhenTheyAre)
{
    m_add.addNumber(m_label, "a", 4812.0);
    EXPECT_EQ(said(), u"4,812");
    m_add.addNumber(m_label, "b", 1.5, QStringLiteral("\u00b0C"));
    EXPECT_EQ(said(), u"1.50 \u00b0C");
    m_add.addNumber(m_label, "c", -5.0);
    EXPECT_EQ(said(), u"-5.00");
    m_add.addNumber(m_label, "d", 0.0);
    EXPECT_EQ(said(), u"0") << "zero is a value";
    const auto before = m_out.facts.size();
    m_add.addNumber(m_label, "e", {});
    EXPECT_EQ(m_out.facts.size(), before);
}

TEST_F(FactBuilderTest, AgesAreNeverNegativeAndMomentsKeepAllDigits)
{
    constexpr std::int64_t now = 1'800'000'000'123'456'789;
    m_add.addSince(m_label, "startedAtUnixNano", now + 60'000'000'000, now);
    EXPECT_EQ(said(), u"0 s") << "a clock that is ahead";
    EXPECT_EQ(m_out.json.value(u"startedAtUnixNano").toString(), u"1800000060123456789") << "a double would round it";
    const auto before = m_out.facts.size();
    m_add.addSince(m_label, "other", {}, now);
    EXPECT_EQ(m_out.facts.size(), before);
}

TEST_F(FactBuilderTest, EmptyTextsAndListsAreLeftOut)
{
    m_add.addText(m_label, "os", 0);
    m_add.addLink(m_label, "host", 0, QStringLiteral("tracedeck://x"));
    m_add.addChips(m_label, "tags", {});
    m_add.addDetails({}, {});
    EXPECT_TRUE(m_out.facts.empty());
    EXPECT_TRUE(m_out.json.isEmpty());
    const std::vector<StringId> tags{m_strings.intern("prod"), m_strings.intern("edge")};
    m_add.addChips(m_label, "tags", tags);
    EXPECT_EQ(last().chips, (QStringList{QStringLiteral("prod"), QStringLiteral("edge")}));
    EXPECT_EQ(m_out.json.value(u"tags").toArray().size(), 2);
}

TEST_F(FactBuilderTest, DetailsThatLookSecretAreMaskedInBothForms)
{
    const std::vector<StringId> names{m_strings.intern("API_TOKEN"), m_strings.intern("zone"),
                                      m_strings.intern("lost")};
    const std::vector<StringId> values{m_strings.intern("s3cr3t"), m_strings.intern("west")};
    m_add.addDetails(names, values);
    ASSERT_EQ(m_out.facts.size(), 2U) << "a name without a value is no detail";
    const QJsonObject details = m_out.json.value(u"details").toObject();
    EXPECT_EQ(details.value(u"API_TOKEN").toString(), u"\u2022\u2022\u2022");
    EXPECT_EQ(details.value(u"zone").toString(), u"west");
    for (const RowFact& fact : m_out.facts) {
        EXPECT_FALSE(fact.value.contains(QStringLiteral("s3cr3t")));
    }
}

TEST_F(FactBuilderTest, AStatusWithoutAReasonHasNone)
{
    m_add.addStatus(m_label, QStringLiteral("Degraded"), QStringLiteral("health check failing"), Severity::Warning);
    EXPECT_EQ(last().severity, Severity::Warning);
    EXPECT_EQ(m_out.json.value(u"statusDetail").toString(), u"health check failing");
    m_out.json = {};
    m_add.addStatus(m_label, QStringLiteral("Running"), {}, Severity::Ok);
    EXPECT_FALSE(m_out.json.contains(u"statusDetail"));
}

RC_GTEST_PROP(FactBuilderProperty, drawerAndJsonAgreeOnWhatIsKnown, ())
{
    StringPool strings;
    RowFacts out;
    FactBuilder add(strings, out);
    const bool known = *rc::gen::arbitrary<bool>();
    const double percent = *rc::gen::inRange(0, 101);
    add.addPercent(QStringLiteral("CPU"), "cpu", known ? std::optional<double>(percent) : std::nullopt, {});
    RC_ASSERT(out.json.contains(u"cpu") == known);
    RC_ASSERT((out.facts.back().value == u"\u2013") == !known);
}
