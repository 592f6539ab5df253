// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "printer/device/device.h"

namespace verso::printer {

/// Notes of a hand-over that outlive the process that takes them: what is kept lies in memory that
/// a forked child shares. A child can be told to end at one of its steps, as by a power cut.
class SharedNotes final : public HandOverNotes {
  public:
    SharedNotes()
        : kept_(static_cast<Kept*>(::mmap(nullptr, sizeof(Kept), PROT_READ | PROT_WRITE,
                                          MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
        *kept_ = {};
    }
    SharedNotes(const SharedNotes&) = delete;
    SharedNotes& operator=(const SharedNotes&) = delete;
    ~SharedNotes() override { ::munmap(kept_, sizeof(Kept)); }

    Result<void> keep(const HandOver& known) override {
        if (refuse_keep)
            return Error{ErrorCode::DatabaseFailed, "the lease was lost", "test", "none"};
        step("before keep");
        Kept next{known.step, known.since, known.sent, known.printed, kept_->keeps + 1, {}, {}};
        put(next.mark, known.mark);
        put(next.device_job, known.device_job);
        *kept_ = next;
        step("after keep");
        return {};
    }
    void tell(const DeviceState& state) override { told.push_back(state); }
    bool stop_asked() override { return stop && stop(); }
    void step(std::string_view name) override {
        steps.emplace_back(name);
        if (on_step) on_step(name);
        if (die_at >= 0 && static_cast<int>(steps.size()) > die_at) ::_exit(kDied);
    }

    HandOver known() const {
        HandOver out;
        out.step = kept_->step;
        out.since = kept_->since;
        out.sent = kept_->sent;
        out.printed = kept_->printed;
        out.mark = kept_->mark;
        out.device_job = kept_->device_job;
        return out;
    }
    int keeps() const { return kept_->keeps; }
    bool was_told(std::string_view trouble) const {
        return std::any_of(told.begin(), told.end(), [&](const DeviceState& state) {
            return state.trouble.find(trouble) != std::string::npos;
        });
    }

    static constexpr int kDied = 77;  ///< exit status of a child that ended at its step
    int die_at = -1;                  ///< number of the step, from 0
    bool refuse_keep = false;
    std::function<bool()> stop;
    std::function<void(std::string_view)> on_step;
    std::vector<std::string> steps;
    std::vector<DeviceState> told;

  private:
    struct Kept {
        HandOver::Step step = HandOver::Step::Waiting;
        std::int64_t since = 0;
        int sent = 0, printed = 0, keeps = 0;
        char mark[201] = {}, device_job[65] = {};
    };
    template <std::size_t N>
    static void put(char (&field)[N], const std::string& text) {
        std::memcpy(field, text.c_str(), std::min(text.size(), N - 1));
    }
    Kept* kept_;
};

}  // namespace verso::printer
