// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/home_pool.h"
#include "app/print_once.h"
#include "app/wave_request.h"
#include "service/desk/bench_works.h"

namespace verso::app {

/// The bench of a service: prints into the shop's bench folder, one thing after the other, with a
/// press that stays open. Waves go file by file, so that a packer never waits for one.
class ServeBench final : public service::BenchWorks {
  public:
    /// Requires: both outlive it.
    ServeBench(HomePool& homes, Output& out) : homes_(homes), out_(out) {}
    ~ServeBench() override;

    Result<service::BenchDone> print(const service::BenchAsk& ask) override;
    Result<std::filesystem::path> sheet_file(ShopId shop, const std::string& name) override;
    service::PrinterState printer(ShopId shop) override;
    Result<std::vector<service::BenchWave>> waves(ShopId shop, records::Store& store) override;
    Result<void> run_wave(ShopId shop, const std::string& name, const std::string& who) override;
    Result<void> pause_wave(ShopId shop, const std::string& name) override;
    Result<service::BenchDone> reprint_range(ShopId shop, const std::string& name, int first,
                                             int last, const std::string& reason) override;

  private:
    /// The wave that runs: one at a time.
    struct RunningWave {
        ShopId shop;
        std::string name;
        bool pause = false;
    };
    Result<const Press*> press_for(OpenHome& home);
    Result<std::string> plan_wave(OpenHome& home, const std::string& who);
    Result<bool> print_file_of_wave(ShopId shop, const std::string& name);
    void print_wave_files();

    HomePool& homes_;
    Output& out_;
    std::mutex printing_;              ///< held while something is printed
    std::map<ShopId, Press> presses_;  ///< under printing_
    std::mutex state_;                 ///< of what follows
    std::optional<RunningWave> running_;
    std::map<std::pair<ShopId, std::string>, std::string> faults_;
    std::thread wave_thread_;
};

/// The folder of the shop's bench; made when it is the home's own.
Result<std::filesystem::path> bench_folder(const OpenHome& home);

}  // namespace verso::app
