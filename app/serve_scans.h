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

/// Takes sent scans into the home: spool/uploads/SHA256/NAME, and their jobs into the queue. The
/// reading moves the picture to the home's own; the upload goes then.
class ServeScans final : public service::ScanWorks {
  public:
    explicit ServeScans(const Home& home) : uploads_(uploads_of(home)) {}
    Result<service::ScanTicket> take(records::Store& store, const service::SentScan& scan,
                                     Instant now) override;

    static std::filesystem::path uploads_of(const Home& home) { return home.spool() / "uploads"; }

  private:
    std::filesystem::path uploads_;
};

/// Takes an upload away whose picture the home keeps by now; other files are left alone.
void forget_upload(const Home& home, const std::string& file);

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
