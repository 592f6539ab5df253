// SPDX-License-Identifier: Apache-2.0
#include "app/printer_calibration.h"

#include <fmt/format.h>

#include "app/user_desk.h"
#include "core/page/calibration_sheet.h"
#include "generator/calibration/calibration_page.h"
#include "scanner/image/image_loader.h"

namespace verso::app {

namespace {

/// A printer and the page that measures it.
struct Measured {
    ReadyPrinter printer;
    Press press;
    CalibrationSheet sheet;
};

Result<Measured> open_measured(OpenHome& home, const std::string& name,
                               const std::string& template_name) {
    auto record = records::spool_of(*home.store).find_printer(name);
    if (!record) return record.error();
    auto printer = ready_printer(*record);
    if (!printer) return printer.error();
    auto press = open_press(home.home, template_name, &home.config.shop);
    if (!press) return press.error();
    auto sheet = calibration_sheet(press->insert->layout().pages.front());
    if (!sheet) return sheet.error();
    return Measured{*std::move(printer), *std::move(press), *std::move(sheet)};
}

Result<void> keep(OpenHome& home, ReadyPrinter& printer, const PrintCorrection& correction,
                  PageSize page, const std::string& detail, const std::string& who) {
    if (auto sound = check_correction(correction, page); !sound)
        return sound.error().at(printer.record.name);
    printer.settings.correction = correction;
    printer.record.settings = format_printer_settings(printer.settings);
    const Instant now = system_clock().now();
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    if (auto kept = records::spool_of(*home.store).change_printer(printer.record); !kept)
        return kept;
    auto noted = home.store->access().note(
        {0, home.shop, now, who, "calibrate printer", printer.record.name, detail});
    if (!noted) return noted;
    return (*transaction)->commit();
}

Result<scanner::GrayImage> first_page(const std::string& file) {
    Result<scanner::GrayImage> page =
        Error{ErrorCode::FormatInvalid, "there is no page in this file", file, "scan it again"};
    auto loaded = scanner::load_pages(file, {}, [&](int, Result<scanner::GrayImage> image) {
        page = std::move(image);
        return false;
    });
    if (!loaded) return loaded.error();
    return page;
}

}  // namespace

Result<records::JobId> print_calibration_page(OpenHome& home, const std::string& name,
                                              const std::string& template_name,
                                              const std::string& who) {
    auto measured = open_measured(home, name, template_name);
    if (!measured) return measured.error();
    const auto& settings = measured->printer.settings;
    const DrawList page = generator::calibration_page(
        measured->sheet,
        {measured->printer.record.name + (settings.tray.empty() ? "" : ", " + settings.tray),
         format_utc(system_clock().now()),
         settings.correction.is_identity() ? "not corrected" : "corrected",
         "Scan or photograph this page whole, before something dark:",
         "verso printer calibrate \"" + measured->printer.record.name + "\" --scan FILE"},
        *measured->press.fonts);
    return print_own_page(home, measured->printer, measured->press, page, "calibration page", who);
}

Result<scanner::PrintMeasurement> calibrate_by_scan(OpenHome& home, const std::string& name,
                                                    const std::string& file,
                                                    const std::string& template_name,
                                                    const std::string& who) {
    auto measured = open_measured(home, name, template_name);
    if (!measured) return measured.error();
    auto image = first_page(file);
    if (!image) return image.error();
    auto found = scanner::measure_print(*image, measured->sheet);
    if (!found) return found.error().at(file);
    const PrintCorrection better =
        measured->printer.settings.correction.after(found->print.inverse());
    auto kept = keep(home, measured->printer, better, measured->sheet.page,
                     fmt::format("scan: {:+.2f} mm right, {:+.2f} mm down",
                                 found->error.right.value, found->error.down.value),
                     who);
    if (!kept) return kept.error();
    return found;
}

Result<void> calibrate_by_offset(OpenHome& home, const std::string& name, Mm right, Mm down,
                                 const std::string& template_name, const std::string& who) {
    auto measured = open_measured(home, name, template_name);
    if (!measured) return measured.error();
    const PrintCorrection better =
        measured->printer.settings.correction.after(correction_for_offset(right, down));
    return keep(home, measured->printer, better, measured->sheet.page,
                fmt::format("typed: {:+.2f} mm right, {:+.2f} mm down", right.value, down.value),
                who);
}

Result<void> forget_calibration(OpenHome& home, const std::string& name, const std::string& who) {
    auto record = records::spool_of(*home.store).find_printer(name);
    if (!record) return record.error();
    auto printer = ready_printer(*record);
    if (!printer) return printer.error();
    return keep(home, *printer, {}, {Mm{210}, Mm{297}}, "forgotten", who);
}

}  // namespace verso::app
