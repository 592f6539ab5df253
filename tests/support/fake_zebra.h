// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace verso::printer {

/// What a fake label printer is like and what goes wrong with it. A number of labels or bytes below
/// 0 means never; each of those faults happens once.
struct ZebraHabits {
    std::chrono::milliseconds per_label{0};
    int buffer_labels = 32;  ///< then it stops reading
    bool has_counter = true;
    int connections = 1;          ///< at a time; the others wait unanswered
    std::filesystem::path paper;  ///< a line for each printed label is appended here
    int slow_bytes = 0;           ///< reads that many at a time, a millisecond apart; 0: all
    int paper_out_after = -1;     ///< labels; refilled after `repaired_after`
    int head_open_after = -1;     ///< labels
    int pause_after = -1;         ///< labels
    bool counts_spoiled = false;  ///< the label that is printed again after a repair counts twice
    std::chrono::milliseconds repaired_after{30};
    std::int64_t reset_after_bytes = -1;  ///< the connection, once that many were read
    int close_after = -1;                 ///< labels
    int half_open_after = -1;             ///< labels; then it neither reads nor answers nor closes
    int power_cut_after = -1;  ///< labels; what it holds is lost, it is back after `off_for`
    bool counter_survives = true;
    std::chrono::milliseconds off_for{30};
    int loses_label = -1;  ///< number of a label that somebody cancels at the panel, from 1
    bool answers = true;
    enum class Answer { Whole, Pieces, Twice, Garbage };
    Answer answer = Answer::Whole;
};

/// A label printer on a free port of this machine: reads ZPL, holds labels, prints them at its pace
/// and answers ~HS, ~HI, ~JX and the label counter truthfully. One stream of bytes for all
/// connections, as in a printer: half a label waits for its end, whoever sends it. What was printed
/// is known by the first ^FD of each label. Its own thread; safe from any.
class FakeZebra {
  public:
    /// Throws std::runtime_error when there is no port. `port` 0: a free one.
    explicit FakeZebra(ZebraHabits habits, int port = 0);
    FakeZebra(const FakeZebra&) = delete;
    FakeZebra& operator=(const FakeZebra&) = delete;
    ~FakeZebra();

    int port() const { return port_; }
    std::vector<std::string> printed() const;
    /// How many times each label came out.
    std::map<std::string, int> copies() const;
    std::int64_t bytes_read() const;
    int connections_made() const;
    void change(const ZebraHabits& habits);
    void power_cycle();
    void cut_connections();
    /// A person's own label: out it comes, and it is counted.
    void feed_label();

  private:
    using Clock = std::chrono::steady_clock;
    struct Client {
        int fd = -1;
        bool mute = false;
    };

    void run();
    void listen_again();
    void wait_for_work();
    void accept_clients();
    void read_clients();
    void take(Client& client, std::string_view bytes);
    /// One command or label at the beginning of what was received; false when it is not whole.
    bool take_one(Client& client);
    void answer(Client& client, const std::string& text);
    std::string status_text() const;
    void print_due();
    void print_label();
    void after_label();
    void close_all(bool reset);
    void switch_off();

    mutable std::mutex lock_;
    ZebraHabits habits_;
    int port_ = 0, listener_ = -1;
    std::vector<Client> clients_;
    std::string received_;
    std::deque<std::string> held_;
    std::vector<std::string> printed_;
    std::int64_t counter_ = 1000, bytes_ = 0;
    int made_ = 0, seen_labels_ = 0;
    bool paper_out_ = false, head_open_ = false, paused_ = false, half_open_ = false;
    Clock::time_point busy_until_{}, repaired_at_{}, back_at_{};
    bool printing_ = false;
    std::atomic<bool> done_{false};
    std::thread thread_;
};

}  // namespace verso::printer
