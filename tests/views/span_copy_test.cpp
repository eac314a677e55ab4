// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/span_copy.h"

#include "tests/support/span_builder.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

TEST(SpanCopy, holdsEverythingAboutASpanButItsSecrets)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100, "charge | card", "payments", SpanStatus::Error)
        .attribute("http.route", "/v1")
        .attribute("http.request.header.authorization", "Bearer hunter2");
    const RowCopy copy = spanCopy(b.table(), layoutSpans(b.table()), 0);
    for (const RowCopyForm form : {RowCopyForm::Tsv, RowCopyForm::Json, RowCopyForm::Markdown}) {
        const QString text = encodeRows(copy, form);
        EXPECT_TRUE(text.contains(u"payments")) << text.toStdString();
        EXPECT_TRUE(text.contains(u"http.route"));
        EXPECT_TRUE(text.contains(u"/v1"));
        EXPECT_TRUE(text.contains(u"100 ms"));
        EXPECT_FALSE(text.contains(u"hunter2")) << text.toStdString();
    }
    EXPECT_TRUE(encodeRows(copy, RowCopyForm::Markdown).contains(u"charge \\| card"));
}
