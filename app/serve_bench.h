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
    /// `wake` is called when something was put into a printer's queue. Requires: all outlive it.
    ServeBench(HomePool& homes, Output& out, std::function<void()> wake)
        : homes_(homes), out_(out), wake_(std::move(wake)) {}
    ~ServeBench() override;

    Result<service::BenchDone> print(const service::BenchAsk& ask) override;
    Result<std::filesystem::path> sheet_file(ShopId shop, const std::string& name) override;
    std::vector<service::PrinterState> printers(ShopId shop) override;
    Result<std::vector<service::BenchWave>> waves(ShopId shop, records::Store& store) override;
    Result<void> run_wave(ShopId shop, const std::string& name, const std::string& who,
                          const std::vector<std::string>& printers) override;
    Result<void> pause_wave(ShopId shop, const std::string& name) override;
    Result<service::BenchDone> reprint_range(ShopId shop, const std::string& name, int first,
                                             int last, const std::string& reason,
                                             const std::string& printer) override;
    Result<void> cancel_wave(ShopId shop, const std::string& name,
                             const std::string& reason) override;

  private:
    /// The wave that runs: one at a time.
    struct RunningWave {
        ShopId shop;
        std::string name;
        bool pause = false;
    };
    /// When a printer was last asked whether it has the paper, by printer and template.
    using Asked = std::map<std::string, std::chrono::steady_clock::time_point>;
    PrintTools tools() const { return {system_random(), system_clock(), out_, {}}; }
    Result<const Press*> press_for(OpenHome& home);
    Result<void> aim(OpenHome& home, const Press& press, const std::string& chosen,
                     PrintRequest& request);
    Result<std::string> plan_wave(OpenHome& home, const std::string& who,
                                  const std::vector<std::string>& printers);
    Result<bool> has_room(ShopId shop, const std::string& name);
    Result<bool> print_file_of_wave(ShopId shop, const std::string& name);
    void print_wave_files();

    HomePool& homes_;
    Output& out_;
    std::function<void()> wake_;
    std::mutex printing_;              ///< held while something is printed
    std::map<ShopId, Press> presses_;  ///< under printing_
    Asked asked_;                      ///< under printing_
    std::mutex state_;                 ///< of what follows
    std::optional<RunningWave> running_;
    std::map<std::pair<ShopId, std::string>, std::string> faults_;
    std::thread wave_thread_;
};

/// The printer of the bench: the one that was named, the shop's own, or the only one there is;
/// none: the folder. No printer's name has a '/', every folder's has.
Result<std::optional<records::PrinterRecord>> bench_printer(OpenHome& home,
                                                            const std::string& chosen);
/// The folder of the shop's bench; made when it is the home's own.
Result<std::filesystem::path> bench_folder(const OpenHome& home);

}  // namespace verso::app
