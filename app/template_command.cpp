// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/files.h"
#include "app/template_preview.h"
#include "app/wiring.h"
#include "generator/check/template_check.h"

namespace verso::app {

namespace {

Result<ExitCode> list_templates(Call& call) {
    auto share = find_share();
    if (!share) return share.error();
    auto home = home_if_any(call);
    if (!home) return home.error();
    for (const auto& name : generator::InsertTemplate::list(template_folders(*home, *share))) {
        call.out.say(name);
        call.out.line(nlohmann::json{{"template", name}}.dump());
    }
    return ExitCode::Ok;
}

std::string place(const MmBox& box) {
    char text[96];
    std::snprintf(text, sizeof text, "%.1f, %.1f, %.1f x %.1f mm", box.x.value, box.y.value,
                  box.w.value, box.h.value);
    return text;
}

void add_region(Table& table, const ReadRegion& region) {
    const std::string page = std::to_string(region.page);
    table.add({page, region.id, "", place(region.box)});
    for (const auto& code : region.codes) {
        table.add({page, region.id, std::string(to_string(code.kind)), place(code.box)});
    }
    for (const auto& fiducial : region.fiducials) {
        table.add({page, region.id, "fiducial", place(fiducial)});
    }
    for (const auto& question : region.questions) {
        for (const auto& option : question.options) {
            table.add({page, region.id, question.id + " = " + std::to_string(option.value),
                       place(option.box)});
        }
    }
    for (const auto& field : region.fields)
        table.add({page, region.id, field.id, place(field.box)});
}

Result<ExitCode> show_regions(const std::string& name, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto press = open_press(home->home, name, &home->config.shop);
    if (!press) return press.error();
    auto layout = home->store->freeze_layout(press->insert->layout());
    if (!layout) return layout.error();
    call.out.line(to_json(*layout));
    Table table({">page", "region", "what", "x, y, width x height"});
    for (const auto& region : layout->cards) add_region(table, region);
    for (const auto& region : layout->returns) add_region(table, region);
    call.out.say(name + ", layout " + std::to_string(layout->number.get()) + ", sha256 " +
                 layout_sha256(*layout));
    call.out.show(table);
    return ExitCode::Ok;
}

std::string_view word(generator::Finding::Severity severity) {
    return severity == generator::Finding::Severity::Error ? "error" : "warning";
}

Result<ExitCode> check(const std::string& name, Call& call) {
    auto shop = shop_or_specimen(call);
    if (!shop) return shop.error();
    auto home = home_if_any(call);
    if (!home) return home.error();
    auto share = find_share();
    if (!share) return share.error();
    auto fonts = generator::FontBook::load(share->fonts());
    if (!fonts) return fonts.error();
    auto findings =
        generator::check_template(name, template_folders(*home, *share), *fonts, &*shop);
    if (!findings) return findings.error();
    std::size_t errors = 0;
    for (const auto& finding : *findings) {
        const auto severity = word(finding.severity);
        errors += finding.severity == generator::Finding::Severity::Error ? 1 : 0;
        call.out.say(fmt::format("{}: {}: {}{}{}", severity, finding.place, finding.message,
                                 finding.cure.empty() ? "" : "; ", finding.cure));
        call.out.line(nlohmann::ordered_json{{"severity", severity},
                                             {"where", finding.place},
                                             {"message", finding.message},
                                             {"cure", finding.cure}}
                          .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    call.out.say(findings->empty() ? fmt::format("{}: nothing to complain of", name)
                                   : fmt::format("{}: {} errors, {} warnings", name, errors,
                                                 findings->size() - errors));
    return errors > 0 ? ExitCode::TemplateInvalid : ExitCode::Ok;
}

/// Puts the schemas where the "$schema" of a copied template points, so that an editor knows its
/// keys. Written over: they describe this program.
Result<void> copy_schemas(const Share& share, const Home& home) {
    namespace fs = std::filesystem;
    constexpr std::uint64_t kLimit = 4 << 20;
    const fs::path to = home.templates() / "schema";
    std::error_code ignored;
    fs::create_directories(to, ignored);
    for (const auto& entry :
         fs::directory_iterator(fs::path(share.templates()) / "schema", ignored)) {
        auto text = read_file(entry.path(), kLimit);
        if (!text) return text.error();
        auto written = write_file(to / entry.path().filename(), *text, FileMode::Shared);
        if (!written) return written.error();
    }
    return {};
}

/// A copy in the home of a template that comes with the program, to be changed.
Result<ExitCode> make_new(const std::string& name, const std::string& from, Call& call) {
    auto home = home_of_shop(call);
    if (!home) return home.error();
    auto share = find_share();
    if (!share) return share.error();
    if (name.empty() ||
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
        return Error{ErrorCode::ValueInvalid, fmt::format("\"{}\" is no name", name), "NAME",
                     "use small letters, digits and -"};
    }
    namespace fs = std::filesystem;
    const auto known = generator::InsertTemplate::list({share->templates()});
    if (std::find(known.begin(), known.end(), from) == known.end()) {
        return Error{ErrorCode::NotFound, fmt::format("there is no template \"{}\"", from),
                     "--from", fmt::format("use one of {}", fmt::join(known, ", "))};
    }
    const fs::path file = home->templates() / "insert" / (name + ".json");
    if (fs::exists(file)) {
        return Error{ErrorCode::AlreadyExists, "is there already", file.string(),
                     "choose another name"};
    }
    constexpr std::uint64_t kLimit = 4 << 20;
    auto text = read_file(fs::path(share->templates()) / "insert" / (from + ".json"), kLimit);
    if (!text) return text.error();
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    if (auto written = write_file(file, *text, FileMode::Shared); !written) return written.error();
    if (auto copied = copy_schemas(*share, *home); !copied) return copied.error();
    call.out.say(file.string());
    call.out.say(fmt::format("Change it, and look: verso template preview {} --out {}.pdf --watch",
                             name, name));
    call.out.line(nlohmann::ordered_json{{"template", name}, {"file", file.string()}}.dump());
    return ExitCode::Ok;
}

void add_check(CLI::App& templates, Program& program) {
    auto name = std::make_shared<std::string>();
    CLI::App* command = declare(templates, "check",
                                "Look for what would spoil paper: overlaps, codes too small or "
                                "folded, rules of the post. Tells file and JSON pointer.",
                                "verso template check a4-fold");
    command->add_option("NAME", *name, "See: verso template list")->required();
    command->callback(
        [name, &program] { program.chosen = [name](Call& call) { return check(*name, call); }; });
}

void add_new(CLI::App& templates, Program& program) {
    auto name = std::make_shared<std::string>(), from = std::make_shared<std::string>("a4-fold");
    CLI::App* command = declare(templates, "new", "Copy a template into the home, to change it.",
                                "verso template new ours --from a4-duplex");
    command->add_option("NAME", *name, "What the copy is called")->required();
    command->add_option("--from", *from, "The template to begin with")->capture_default_str();
    command->callback([name, from, &program] {
        program.chosen = [name, from](Call& call) { return make_new(*name, *from, call); };
    });
}

void add_preview(CLI::App& templates, Program& program) {
    auto request = std::make_shared<PreviewRequest>();
    CLI::App* command = declare(templates, "preview",
                                "Set invented or real orders with a template and write a PDF to "
                                "look at. Records nothing.",
                                "verso template preview a4-fold --out look.pdf --png");
    command->add_option("NAME", request->template_name, "See: verso template list")->required();
    command->add_option("--out", request->pdf, "The PDF; written over")->required();
    command->add_option("--order", request->orders, "Orders of the home; default: invented ones");
    command->add_option("--language", request->languages, "Languages of the invented orders");
    command->add_flag("--png", request->png, "Also a picture of each page, NAME-1.png …");
    command->add_flag("--watch", request->watch,
                      "Again at each change of a template, until Ctrl-C");
    command->callback([request, &program] {
        program.chosen = [request](Call& call) { return preview_template(*request, call); };
    });
}

}  // namespace

void add_template_command(Program& program) {
    CLI::App* templates = declare(program.parser, "template", "What inserts are printed from.",
                                  "verso template list");
    templates->require_subcommand(1);
    CLI::App* list = declare(*templates, "list", "List the templates, the home's own included.",
                             "verso template list");
    list->callback([&program] { program.chosen = list_templates; });
    auto name = std::make_shared<std::string>();
    CLI::App* regions = declare(*templates, "regions",
                                "Show where everything that is read lies on the sheet. Freezes the "
                                "layout in the home under its number.",
                                "verso template regions a4-fold --json");
    regions->add_option("NAME", *name, "See: verso template list")->required();
    regions->callback([name, &program] {
        program.chosen = [name](Call& call) { return show_regions(*name, call); };
    });
    add_new(*templates, program);
    add_check(*templates, program);
    add_preview(*templates, program);
}

}  // namespace verso::app
