// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/wiring.h"
#include "records/jobs/job_runner.h"
#include "service/desk/import_works.h"

namespace verso::app {

/// Exports of orders that come by the desk. Each has a folder (uploads.h) with the file, its name,
/// and what came of it: trial.json, then done.json.
class ServeImports final : public service::ImportWorks {
  public:
    explicit ServeImports(const Home& home) : home_(home) {}

    Result<std::string> take(records::Store& store, ShopId shop, const std::filesystem::path& file,
                             const std::string& name, Instant now) override;
    Result<void> start(records::Store& store, ShopId shop, const std::string& id,
                       Instant now) override;
    Result<service::SentImport> look(records::Store& store, ShopId shop,
                                     const std::string& id) override;

  private:
    Home home_;
};

/// The handler of their jobs. Requires: the home is entered as the job's shop.
Result<void> do_import(OpenHome& home, const records::LeasedJob& job,
                       const records::CompleteJob& complete);

}  // namespace verso::app
