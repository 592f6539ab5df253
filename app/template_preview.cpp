// SPDX-License-Identifier: Apache-2.0
#include "app/template_preview.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/wiring.h"
#include "generator/pdf/pdf_writer.h"
#include "generator/sample/specimen.h"
#include "scanner/render/child_output.h"

namespace verso::app {

namespace {

namespace fs = std::filesystem;

/// Invented orders of a kind that shows a template: a short one, one in two parcels with long
/// names, one that overflows.
std::vector<Order> invented_orders(const std::vector<std::string>& languages) {
    std::vector<Order> out;
    for (const auto& language : languages) {
        out.push_back(generator::specimen_order(language, 3));
        out.push_back(generator::with_long_names(
            generator::in_two_parcels(generator::specimen_order(language, 7), 2)));
        out.push_back(generator::specimen_order(language, 30));
    }
    return out;
}

Result<std::vector<Order>> orders_of(const PreviewRequest& request, const Shop& shop,
                                     const Call& call) {
    if (request.orders.empty()) {
        return invented_orders(request.languages.empty() ? std::vector{shop.language}
                                                         : request.languages);
    }
    auto home = open_home(call);
    if (!home) return home.error();
    std::vector<Order> out;
    for (const auto& number : request.orders) {
        auto order = home->store->find_order(home->shop, OrderNumber(number));
        if (!order) return order.error();
        out.push_back(std::move(*order));
    }
    return out;
}

Result<void> draw_pictures(const fs::path& pdf) {
    const fs::path prefix = fs::path(pdf).replace_extension();
    auto child = scanner::ChildOutput::start(
        {"pdftoppm", "-r", "120", "-png", pdf.string(), prefix.string()});
    if (!child) return child.error();
    if (child->finish() != 0) {
        return Error{ErrorCode::FileUnwritable, "pdftoppm drew no pictures: " + child->complaint(),
                     prefix.string(), "check the folder"};
    }
    return {};
}

/// One preview; gives the number of pages.
Result<int> preview_once(const PreviewRequest& request, Call& call) {
    auto shop = shop_or_specimen(call);
    if (!shop) return shop.error();
    auto home = home_if_any(call);
    if (!home) return home.error();
    auto press = open_press(*home, request.template_name, &*shop);
    if (!press) return press.error();
    auto orders = orders_of(request, *shop, call);
    if (!orders) return orders.error();
    generator::PdfWriter writer(press->fonts, {6, request.template_name});
    for (const auto& order : *orders) {
        for (const auto& parcel : order.parcels) {
            auto insert =
                press->insert->lay_out({order, parcel.number, *shop, generator::specimen_card(),
                                        generator::specimen_rma()});
            if (!insert) return insert.error();
            for (const auto& page : insert->pages) {
                if (auto added = writer.add_page(page); !added) return added.error();
            }
            for (const auto& warning : insert->warnings) call.out.warn(warning);
        }
    }
    if (auto saved = writer.save(request.pdf.string()); !saved) return saved.error();
    if (request.png) {
        if (auto drawn = draw_pictures(request.pdf); !drawn) return drawn.error();
    }
    return writer.page_count();
}

/// The newest change among all that a preview depends on.
fs::file_time_type newest_change(const std::vector<fs::path>& roots) {
    auto newest = fs::file_time_type::min();  // its zero lies in the year 2174
    std::error_code ignored;
    for (const auto& root : roots) {
        if (fs::is_regular_file(root, ignored)) {
            newest = std::max(newest, fs::last_write_time(root, ignored));
        }
        for (const auto& entry : fs::recursive_directory_iterator(root, ignored)) {
            newest = std::max(newest, entry.last_write_time(ignored));
        }
    }
    return newest;
}

void tell(const PreviewRequest& request, int pages, Call& call) {
    call.out.say(
        fmt::format("{}: {} pages of {}", request.pdf.string(), pages, request.template_name));
    call.out.line(nlohmann::ordered_json{
        {"file", request.pdf.string()}, {"pages", pages}, {"template", request.template_name}}
                      .dump());
}

}  // namespace

Result<ExitCode> preview_template(const PreviewRequest& request, Call& call) {
    auto pages = preview_once(request, call);
    if (!request.watch) {
        if (!pages) return pages.error();
        tell(request, *pages, call);
        return ExitCode::Ok;
    }
    auto share = find_share();
    if (!share) return share.error();
    auto home = home_if_any(call);
    if (!home) return home.error();
    std::vector<fs::path> roots{home->config()};
    for (const auto& folder : template_folders(*home, *share)) roots.emplace_back(folder);
    for (;;) {
        const auto seen = newest_change(roots);
        if (pages) {
            tell(request, *pages, call);
            call.out.flush();
        } else {
            call.out.fail(pages.error());
        }
        while (newest_change(roots) == seen) {
            std::this_thread::sleep_for(std::chrono::milliseconds(250));
        }
        pages = preview_once(request, call);
    }
}

}  // namespace verso::app
