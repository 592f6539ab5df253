// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "app/command.h"
#include "app/home.h"
#include "service/desk/scan_works.h"

namespace verso::app {

/// Takes sent scans into the home (uploads.h), and their jobs into the queue. The reading moves the
/// picture to the home's own; the upload goes then.
class ServeScans final : public service::ScanWorks {
  public:
    explicit ServeScans(const Home& home) : home_(home) {}
    Result<service::ScanTicket> take(records::Store& store, const service::SentScan& scan,
                                     Instant now) override;

  private:
    Home home_;
};

/// Works on the queue beside the service, as `verso work` does, until it goes.
class ServeWorker {
  public:
    /// `call` says which home and shop. Faults of the home are told by `verso work` and the pages.
    explicit ServeWorker(const Call& call);
    ~ServeWorker();
    ServeWorker(const ServeWorker&) = delete;
    ServeWorker& operator=(const ServeWorker&) = delete;

  private:
    void run(const std::string& home, const std::string& shop);

    std::atomic<bool> stop_{false};
    std::thread thread_;
};

}  // namespace verso::app
