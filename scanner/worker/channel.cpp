// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/channel.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace verso::scanner {

namespace {

constexpr std::size_t kHead = 5;

constexpr unsigned char kWithFile = 0x80;  // beside the kind

std::array<char, kHead> head_of(MessageKind kind, std::size_t payload, bool with_file) {
    std::array<char, kHead> head{};
    auto length = static_cast<std::uint32_t>(payload + 1);
    for (std::size_t i = 0; i < 4; ++i, length >>= 8) head.at(i) = static_cast<char>(length & 0xFF);
    const auto code = static_cast<unsigned char>(kind);
    head[4] = static_cast<char>(with_file ? code | kWithFile : code);
    return head;
}

/// Room for the one file that may go along with a message.
union FileRoom {
    cmsghdr align;
    std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

void attach(msghdr& message, FileRoom& room, int file) {
    message.msg_control = room.bytes.data();
    message.msg_controllen = room.bytes.size();
    cmsghdr* control = CMSG_FIRSTHDR(&message);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(sizeof file);
    std::memcpy(CMSG_DATA(control), &file, sizeof file);
}

int attached_file(msghdr& message) {
    for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        int file = -1;
        std::memcpy(&file, CMSG_DATA(c), sizeof file);
        return file;
    }
    return -1;
}

}  // namespace

std::optional<Envelope> EnvelopeReader::next() {
    const std::string_view left = std::string_view(buffer_).substr(start_);
    if (broken_ || left.size() < kHead) return std::nullopt;
    std::uint32_t length = 0;
    for (std::size_t i = 4; i-- > 0;) length = length << 8 | static_cast<std::uint8_t>(left[i]);
    const auto code = static_cast<unsigned char>(left[4]);
    const unsigned char kind = code & static_cast<unsigned char>(~kWithFile);
    if (length == 0 || length > kLongestMessage || kind == 0 ||
        kind > static_cast<unsigned char>(kLastMessage)) {
        broken_ = true;
        return std::nullopt;
    }
    if (left.size() - 4 < length) return std::nullopt;
    Envelope out{static_cast<MessageKind>(kind),
                 std::string(left.substr(kHead, length - 1)),
                 (code & kWithFile) != 0,
                 {}};
    start_ += 4 + std::size_t{length};
    if (start_ == buffer_.size()) {
        buffer_.clear();
        start_ = 0;
    } else if (start_ > buffer_.size() / 2) {
        buffer_.erase(0, start_);
        start_ = 0;
    }
    return out;
}

bool Channel::send(MessageKind kind, std::string_view payload, int file) {
    auto head = head_of(kind, payload.size(), file >= 0);
    std::size_t sent = 0;
    while (sent < kHead + payload.size()) {
        const std::size_t in_head = std::min(sent, kHead), in_payload = sent - in_head;
        std::array<iovec, 2> parts{
            {{head.data() + in_head, kHead - in_head},
             {const_cast<char*>(payload.data()) + in_payload, payload.size() - in_payload}}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        FileRoom room{};
        if (sent == 0 && file >= 0) attach(message, room, file);
        const ssize_t put = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        sent += static_cast<std::size_t>(put);
    }
    return true;
}

Channel::Filled Channel::fill() {
    std::array<char, 1 << 16> bytes;
    iovec part{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    FileRoom room{};
    if (files_ == Files::Accepted) {
        message.msg_control = room.bytes.data();
        message.msg_controllen = room.bytes.size();
    }
    ssize_t got = 0;
    do {
        got = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && errno == EAGAIN) return Filled::Nothing;
    if (got <= 0) return Filled::Closed;
    if (const int file = attached_file(message); file >= 0) received_.emplace_back(file);
    reader_.add({bytes.data(), static_cast<std::size_t>(got)});
    return Filled::Some;
}

std::optional<Envelope> Channel::take() {
    auto envelope = reader_.next();
    if (envelope && envelope->with_file && !received_.empty()) {
        envelope->file = std::move(received_.front());
        received_.pop_front();
    }
    return envelope;
}

std::optional<Envelope> Channel::receive() {
    for (;;) {
        if (auto envelope = take()) return envelope;
        if (broken() || fill() != Filled::Some) return std::nullopt;
    }
}

}  // namespace verso::scanner
