// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "printer/ipp/ipp_machine.h"

namespace verso::printer::tests {

/// A printer in memory that does what the machine asks, and counts what is really on paper. What
/// it tells of its jobs, and what it forgets, can be set.
class SimPrinter {
  public:
    bool tells_documents = true, tells_kilobytes = true, tells_stamps = true, tells_names = true;
    bool counts = true;         ///< impressions; else it always says 0
    bool lists = true;          ///< has Get-Jobs
    bool forgets = false;       ///< a job that has ended is gone at once
    bool keeps_jobs = true;     ///< over a restart
    int ticks_to_print = 3;     ///< looks until a job is printed
    std::int64_t since = 1000;  ///< s: when it was switched on
    IppPrinter self;
    std::vector<IppJob> jobs;
    std::map<int, std::string> holds;     ///< job -> document that arrived
    std::map<std::string, int> on_paper;  ///< document -> copies
    std::vector<IppAction::Kind> asked;   ///< all but waits and keeps

    SimPrinter();
    /// Does what is asked at a time, s since 1970.
    IppAnswer answer(const IppAction& action, const std::string& name, std::int64_t now);
    /// All of a document has arrived; or a part of it, and the connection broke.
    void arrive(int job, const std::string& name);
    void break_off(int job);
    /// Breaks off what prints: a part of it is on paper.
    void jam();
    void restart(std::int64_t now);
    IppJob* find(int id);
    IppJob& add(const std::string& name, IppJobState state);
    int count(IppAction::Kind kind) const;
    /// Time goes by: jobs come forward.
    void tick();

  private:
    IppJob told(const IppJob& job, std::int64_t now) const;
    void print(IppJob& job);

    int next_ = 1;
    std::map<int, int> ticks_;
};

/// A machine and a printer, with what is kept between them.
class Talk {
  public:
    explicit Talk(SimPrinter& printer);

    SimPrinter& printer;
    Document document;
    std::int64_t bytes = 5000;
    DeviceOptions options;
    HandOver kept;  ///< what survives a crash
    IppMemory memory;
    IppMoment now;
    std::vector<HandOver> all_kept;
    std::vector<DeviceState> told;
    std::chrono::milliseconds waited{0};

    /// A fresh machine that begins from what was kept.
    IppAction begin();
    /// Goes on by the printer's own answers until an action of this kind stands to be done.
    IppAction until(IppAction::Kind kind);
    /// Goes on to the end.
    Outcome finish();
    /// Does the action that stands, and gives the next.
    IppAction step();
    IppAction answer(const IppAnswer& answer);
    IppAction refuse(int status);
    IppAction lose(Arrived left = Arrived::No);
    IppAction unreachable();
    IppAction keep_failed();
    const IppAction& standing() const { return action_; }
    IppMachine& machine() { return *machine_; }

  private:
    IppAction give(IppEvent event);
    std::unique_ptr<IppMachine> machine_;
    IppAction action_;
};

}  // namespace verso::printer::tests
