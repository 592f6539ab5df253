// SPDX-License-Identifier: Apache-2.0
#include "core/domain/answer.h"

#include <fmt/format.h>

namespace verso {

std::string_view to_string(Channel channel) {
    switch (channel) {
        case Channel::Qr:
            return "qr";
        case Channel::Paper:
            return "paper";
        case Channel::Typed:
            return "typed";
        case Channel::Assisted:
            return "assisted";
    }
    return "";
}

Result<Channel> parse_channel(std::string_view text) {
    for (Channel channel : {Channel::Qr, Channel::Paper, Channel::Typed, Channel::Assisted}) {
        if (text == to_string(channel)) return channel;
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not a channel", text), "",
                 "use one of qr, paper, typed, assisted"};
}

std::string_view to_string(ResponseKind kind) {
    switch (kind) {
        case ResponseKind::Scores:
            return "scores";
        case ResponseKind::NotReceived:
            return "not-received";
        case ResponseKind::Cancelled:
            return "cancelled";
    }
    return "";
}

Result<ResponseKind> parse_response_kind(std::string_view text) {
    for (auto kind : {ResponseKind::Scores, ResponseKind::NotReceived, ResponseKind::Cancelled}) {
        if (text == to_string(kind)) return kind;
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not a kind of response", text), "",
                 "use one of scores, not-received, cancelled"};
}

}  // namespace verso
