// SPDX-License-Identifier: Apache-2.0
#include "app/printer_desk.h"

#include <algorithm>

#include "app/print_document.h"
#include "app/print_test_page.h"
#include "app/print_to.h"
#include "app/printer_hand.h"
#include "records/store/access_book.h"

namespace verso::app {

namespace {

using records::PrinterRecord;

Result<void> note(OpenHome& home, const std::string& who, const std::string& what,
                  const std::string& subject, Instant now) {
    records::AuditEntry entry;
    entry.shop = home.shop;
    entry.who = who;
    entry.what = what;
    entry.subject = subject;
    entry.at = now;
    return home.store->access().note(entry);
}

/// `work` and its note in one transaction.
template <class Work>
Result<void> act(OpenHome& home, const std::string& who, const std::string& what,
                 const std::string& subject, Work work) {
    const Instant now = system_clock().now();
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    if (Result<void> done = work(now); !done) return done;
    if (auto noted = note(home, who, what, subject, now); !noted) return noted;
    return (*transaction)->commit();
}

Result<PrinterSettings> settings_from(const PrinterToAdd& wanted, const printer::DeviceUri& uri) {
    PrinterSettings settings;
    const bool labels = uri.kind == printer::DeviceKind::Socket;
    const std::string format = !wanted.format.empty() ? wanted.format : labels ? "zpl" : "pdf";
    if (format != "pdf" && format != "zpl") {
        return Error{ErrorCode::ValueInvalid, "documents are pdf or zpl", format, "--format pdf"};
    }
    settings.format = format == "zpl" ? PrintFormat::Zpl : PrintFormat::Pdf;
    if (wanted.dpi != 0) settings.dpi = wanted.dpi;
    settings.tray = wanted.tray;
    settings.certificate = wanted.certificate;
    settings.labels_ahead = wanted.labels_ahead;
    settings.patience_s = wanted.patience_s;
    return settings;
}

/// Whether the printer is there, and takes the format.
Result<void> check_printer(ReadyPrinter& printer) {
    auto abilities = printer.device->capabilities();
    if (!abilities) return abilities.error().at(printer.record.name);
    if (abilities->formats.empty()) return {};
    printer::PaperNeed need;
    need.format = printer.settings.format == PrintFormat::Zpl ? printer::DocumentFormat::Zpl
                                                              : printer::DocumentFormat::Pdf;
    // Paper is looked at with each print, for then it is known what is needed.
    abilities->supported.clear();
    abilities->ready.clear();
    auto choice = printer::choose_paper(need, *abilities, printer.settings.tray);
    return choice ? Result<void>{} : Result<void>(choice.error().at(printer.record.name));
}

}  // namespace

Result<ReadyPrinter> add_printer(OpenHome& home, const PrinterToAdd& wanted,
                                 const std::string& who) {
    if (auto sound = records::check_printer_name(wanted.name); !sound) return sound.error();
    auto uri = printer::parse_device_uri(wanted.uri);
    if (!uri) return uri.error();
    auto settings = settings_from(wanted, *uri);
    if (!settings) return settings.error();
    PrinterRecord record;
    record.name = wanted.name;
    record.uri = wanted.uri;
    record.settings = format_printer_settings(*settings);
    auto printer = ready_printer(record);
    if (!printer) return printer.error();
    if (!wanted.is_unchecked) {
        if (auto there = check_printer(*printer); !there) return there.error();
        auto state = printer->device->state();
        if (!state) return state.error().at(wanted.name);
        printer->record.trouble = state->trouble;
    }
    auto kept = act(home, who, "add printer", wanted.name, [&](Instant now) -> Result<void> {
        auto id = records::spool_of(*home.store).add_printer(record, now);
        if (!id) return id.error();
        printer->record.id = *id;
        return {};
    });
    if (!kept) return kept.error();
    return printer;
}

Result<void> remove_printer(OpenHome& home, const std::string& name, const std::string& who) {
    auto record = records::spool_of(*home.store).find_printer(name);
    if (!record) return record.error();
    return act(home, who, "remove printer", record->name,
               [&](Instant) { return records::spool_of(*home.store).remove_printer(record->id); });
}

Result<void> pause_printer(OpenHome& home, const std::string& name, bool is_paused,
                           const std::string& who) {
    auto record = records::spool_of(*home.store).find_printer(name);
    if (!record) return record.error();
    return act(home, who, is_paused ? "pause printer" : "resume printer", record->name,
               [&](Instant) {
                   return records::spool_of(*home.store).pause_printer(record->id, is_paused);
               });
}

Result<records::PrintJob> settle_print_job(OpenHome& home, records::JobId id, const PaperWord& word,
                                           const std::string& who) {
    const records::PersonSays says = word.says;
    Result<records::PrintJob> settled = records::PrintJob{};
    const bool cancel = says == records::PersonSays::Cancel;
    const std::string what = cancel                                 ? "cancel print"
                             : says == records::PersonSays::Printed ? "print was printed"
                                                                    : "print again";
    auto done = act(home, who, what, std::to_string(id.get()), [&](Instant now) -> Result<void> {
        settled =
            cancel
                ? cancel_print_job(home, id, word.reason.empty() ? "not printed" : word.reason, now)
                : records::spool_of(*home.store).settle(home.shop, id, says, now, word.up_to);
        return settled ? Result<void>{} : Result<void>(settled.error());
    });
    if (!done) return done.error();
    if (!settled->is_open()) {
        std::error_code ignored;
        std::filesystem::remove(settled->what.file, ignored);
    }
    return settled;
}

Result<int> move_print_jobs(OpenHome& home, const std::string& from, const std::string& to,
                            const std::string& who) {
    auto& spool = records::spool_of(*home.store);
    auto old_one = spool.find_printer(from);
    if (!old_one) return old_one.error();
    auto new_one = spool.find_printer(to);
    if (!new_one) return new_one.error();
    auto old_settings = parse_printer_settings(old_one->settings);
    if (!old_settings) return old_settings.error();
    auto new_settings = parse_printer_settings(new_one->settings);
    if (!new_settings) return new_settings.error();
    if (old_settings->format != new_settings->format || old_settings->dpi != new_settings->dpi) {
        return Error{ErrorCode::NotAllowed, "it does not take what the other one takes",
                     new_one->name, "move them to a printer of the same format and resolution"};
    }
    int moved = 0;
    auto done = act(home, who, "move queue", old_one->name + " to " + new_one->name,
                    [&](Instant now) -> Result<void> {
                        auto count = spool.move_jobs(home.shop, old_one->id, new_one->id, now);
                        if (!count) return count.error();
                        moved = *count;
                        return {};
                    });
    if (!done) return done.error();
    return moved;
}

Result<records::JobId> print_own_page(OpenHome& home, ReadyPrinter& printer, const Press& press,
                                      const DrawList& page, const std::string& title,
                                      const std::string& who) {
    const PrinterSettings& settings = printer.settings;
    Layout layout;
    layout.pages = {page.page};
    const auto need = paper_need(layout, settings.format, settings.dpi);
    if (auto fits = check_paper(printer, need); !fits) return fits.error();
    auto file = spool_file(home.home, settings.format, system_clock().now());
    if (!file) return file.error();
    PrintDocument document(press, printer.record.name, settings.format, settings.dpi);
    if (auto added = document.add_page(page); !added) return added.error();
    if (auto saved = document.save(*file); !saved) return saved.error();
    records::NewPrintJob job;
    job.printer = printer.record.id;
    job.file = file->string();
    job.title = title;
    job.is_zpl = settings.format == PrintFormat::Zpl;
    job.dpi = need.dpi;
    job.width = need.width;
    job.height = need.height;
    job.is_urgent = true;
    job.who = who;
    records::JobId id;
    auto put =
        act(home, who, "print " + title, printer.record.name, [&](Instant at) -> Result<void> {
            auto made = records::spool_of(*home.store).enqueue(home.shop, job, at);
            if (!made) return made.error();
            id = *made;
            return {};
        });
    if (!put) return put.error();
    return id;
}

Result<records::JobId> print_test_page(OpenHome& home, const std::string& name,
                                       const std::string& template_name, const std::string& who) {
    auto record = records::spool_of(*home.store).find_printer(name);
    if (!record) return record.error();
    auto printer = ready_printer(*record);
    if (!printer) return printer.error();
    auto press = open_press(home.home, template_name, &home.config.shop);
    if (!press) return press.error();
    const DrawList page =
        test_page(press->insert->layout().pages.front(),
                  {record->name, record->uri, format_utc(system_clock().now()),
                   home.config.shop.name, "The ruler counts millimetres from the paper's edge."},
                  *press->fonts);
    return print_own_page(home, *printer, *press, page, "test page", who);
}

}  // namespace verso::app
