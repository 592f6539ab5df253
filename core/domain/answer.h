// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "core/util/time.h"

namespace verso {

/// Question id to the value chosen; a question left blank is absent.
using Answers = std::map<std::string, int, std::less<>>;

enum class Channel { Qr, Paper, Typed, Assisted };
std::string_view to_string(Channel channel);
Result<Channel> parse_channel(std::string_view text);

/// What a response says. Only scores count in figures of opinion; the others are answers of their
/// own, counted apart.
enum class ResponseKind {
    Scores,       ///< the answers hold at least the overall one
    NotReceived,  ///< "not received yet": no score, the buyer may answer again later
    Cancelled,    ///< "I cancelled this order": no score
};
/// "scores", "not-received", "cancelled".
std::string_view to_string(ResponseKind kind);
Result<ResponseKind> parse_response_kind(std::string_view text);

/// A buyer's answers as they came by one channel. Every response is kept.
struct Response {
    CardId card;
    OrderNumber order;
    Channel channel = Channel::Paper;
    Answers answers;
    std::string comment;
    bool publish = false;  ///< the buyer ticked "you may publish my comment"
    Instant recorded_at{};
    ResponseKind kind = ResponseKind::Scores;
    /// Stars for single articles, by the order's line; most responses have none.
    std::map<int, int> products{};

    friend bool operator==(const Response&, const Response&) = default;
};

/// The response that counts for an order; at most one per order.
using Rating = Response;

}  // namespace verso
