// SPDX-License-Identifier: Apache-2.0
#include "app/export_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/export_job.h"
#include "app/files.h"
#include "app/wiring.h"

namespace verso::app {

namespace {

constexpr std::uint64_t kLargestCatalogue = 256ULL << 20;

struct ExportOptions {
    ExportRequest request;
    std::string file, articles_file, article_url;
    std::string score, reason, returned;  ///< of the segments' rule
    std::vector<std::string> segments;
};

Result<void> read_catalogue(const ExportOptions& options, ExportRequest& request) {
    request.catalogue = records::Catalogue(options.article_url);
    if (options.articles_file.empty()) return {};
    auto bytes = read_file(options.articles_file, kLargestCatalogue);
    if (!bytes) return bytes.error();
    auto read = request.catalogue.read_csv(*bytes);
    if (!read) return read.error().at(options.articles_file);
    return {};
}

/// Who is in the segments.
Result<void> read_rule(const ExportOptions& options, records::SegmentRule& rule) {
    for (const std::string& name : options.segments) {
        auto segment = records::parse_segment(name);
        if (!segment) return segment.error().at("--segment");
        rule.segments.push_back(*segment);
    }
    if (!options.score.empty()) {
        if (auto read = records::read_scores(options.score, rule); !read) return read;
    }
    if (!options.reason.empty()) {
        auto reason = records::parse_return_reason(options.reason);
        if (!reason) return reason.error().at("--reason");
        rule.reason = *reason;
    }
    if (!options.returned.empty()) rule.returned = options.returned == "yes";
    return {};
}

/// The whole text first, then the file at once: half an export never stands there.
Result<ExitCode> run_export(const ExportOptions& options, Call& call) {
    ExportRequest request = options.request;
    if (auto read = read_catalogue(options, request); !read) return read.error();
    if (auto read = read_rule(options, request.rule); !read) return read.error();
    request.now = system_clock().now();
    if (options.file.empty() && call.out.is_json()) {
        return Error{ErrorCode::Usage, "with --json the result says how far the export came", "",
                     "name the file with --out FILE"};
    }
    auto home = open_home(call);
    if (!home) return home.error();
    request.publisher.name = home->config.shop.name;
    auto made = make_export(*home->store, home->shop, request);
    if (!made) return made.error();
    if (options.file.empty()) {
        std::cout << made->text;
    } else if (auto written = write_file(options.file, made->text, FileMode::Private); !written) {
        return written.error();
    }
    report_export(*made, options.file, call.out);
    return ExitCode::Ok;
}

/// --segment, --score, --reason, --returned, --placed-within, --answered-within.
void declare_rule(CLI::App& command, ExportOptions& options) {
    records::SegmentRule& rule = options.request.rule;
    auto* group =
        command.add_option_group("rule", "Which orders are in the segments; all must fit");
    group
        ->add_option("--segment", options.segments,
                     "happy, neutral, unhappy, not-received, cancelled, silent")
        ->delimiter(',');
    group->add_option("--score", options.score, "The overall answer: 1-2, or 5");
    group->add_option("--reason", options.reason, "Sent back for it: too-small, damaged …");
    group->add_option("--returned", options.returned, "With or without a return")
        ->check(CLI::IsMember({"yes", "no"}));
    const auto days = CLI::Range(0, 36'500);
    group->add_option("--placed-within", rule.placed_days, "Ordered within so many days")
        ->check(days);
    group->add_option("--answered-within", rule.answered_days, "Answered within so many days")
        ->check(days);
}

}  // namespace

void add_export_command(Program& program) {
    auto options = std::make_shared<ExportOptions>();
    ExportRequest& request = options->request;
    CLI::App* command =
        declare(program.parser, "export", "Write ratings, reviews and feeds for other programs.",
                "verso export ratings --out ratings.csv");
    command->add_option("kind", request.kind, "What to write: docs/formats/exports.md")
        ->required()
        ->check(CLI::IsMember(export_kinds()));
    command->add_option("--format", request.format, "csv or jsonl, where there is a choice")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->capture_default_str();
    command->add_option("--since", request.since, "Only what is new since an earlier export")
        ->type_name("CURSOR");
    command->add_option("--out", options->file, "The file; an older one is replaced; else stdout")
        ->type_name("FILE");
    command
        ->add_option("--articles", options->articles_file,
                     "CSV of what the shop calls its articles: sku, product_id, handle, url …")
        ->type_name("FILE");
    command
        ->add_option("--article-url", options->article_url,
                     "Address of an article: https://shop.example.com/p/{sku}")
        ->type_name("PATTERN");
    command->add_option("--shop-url", request.publisher.shop_url, "The shop's own page")
        ->type_name("URL");
    command->add_option("--rating-url", request.publisher.rating_url, "Where reviews are shown")
        ->type_name("URL");
    command->add_option("--merchant-id", request.publisher.merchant_id, "As Google knows the shop")
        ->capture_default_str();
    command
        ->add_option("--articles-of", request.articles,
                     "Whose stars an article gets: own, single (also the only article of an "
                     "order), all")
        ->check(CLI::IsMember({"own", "single", "all"}))
        ->capture_default_str();
    declare_rule(*command, *options);
    command->add_flag("--with-email", request.with_email, "Give buyers' e-mail addresses away");
    command->add_flag("--anonymous", request.anonymous, "Give no names");
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return run_export(*options, call); };
    });
}

}  // namespace verso::app
