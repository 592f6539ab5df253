// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/wiring.h"

namespace verso::app {

namespace {

Result<ExitCode> list_templates(Call& call) {
    auto share = find_share();
    if (!share) return share.error();
    const Home home = find_home(call.home);
    for (const auto& name : generator::InsertTemplate::list(template_folders(home, *share))) {
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
    auto press = open_press(home->home, name);
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
}

}  // namespace verso::app
