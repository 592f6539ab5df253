// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/worker/messages.h"
#include "scanner/worker/owned_fd.h"

namespace verso::scanner {

/// One message as it travels: 4 bytes of length (little end first, of what follows), 1 byte of
/// kind (with its highest bit set when a file goes along), the payload.
struct Envelope {
    MessageKind kind{};
    std::string payload;
    bool with_file = false;
    OwnedFd file;
};

/// Longer messages end the talk: a picture of the largest page is far shorter.
inline constexpr std::uint32_t kLongestMessage = 256u << 20;

/// Cuts a stream of bytes into messages. Pure: it is fuzzed.
class EnvelopeReader {
  public:
    void add(std::string_view bytes) { buffer_ += bytes; }
    /// The next whole message, without its file.
    std::optional<Envelope> next();
    /// A length or a kind that cannot be: nothing that follows means anything.
    bool broken() const { return broken_; }

  private:
    std::string buffer_;
    std::size_t start_ = 0;
    bool broken_ = false;
};

/// One end of the socket between the program and a reader process. One thread. Never raises
/// SIGPIPE.
class Channel {
  public:
    enum class Files { Accepted, Refused };
    explicit Channel(OwnedFd socket, Files files) : socket_(std::move(socket)), files_(files) {}

    int fd() const { return socket_.get(); }

    /// Sends everything, waiting for room unless the socket does not block. False when the other
    /// end is gone or takes no more.
    bool send(MessageKind kind, std::string_view payload, int file = -1);

    /// Waits for the next message; nothing when the other end is gone or sends nonsense.
    std::optional<Envelope> receive();

    enum class Filled { Some, Nothing, Closed };
    /// Takes what has arrived, once.
    Filled fill();
    /// A whole message of what has arrived.
    std::optional<Envelope> take();
    bool broken() const { return reader_.broken(); }

  private:
    OwnedFd socket_;
    Files files_;
    EnvelopeReader reader_;
    std::deque<OwnedFd> received_;
};

}  // namespace verso::scanner
