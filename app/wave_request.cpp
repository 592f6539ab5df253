// SPDX-License-Identifier: Apache-2.0
#include "app/wave_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace verso::app {

namespace {

constexpr std::size_t kLongestName = 40;
constexpr int kMostPerFile = 100'000;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::filesystem::path WaveRequest::file(int number) const {
    return folder / fmt::format("wave-{}-{:03}.{}", name, number,
                                print.format == PrintFormat::Zpl ? "zpl" : "pdf");
}

std::string format_wave_request(const WaveRequest& request) {
    nlohmann::ordered_json json{
        {"orders", request.print.orders},
        {"template", request.print.template_name},
        {"folder", request.folder.string()},
        {"manifest", request.print.manifest.string()},
        {"reprint", request.print.reprint},
        {"per_file", request.per_file},
        {"pick", request.sequence == PrintSequence::Pick},
        {"separators", request.separators},
        {"zpl_dpi", request.print.format == PrintFormat::Zpl ? request.print.dpi : 0}};
    if (!request.print.packer.empty()) json["packer"] = request.print.packer;
    if (request.print.verify_dpi > 0) json["verify_dpi"] = request.print.verify_dpi;
    for (const auto printer : request.print.paper.printers)
        json["printers"].push_back(printer.get());
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<WaveRequest> parse_wave_request(std::string_view text, const std::string& name) try {
    const auto json = nlohmann::json::parse(text);
    WaveRequest request;
    request.name = name;
    request.print.orders = json.at("orders").get<std::vector<std::string>>();
    request.print.template_name = json.at("template").get<std::string>();
    request.folder = json.at("folder").get<std::string>();
    request.print.manifest = json.at("manifest").get<std::string>();
    request.print.reprint = json.at("reprint").get<std::string>();
    request.per_file = json.at("per_file").get<int>();
    request.sequence = json.at("pick").get<bool>() ? PrintSequence::Pick : PrintSequence::Store;
    request.separators = json.at("separators").get<bool>();
    if (const int dpi = json.at("zpl_dpi").get<int>(); dpi != 0) {
        request.print.format = PrintFormat::Zpl;
        request.print.dpi = dpi;
    }
    request.print.verify_dpi = json.value("verify_dpi", 0);
    request.print.packer = json.value("packer", "");
    for (const auto id : json.value("printers", std::vector<std::int64_t>{}))
        request.print.paper.printers.emplace_back(id);
    request.print.paper.who = request.print.packer;
    if (auto sound = check_wave_request(request); !sound) return sound.error();
    return request;
} catch (const nlohmann::json::exception& error) {
    return Error{
        ErrorCode::HomeInvalid,
        std::string("what the wave was asked for is not what Verso wrote: ") + error.what(), name,
        "print the parcels that are left with a new wave"};
}

Result<void> check_wave_request(const WaveRequest& request) {
    const std::string& name = request.name;
    const bool sound = name.size() <= kLongestName &&
                       (name.empty() || is_letter_or_digit(name.front())) &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                           return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
                       });
    if (!sound) {
        return Error{ErrorCode::ValueInvalid, "cannot be the name of a wave", name,
                     "use letters, digits, '-', '_' and '.', at most 40, a letter or digit first"};
    }
    if (request.per_file < 1 || request.per_file > kMostPerFile) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("{} inserts cannot be in one file", request.per_file),
                     "--per-file", fmt::format("give 1 to {}", kMostPerFile)};
    }
    return {};
}

}  // namespace verso::app
