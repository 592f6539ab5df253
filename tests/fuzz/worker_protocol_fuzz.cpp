// SPDX-License-Identifier: Apache-2.0
// Whatever the other end of a reader's socket sends is cut into messages and decoded as each kind:
// it gives a message that encodes to the same bytes, or nothing.
#include <cstdlib>

#include "scanner/worker/channel.h"

namespace {

using namespace verso::scanner;

template <class Message>
void check(std::string_view payload) {
    const auto message = decode<Message>(payload);
    if (message && encode(*message) != payload) std::abort();
}

void check_all(std::string_view payload) {
    check<Hello>(payload);
    check<Job>(payload);
    check<Drawn>(payload);
    check<Ready>(payload);
    check<PageNumber>(payload);
    check<Picture>(payload);
    check<PageAnswer>(payload);
    check<Done>(payload);
    if (const auto name = picture_name(payload, "crop")) {
        if (name->find('/') != std::string::npos || name->front() == '.') std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_all(bytes);
    EnvelopeReader reader;
    // In two pieces, as a socket may give them.
    reader.add(bytes.substr(0, size / 2));
    while (reader.next()) {
    }
    reader.add(bytes.substr(size / 2));
    while (const auto envelope = reader.next()) check_all(envelope->payload);
    return 0;
}
