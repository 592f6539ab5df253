// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/wiring.h"
#include "records/carriers/event_reader.h"
#include "records/carriers/parcel_events.h"

namespace verso::app {

namespace {

struct EventsOptions {
    std::vector<std::string> files;
    std::string format = "auto", parcel;
};

using Json = nlohmann::ordered_json;
using records::CarrierEvent;
using records::ParcelStatus;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Keeps events in batches, each in a transaction: what was kept stays when the file breaks off.
class Keeper {
  public:
    Keeper(records::Store& store, ShopId shop) : store_(store), shop_(shop) {}

    Result<void> take(CarrierEvent&& event) {
        constexpr std::size_t kBatch = 500;
        if (event.status == ParcelStatus::Unknown) ++unknown;
        batch_.push_back(std::move(event));
        return batch_.size() < kBatch ? Result<void>{} : flush();
    }
    Result<void> flush() {
        if (batch_.empty()) return {};
        auto done = store_.parcel_events().keep(shop_, batch_, system_clock().now());
        batch_.clear();
        if (!done) return done.error();
        kept.added += done->added;
        kept.known += done->known;
        return {};
    }

    records::KeptEvents kept;
    long long unknown = 0;

  private:
    records::Store& store_;
    ShopId shop_;
    std::vector<CarrierEvent> batch_;
};

void report(Output& out, const std::string& file, const Keeper& keeper,
            const records::EventSink& sink) {
    Json rejected = Json::array();
    for (const auto& one : sink.rejected()) {
        const std::string line = one.line > 0 ? ":" + std::to_string(one.line) : "";
        const std::string place = one.pointer.empty() ? "" : one.pointer + ": ";
        out.say(file + line + ": rejected: " + place + one.reason);
        rejected.push_back({{"line", one.line}, {"place", one.pointer}, {"reason", one.reason}});
    }
    if (sink.refused() > sink.rejected().size()) {
        out.warn(file + ": only the first " + std::to_string(sink.rejected().size()) +
                 " rejections are told");
    }
    for (const auto& remark : sink.remarks()) out.warn(file + ": " + remark);
    out.say(file + ": " + std::to_string(keeper.kept.added) + " events new, " +
            std::to_string(keeper.kept.known) + " known, " + std::to_string(keeper.unknown) +
            " of unknown meaning, " + std::to_string(sink.refused()) + " rejected");
    out.line(dump({{"file", file},
                   {"new", keeper.kept.added},
                   {"known", keeper.kept.known},
                   {"unknown", keeper.unknown},
                   {"rejected_events", sink.refused()},
                   {"rejected", std::move(rejected)},
                   {"remarks", sink.remarks()}}));
}

/// True when all of the file was taken.
Result<bool> import_file(OpenHome& home, const std::string& file,
                         std::optional<records::EventSource> only, Output& out) {
    auto source = records::file_source(file);
    if (!source) return source.error();
    Keeper keeper(*home.store, home.shop);
    records::EventSink sink([&](CarrierEvent&& event) { return keeper.take(std::move(event)); });
    // Clocks differ, and a day alone may be tomorrow's; a delivery of next week is a mistake.
    sink.set_latest(system_clock().now() + std::chrono::hours(48));
    auto read = records::read_carrier_events(**source, only, sink);
    if (auto flushed = keeper.flush(); !flushed) return flushed.error().at(file);
    if (keeper.kept.added + keeper.kept.known > 0 || sink.refused() > 0)
        report(out, file, keeper, sink);
    if (!read) return read.error().at(file);
    return sink.refused() == 0;
}

/// Each file on its own: one that cannot be read does not stop the others.
Result<ExitCode> import_files(const EventsOptions& options, Call& call) {
    std::optional<records::EventSource> only;
    if (options.format != "auto") {
        auto source = records::parse_event_source(options.format);
        if (!source) return source.error();
        only = *source;
    }
    auto home = open_home(call);
    if (!home) return home.error();
    std::size_t failed = 0;
    ExitCode code = ExitCode::Ok;
    for (const auto& file : options.files) {
        auto taken = import_file(*home, file, only, call.out);
        if (!taken) {
            call.out.fail(taken.error());
            code = exit_code(taken.error().code);
            ++failed;
        } else if (!*taken && code == ExitCode::Ok) {
            code = ExitCode::Partly;
        }
    }
    return failed > 0 && failed < options.files.size() ? ExitCode::Partly : code;
}

Json event_json(const CarrierEvent& event) {
    Json json{{"source", records::to_string(event.source)},
              {"event_id", event.event_id},
              {"carrier", event.carrier},
              {"tracking", event.tracking},
              {"status", records::to_string(event.status)},
              {"cause", records::to_string(event.cause)},
              {"at", format_time(event.at)},
              {"word", event.word}};
    if (!event.order.empty()) json["order"] = event.order;
    if (!event.order_key.empty()) json["order_key"] = event.order_key;
    if (event.parcel > 0) json["parcel"] = event.parcel;
    if (event.promised) json["promised_on"] = format_day(*event.promised);
    return json;
}

Result<ExitCode> show_parcel(const EventsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto events = home->store->parcel_events().events_of(home->shop, options.parcel);
    if (!events) return events.error();
    if (events->empty()) {
        return Error{ErrorCode::NotFound, "no carrier told anything of this parcel", options.parcel,
                     "see: verso events import --help"};
    }
    Table table({"at", "status", "cause", "source", "word"});
    for (const auto& event : *events) {
        table.add({format_time(event.at), std::string(records::to_string(event.status)),
                   event.cause == records::IncidentCause::None
                       ? ""
                       : std::string(records::to_string(event.cause)),
                   std::string(records::to_string(event.source)), event.word});
        call.out.line(dump(event_json(event)));
    }
    call.out.show(table);
    const auto state = records::parcel_state(*events);
    std::string text = "the parcel is: " + std::string(records::to_string(state.status));
    if (state.delivered) text += ", on " + format_day(state.delivered->local_day());
    if (state.promised) text += "; the carrier promised " + format_day(*state.promised);
    call.out.say(text);
    return ExitCode::Ok;
}

}  // namespace

void add_events_command(Program& program) {
    CLI::App* events = declare(program.parser, "events", "What carriers tell about the parcels.",
                               "verso events import tracking.jsonl");
    events->require_subcommand(1);
    auto options = std::make_shared<EventsOptions>();
    CLI::App* import = declare(*events, "import",
                               "Take in carriers' events: CSV, JSON, or webhook bodies one a line. "
                               "The same file again changes nothing.",
                               "verso events import tracking.jsonl");
    import->add_option("FILE", options->files, "See docs/formats/carrier-events.md")->required();
    import
        ->add_option("--format", options->format,
                     "auto, or only this: easypost, aftership, shippo, karrio, la-poste, shopify, "
                     "csv, json")
        ->capture_default_str();
    import->callback([options, &program] {
        program.chosen = [options](Call& call) { return import_files(*options, call);
};
}  // namespace verso::app
);
CLI::App* show = declare(*events, "show", "Show what was told of one parcel.",
                         "verso events show 6A12345678901");
show->add_option("PARCEL", options->parcel, "Its tracking number")->required();
show->callback([options, &program] {
    program.chosen = [options](Call& call) { return show_parcel(*options, call); };
});
}

}  // namespace verso::app
