// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_zebra.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>

namespace verso::printer {
namespace {

using std::chrono::milliseconds;

std::string between(std::string_view text, std::string_view from, std::string_view to) {
    const auto begin = text.find(from);
    if (begin == std::string_view::npos) return "?";
    const auto rest = text.substr(begin + from.size());
    return std::string(rest.substr(0, rest.find(to)));
}

bool happens(int& fault, int count) {
    if (fault < 0 || count < fault) return false;
    fault = -1;
    return true;
}

}  // namespace

FakeZebra::FakeZebra(ZebraHabits habits, int port) : habits_(std::move(habits)), port_(port) {
    listen_again();
    if (listener_ < 0) throw std::runtime_error("no port for a fake printer");
    thread_ = std::thread([this] { run(); });
}

FakeZebra::~FakeZebra() {
    done_ = true;
    thread_.join();
    close_all(false);
    if (listener_ >= 0) ::close(listener_);
}

void FakeZebra::listen_again() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
        ::close(listener_);
        listener_ = -1;
        return;
    }
    port_ = ntohs(address.sin_port);
}

std::vector<std::string> FakeZebra::printed() const {
    const std::lock_guard guard(lock_);
    return printed_;
}

std::map<std::string, int> FakeZebra::copies() const {
    std::map<std::string, int> out;
    for (const std::string& label : printed()) ++out[label];
    return out;
}

std::int64_t FakeZebra::bytes_read() const {
    const std::lock_guard guard(lock_);
    return bytes_;
}

int FakeZebra::connections_made() const {
    const std::lock_guard guard(lock_);
    return made_;
}

void FakeZebra::change(const ZebraHabits& habits) {
    const std::lock_guard guard(lock_);
    habits_ = habits;
    half_open_ = false;
}

void FakeZebra::power_cycle() {
    const std::lock_guard guard(lock_);
    switch_off();
}

void FakeZebra::cut_connections() {
    const std::lock_guard guard(lock_);
    close_all(true);
}

void FakeZebra::feed_label() {
    const std::lock_guard guard(lock_);
    ++counter_;
}

void FakeZebra::run() {
    while (!done_) {
        wait_for_work();
        const std::lock_guard guard(lock_);
        const auto now = Clock::now();
        if (listener_ < 0 && now >= back_at_) listen_again();
        if (now >= repaired_at_) paper_out_ = head_open_ = paused_ = false;
        accept_clients();
        if (!half_open_) read_clients();
        print_due();
    }
}

// Waits for bytes, but never longer than two milliseconds: something may be due to be printed.
void FakeZebra::wait_for_work() {
    std::vector<pollfd> waits;
    {
        const std::lock_guard guard(lock_);
        if (listener_ >= 0) waits.push_back({listener_, POLLIN, 0});
        const bool reads = !half_open_ && std::ssize(held_) < habits_.buffer_labels;
        for (const Client& client : clients_)
            if (reads) waits.push_back({client.fd, POLLIN, 0});
        if (!reads || static_cast<int>(clients_.size()) >= habits_.connections)
            std::erase_if(waits, [this](const pollfd& wait) { return wait.fd == listener_; });
        if (habits_.slow_bytes > 0) waits.clear();
    }
    ::poll(waits.data(), waits.size(), habits_.slow_bytes > 0 ? 1 : 2);
}

void FakeZebra::accept_clients() {
    while (listener_ >= 0 && static_cast<int>(clients_.size()) < habits_.connections) {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0) return;
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        clients_.push_back({fd});
        ++made_;
    }
}

void FakeZebra::read_clients() {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        if (std::ssize(held_) >= habits_.buffer_labels) return;
        std::array<char, 65536> piece{};
        std::size_t most =
            habits_.slow_bytes > 0 ? static_cast<std::size_t>(habits_.slow_bytes) : piece.size();
        // A reset falls on its very byte.
        if (habits_.reset_after_bytes >= 0)
            most = std::min(most, static_cast<std::size_t>(std::max<std::int64_t>(
                                      0, habits_.reset_after_bytes - bytes_)));
        const ssize_t got = most == 0 ? 0 : ::recv(clients_[i].fd, piece.data(), most, 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (got > 0) {
            bytes_ += got;
            take(clients_[i], {piece.data(), static_cast<std::size_t>(got)});
        }
        if (habits_.reset_after_bytes >= 0 && bytes_ >= habits_.reset_after_bytes) {
            habits_.reset_after_bytes = -1;
            return close_all(true);
        }
        if (got > 0) continue;
        if (clients_.empty()) return;
        ::close(clients_[i].fd);
        clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(i--));
    }
}

void FakeZebra::take(Client& client, std::string_view bytes) {
    received_ += bytes;
    while (take_one(client)) {
    }
}

bool FakeZebra::take_one(Client& client) {
    struct Word {
        std::string_view text;
        std::string reply;
    };
    const std::array<Word, 4> words{
        Word{"~HS", status_text()}, Word{"~HI", "\x02ZT000-203dpi,V75.00.00Z,8,8176KB,X\x03\r\n"},
        Word{"~JX", ""},
        Word{"! U1 getvar \"odometer.total_label_count\"\r\n",
             habits_.has_counter ? "\"" + std::to_string(counter_) + "\"\r\n" : ""}};
    // A command is obeyed at once, also in the middle of a label.
    std::size_t first = std::string::npos;
    const Word* found = nullptr;
    for (const Word& word : words) {
        const auto at = received_.find(word.text);
        if (at < first) {
            first = at;
            found = &word;
        }
    }
    const auto end = received_.find("^XZ");
    if (end < first) {
        const auto begin = received_.find("^XA");
        const std::string label = received_.substr(0, end + 3);
        received_.erase(0, end + 3);
        ++seen_labels_;
        if (begin < end && seen_labels_ != habits_.loses_label)
            held_.push_back(between(label, "^FD", "^FS"));
        return true;
    }
    if (found == nullptr) return false;
    if (found->text == "~JX")
        received_.erase(0, first + found->text.size());
    else
        received_.erase(first, found->text.size());
    if (!found->reply.empty()) answer(client, found->reply);
    return true;
}

std::string FakeZebra::status_text() const {
    const auto flag = [](bool is_set) { return is_set ? std::string("1") : std::string("0"); };
    const std::string formats = std::to_string(1000 + held_.size()).substr(1);
    const bool partial =
        received_.find("^XA") != std::string::npos && received_.find("^XA") < received_.find("~HS");
    return "\x02"
           "030," +
           flag(paper_out_) + "," + flag(paused_) + ",1218," + formats + ",0,0," + flag(partial) +
           ",000,0,0,0\x03\r\n\x02"
           "000,0," +
           flag(head_open_) +
           ",0,0,2,4,0,00000000,1,000\x03\r\n\x02"
           "1234,0\x03\r\n";
}

void FakeZebra::answer(Client& client, const std::string& text) {
    if (!habits_.answers) return;
    const auto send = [&](std::string_view bytes) {
        ::send(client.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    };
    switch (habits_.answer) {
        case ZebraHabits::Answer::Whole:
            return send(text);
        case ZebraHabits::Answer::Twice:
            send(text);
            return send(text);
        case ZebraHabits::Answer::Garbage:
            return send("\x02nonsense,\xFF\x03\"what\x02,,,,,,,,,,,,,,\x03");
        case ZebraHabits::Answer::Pieces:
            for (std::size_t i = 0; i < text.size(); i += 3) {
                send(std::string_view(text).substr(i, 3));
                if (i % 30 == 0) std::this_thread::sleep_for(milliseconds(1));
            }
    }
}

void FakeZebra::print_due() {
    while (!held_.empty() && !half_open_) {
        if (paper_out_ || head_open_ || paused_) return;
        const auto now = Clock::now();
        if (!printing_) {
            printing_ = true;
            busy_until_ = now + habits_.per_label;
        }
        if (now < busy_until_) return;
        print_label();
    }
}

void FakeZebra::print_label() {
    printing_ = false;
    const int count = static_cast<int>(printed_.size());
    // Whatever opens or runs out does so in the middle of a label, which is printed again.
    const bool out = happens(habits_.paper_out_after, count);
    const bool open = happens(habits_.head_open_after, count);
    const bool paused = happens(habits_.pause_after, count);
    if (out || open || paused) {
        paper_out_ = out;
        head_open_ = open;
        paused_ = paused;
        repaired_at_ = Clock::now() + habits_.repaired_after;
        if (habits_.counts_spoiled && !paused) ++counter_;
        return;
    }
    if (happens(habits_.power_cut_after, count)) return switch_off();
    printed_.push_back(held_.front());
    ++counter_;
    if (!habits_.paper.empty())
        std::ofstream(habits_.paper, std::ios::app) << held_.front() << std::endl;
    held_.pop_front();
    after_label();
}

void FakeZebra::after_label() {
    const int count = static_cast<int>(printed_.size());
    if (happens(habits_.close_after, count)) close_all(false);
    if (happens(habits_.half_open_after, count)) half_open_ = true;
}

void FakeZebra::close_all(bool reset) {
    for (const Client& client : clients_) {
        const linger hard{1, 0};
        if (reset) ::setsockopt(client.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        ::close(client.fd);
    }
    clients_.clear();
}

void FakeZebra::switch_off() {
    close_all(true);
    ::close(listener_);
    listener_ = -1;
    back_at_ = Clock::now() + habits_.off_for;
    received_.clear();
    held_.clear();
    printing_ = half_open_ = false;
    paper_out_ = head_open_ = paused_ = false;
    if (!habits_.counter_survives) counter_ = 0;
}

}  // namespace verso::printer
