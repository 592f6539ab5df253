// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/desk/counter.h"

namespace verso::records {

/// What a person says for a buyer, on the telephone for example.
struct AnswerWords {
    std::string code;  ///< typed code of the buyer's card, as printed
    std::string who, reason, comment;
    std::string kind = "scores";       ///< or not-received, cancelled
    std::vector<std::string> answers;  ///< "overall=4"
    bool publish = false;
};

/// Records an answer that somebody took down for a buyer, by the channel "assisted", with who did
/// it in the order's history. The card's code is needed: without a card no answer. NotFound: no
/// card of this shop; NotAllowed: it is voided or its time is over; ValueInvalid: a question or
/// value that the card has not.
Result<RecordedResponse> record_assisted(const Counter& counter, const AnswerWords& words,
                                         Instant at);

/// What a person says of the text of a rating.
struct TextWords {
    std::string order, who, reason, detail;
    bool hide = true;
};

/// Takes the text of an order's rating out of what is published, or puts it back; the score stays.
/// ValueInvalid for a reason that is not published; NotFound without a rating.
Result<OrderNumber> hide_text(const Counter& counter, const TextWords& words, Instant at);

/// Answers a rating in the shop's name; an empty text takes the answer before back. Buyers see it
/// beside what they wrote. NotFound without a rating; ValueInvalid beyond 2,000 characters.
Result<OrderNumber> reply_to_rating(const Counter& counter, const TextWords& words, Instant at);

/// Marks a rating for others to look at (`hide`), or unmarks it. NotFound without a rating.
Result<OrderNumber> flag_rating(const Counter& counter, const TextWords& words, Instant at);

}  // namespace verso::records
