// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "app/build_info.h"
#include "app/store_command.h"
#include "app/wiring.h"

namespace verso::app {

namespace {

/// One thing that was looked at. A cure is set when it is not as it should be.
struct Finding {
    std::string what, state, cure;
    std::optional<ErrorCode> fault;
};

/// Where a program stands in PATH; nothing when it is not there.
std::optional<std::string> find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const std::string file = folder + "/" + name;
        if (::access(file.c_str(), X_OK) == 0) return file;
    }
    return std::nullopt;
}

Finding look_at_tool(const std::string& name, const std::string& purpose,
                     const std::string& package) {
    if (auto file = find_program(name)) return {name, *file + " (" + purpose + ")", "", {}};
    return {name, "missing (" + purpose + ")", "apt-get install --no-install-recommends " + package,
            ErrorCode::DependencyMissing};
}

Finding failed(const std::string& what, const Error& error) {
    return {what, error.where + ": " + error.message, error.cure, error.code};
}

std::vector<Finding> look_at_share(const Home& home) {
    auto share = find_share();
    if (!share) return {failed("fonts and templates", share.error())};
    std::vector<Finding> found;
    auto fonts = generator::FontBook::load(share->fonts());
    found.push_back(fonts ? Finding{"fonts", share->fonts(), "", {}}
                          : failed("fonts", fonts.error()));
    std::string names;
    for (const auto& name : generator::InsertTemplate::list(template_folders(home, *share))) {
        names += (names.empty() ? "" : ", ") + name;
    }
    found.push_back({"templates", names + " in " + share->templates(), "", {}});
    return found;
}

std::vector<Finding> look_at_home(const Home& home, Call& call) {
    if (!home.exists())
        return {{"home", home.root().string() + " is not made yet", "verso init", {}}};
    auto open = open_home(call);
    if (!open) return {failed("home", open.error())};
    auto counts = open->store->counts(open->shop);
    if (!counts) return {failed("database", counts.error())};
    auto place = place_of_store(home, open->config);
    if (!place) return {failed("store", place.error())};
    auto store = records::look_at_store(*place);
    if (!store) return {failed("store", store.error())};
    return {{"home", home.root().string(), "", {}},
            {"store", describe(*store), "", {}},
            {"shop", open->config.shop.name + ", " + open->config.shop.link_host, "", {}},
            {"database",
             std::to_string(counts->orders) + " orders, " + std::to_string(counts->inserts) +
                 " inserts, " + std::to_string(counts->ratings) + " ratings, " +
                 std::to_string(counts->in_review) + " in review",
             "",
             {}}};
}

Result<ExitCode> doctor(Call& call) {
    const Home home = find_home(call.home);
    std::vector<Finding> findings{{"verso", VERSO_VERSION, "", {}}};
    for (const auto& library : kBuiltWith) {
        findings.push_back({library.name, library.version, "", {}});
    }
    findings.push_back(look_at_tool("pdftoppm", "PDF pages to pictures", "poppler-utils"));
    for (auto& finding : look_at_share(home)) findings.push_back(std::move(finding));
    for (auto& finding : look_at_home(home, call)) findings.push_back(std::move(finding));

    Table table({"", "", ""});
    ExitCode worst = ExitCode::Ok;
    for (const auto& finding : findings) {
        const std::string cure = finding.cure.empty() ? "" : "-> " + finding.cure;
        table.add({finding.what, finding.state, cure});
        call.out.line(nlohmann::ordered_json{{"what", finding.what},
                                             {"state", finding.state},
                                             {"ok", !finding.fault.has_value()},
                                             {"cure", finding.cure}}
                          .dump());
        if (finding.fault && worst == ExitCode::Ok) worst = exit_code(*finding.fault);
    }
    call.out.show(table);
    call.out.say(worst == ExitCode::Ok ? "All that is needed is there."
                                       : "Something is missing: do what stands behind the arrow.");
    return worst;
}

}  // namespace

void add_doctor_command(Program& program) {
    CLI::App* command = declare(program.parser, "doctor",
                                "Tell what is installed, what is missing and how to get it.",
                                "verso doctor --home ./verso-home");
    command->callback([&program] { program.chosen = doctor; });
}

}  // namespace verso::app
