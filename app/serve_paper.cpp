// SPDX-License-Identifier: Apache-2.0
#include "app/serve_paper.h"

#include "app/printer_desk.h"

namespace verso::app {

namespace {

template <class Value>
Result<void> without_value(const Result<Value>& result) {
    return result ? Result<void>{} : Result<void>(result.error());
}

}  // namespace

Result<void> ServePaper::act(ShopId shop, const std::function<Result<void>(OpenHome&)>& work) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto done = work(**home);
    wake_();
    return done;
}

Result<std::string> ServePaper::add(ShopId shop, const service::PrinterForm& form,
                                    const std::string& who) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    PrinterToAdd wanted;
    wanted.name = form.name;
    wanted.uri = form.uri;
    wanted.format = form.format;
    wanted.dpi = form.dpi;
    wanted.tray = form.tray;
    wanted.certificate = form.certificate;
    auto added = add_printer(**home, wanted, who);
    if (!added) return added.error();
    return added->record.trouble;
}

Result<void> ServePaper::remove(ShopId shop, const std::string& name, const std::string& who) {
    return act(shop, [&](OpenHome& home) { return remove_printer(home, name, who); });
}

Result<void> ServePaper::pause(ShopId shop, const std::string& name, bool is_paused,
                               const std::string& who) {
    return act(shop, [&](OpenHome& home) { return pause_printer(home, name, is_paused, who); });
}

Result<void> ServePaper::test(ShopId shop, const std::string& name, const std::string& who) {
    return act(shop, [&](OpenHome& home) {
        return without_value(print_test_page(home, name, home.config.serve.bench_template, who));
    });
}

Result<void> ServePaper::move(ShopId shop, const std::string& from, const std::string& to,
                              const std::string& who) {
    return act(shop,
               [&](OpenHome& home) { return without_value(move_print_jobs(home, from, to, who)); });
}

Result<void> ServePaper::settle(ShopId shop, records::JobId job, records::PersonSays says,
                                int up_to, const std::string& reason, const std::string& who) {
    return act(shop, [&](OpenHome& home) {
        return without_value(settle_print_job(home, job, {says, up_to, reason}, who));
    });
}

}  // namespace verso::app
