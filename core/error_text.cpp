// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error_text.h"

#include "core/log.h"

#include <array>

namespace tracedeck {
namespace {

struct CodeText {
    ErrorCode code;
    std::string_view key;
    std::string_view sentence;
};

constexpr std::array<CodeText, 17> kTexts{{
    {ErrorCode::Cancelled, "cancelled", "It was cancelled."},
    {ErrorCode::InvalidArgument, "invalid_argument", "What was asked for is not valid."},
    {ErrorCode::Malformed, "malformed", "The data could not be understood."},
    {ErrorCode::TooLarge, "too_large", "It is larger than the stated limit."},
    {ErrorCode::Unsupported, "unsupported", "This release does not support it."},
    {ErrorCode::NotFound, "not_found", "It does not exist."},
    {ErrorCode::PermissionDenied, "permission_denied", "The system does not allow it."},
    {ErrorCode::Unauthorized, "unauthorized", "The credentials are missing or were refused."},
    {ErrorCode::Unreachable, "unreachable", "Nobody answers there."},
    {ErrorCode::TimedOut, "timed_out", "It took too long to answer."},
    {ErrorCode::Busy, "busy", "It is busy at the moment."},
    {ErrorCode::Conflict, "conflict", "Somebody else is using it."},
    {ErrorCode::NewerVersion, "newer_version", "A newer release wrote it, so it was left untouched."},
    {ErrorCode::Corrupt, "corrupt", "The stored data is damaged."},
    {ErrorCode::StorageFull, "storage_full", "The disk is full."},
    {ErrorCode::ReadOnly, "read_only", "It cannot be written to."},
    {ErrorCode::Internal, "internal", "Something unexpected went wrong inside Tracedeck."},
}};

constexpr bool isInCodeOrder()
{
    for (std::size_t i = 0; i < kTexts.size(); ++i) {
        if (static_cast<std::size_t>(kTexts[i].code) != i) {
            return false;
        }
    }
    return static_cast<std::size_t>(ErrorCode::Internal) + 1 == kTexts.size();
}
static_assert(isInCodeOrder(), "one line per ErrorCode, in its order");

const CodeText& textOf(ErrorCode code)
{
    const auto index = static_cast<std::size_t>(code);
    return index < kTexts.size() ? kTexts[index] : kTexts.back();
}

void appendSentence(std::string& out, std::string_view text)
{
    if (text.empty()) {
        return;
    }
    if (!out.empty()) {
        out += ' ';
    }
    out += text;
    if (std::string_view(".!?").find(out.back()) == std::string_view::npos) {
        out += '.';
    }
}

} // namespace

std::string_view errorCodeKey(ErrorCode code)
{
    return textOf(code).key;
}

std::string_view errorCodeSentence(ErrorCode code)
{
    return textOf(code).sentence;
}

std::string errorText(const Error& error)
{
    std::string text;
    if (!error.source.empty()) {
        text = error.source + ':';
    }
    if (!text.empty()) {
        text += ' ';
    }
    text += errorCodeSentence(error.code);
    appendSentence(text, error.what);
    appendSentence(text, error.hint);
    return redactSecrets(text);
}

} // namespace tracedeck
