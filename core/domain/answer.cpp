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

}  // namespace verso
