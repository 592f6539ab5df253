// SPDX-License-Identifier: Apache-2.0
#include "core/domain/reading.h"

#include <algorithm>

namespace verso {

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::Accepted:
            return "accepted";
        case Verdict::Review:
            return "review";
        case Verdict::Unreadable:
            return "unreadable";
    }
    return "";
}

std::string_view to_string(AnswerState state) {
    switch (state) {
        case AnswerState::Marked:
            return "marked";
        case AnswerState::Blank:
            return "blank";
        case AnswerState::Corrected:
            return "corrected";
        case AnswerState::Ambiguous:
            return "ambiguous";
    }
    return "";
}

std::string_view to_string(RejectionCode code) {
    switch (code) {
        case RejectionCode::NoCard:
            return "no-card";
        case RejectionCode::NoCode:
            return "no-code";
        case RejectionCode::CodesDisagree:
            return "codes-disagree";
        case RejectionCode::ForeignLink:
            return "foreign-link";
        case RejectionCode::UnknownLayout:
            return "unknown-layout";
        case RejectionCode::UnknownCard:
            return "unknown-card";
        case RejectionCode::ForgedSecret:
            return "forged-secret";
        case RejectionCode::VoidedCard:
            return "voided-card";
        case RejectionCode::ExpiredCard:
            return "expired-card";
        case RejectionCode::WrongSide:
            return "wrong-side";
        case RejectionCode::Registration:
            return "registration";
        case RejectionCode::LowResolution:
            return "low-resolution";
        case RejectionCode::TwoMarks:
            return "two-marks";
        case RejectionCode::DoubtfulMark:
            return "doubtful-mark";
        case RejectionCode::NoOverall:
            return "no-overall";
        case RejectionCode::BlankCard:
            return "blank-card";
        case RejectionCode::CommentOnly:
            return "comment-only";
        case RejectionCode::Scale:
            return "scale";
        case RejectionCode::Stretch:
            return "stretch";
        case RejectionCode::CornerMissing:
            return "corner-missing";
        case RejectionCode::Toner:
            return "toner";
        case RejectionCode::Blur:
            return "blur";
        case RejectionCode::InkOutside:
            return "ink-outside";
        case RejectionCode::OtherPiece:
            return "other-piece";
        case RejectionCode::AddressSide:
            return "address-side";
        case RejectionCode::BlankSide:
            return "blank-side";
        case RejectionCode::Duplicate:
            return "duplicate";
        case RejectionCode::ReaderFailed:
            return "reader-failed";
    }
    return "";
}

std::string_view to_string(IdentifiedBy how) {
    switch (how) {
        case IdentifiedBy::Nothing:
            return "nothing";
        case IdentifiedBy::Qr:
            return "qr";
        case IdentifiedBy::SecondCode:
            return "second-code";
        case IdentifiedBy::Keyed:
            return "keyed";
    }
    return "";
}

std::string_view to_string(SheetSide side) {
    switch (side) {
        case SheetSide::Answer:
            return "answer";
        case SheetSide::Return:
            return "return";
        case SheetSide::Address:
            return "address";
        case SheetSide::Blank:
            return "blank";
    }
    return "";
}

bool Reading::has_reason(RejectionCode code) const {
    return std::any_of(reasons.begin(), reasons.end(),
                       [&](const auto& r) { return r.code == code; });
}

void Reading::reject(RejectionCode code, std::string question, std::string detail) {
    reasons.push_back({code, std::move(question), std::move(detail)});
    if (verdict == Verdict::Accepted) verdict = Verdict::Review;
}

}  // namespace verso
