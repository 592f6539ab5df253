// SPDX-License-Identifier: Apache-2.0
#include "app/print_wave.h"

#include <nlohmann/json.hpp>
#include <system_error>
#include <unordered_set>

#include "app/files.h"
#include "app/print_intent.h"
#include "core/domain/crockford.h"
#include "generator/pdf/pdf_writer.h"
#include "records/lifecycle/print_rule.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// A parcel that shall get a sheet.
struct Planned {
    Order order;
    int parcel = 1;
    records::PrintPlan plan;
};

struct Plan {
    std::vector<Planned> parcels;
    std::vector<SkippedParcel> skipped;
};

Result<void> plan_order(OpenHome& home, const Order& order, bool reprint, Plan& plan) {
    auto cards = home.store->cards_of(kFirstShop, order.number);
    if (!cards) return cards.error();
    for (const Parcel& parcel : order.parcels) {
        auto decided = records::plan_print(order, parcel.number, *cards, reprint);
        const bool forbidden = decided.decision == records::PrintDecision::Forbidden;
        if (forbidden || decided.decision == records::PrintDecision::AlreadyPrinted) {
            using Why = SkippedParcel::Why;
            Error error{forbidden ? ErrorCode::NotAllowed : ErrorCode::AlreadyExists,
                        decided.reason, "",
                        forbidden ? "" : "to print it again say why with --reprint REASON"};
            plan.skipped.push_back({order.number.get(), parcel.number,
                                    forbidden ? Why::Forbidden : Why::AlreadyPrinted, error});
            continue;
        }
        plan.parcels.push_back({order, parcel.number, std::move(decided)});
    }
    return {};
}

Result<Plan> make_plan(OpenHome& home, const PrintRequest& request) {
    Plan plan;
    const bool reprint = !request.reprint.empty();
    if (request.orders.empty()) {
        auto visited = home.store->orders(
            kFirstShop, [&](const Order& order) { return plan_order(home, order, reprint, plan); });
        if (!visited) return visited.error();
        return plan;
    }
    for (const auto& number : request.orders) {
        auto order = home.store->find_order(kFirstShop, OrderNumber(number));
        if (!order) return order.error();
        if (auto planned = plan_order(home, *order, reprint, plan); !planned) {
            return planned.error();
        }
    }
    return plan;
}

/// What the sheets will lack because verso.toml does not say it.
std::vector<std::string> gaps_of(const Shop& shop) {
    std::vector<std::string> gaps;
    if (shop.return_address.line1.empty() || shop.return_address.city.empty()) {
        gaps.emplace_back(
            "the return label has no address: fill in [shop.return_address] in verso.toml");
    }
    if (shop.reply_address.empty() || shop.reply_authorisation.empty()) {
        gaps.emplace_back(
            "the card says SPECIMEN: no post has authorised it ([reply_card] in verso.toml)");
    }
    return gaps;
}

/// A print never writes over another one: the sheets in it may not be on paper yet.
Result<void> check_free(const fs::path& file) {
    std::error_code failed;
    if (file.empty()) return {};
    if (fs::is_directory(file, failed)) {
        return Error{ErrorCode::FileUnwritable, "is a folder", file.string(), "name a file in it"};
    }
    if (fs::exists(file, failed) && fs::file_size(file, failed) != 0) {
        return Error{ErrorCode::AlreadyExists, "is there already and may not be on paper yet",
                     file.string(), "name another file, or move that one away"};
    }
    if (!fs::is_directory(file.parent_path(), failed)) {
        return Error{ErrorCode::FileUnwritable, "its folder does not exist", file.string(),
                     "make the folder first"};
    }
    return {};
}

/// Sets the planned parcels one after another into one document.
class WavePress {
  public:
    WavePress(const Press& press, records::Store& store, const Shop& shop, LayoutNumber layout,
              RandomSource& random, std::string file, Instant now)
        : press_(press),
          store_(store),
          shop_(shop),
          random_(random),
          file_(std::move(file)),
          now_(now),
          writer_(press.fonts, {6, shop.name}) {
        wave.layout = layout;
    }

    /// A parcel that cannot be set is skipped with its reason; an error ends the wave.
    Result<void> add(const Planned& planned) {
        const CardIdentity card = make_card(wave.layout, random_);
        auto rma = fresh_rma();
        if (!rma) return rma.error();
        auto pages = press_.insert->lay_out({planned.order, planned.parcel, shop_, card, *rma});
        if (!pages) {
            wave.skipped.push_back({planned.order.number.get(), planned.parcel,
                                    SkippedParcel::Why::Unprintable, pages.error()});
            return {};
        }
        for (const auto& page : pages->pages) {
            if (auto added = writer_.add_page(page); !added) {
                return added.error().at("order " + planned.order.number.get());
            }
        }
        for (const auto& warning : pages->warnings) {
            wave.warnings.push_back(warning);
        }
        note(planned, card, *rma, static_cast<int>(pages->pages.size()));
        return {};
    }

    Result<void> save(const fs::path& path) { return writer_.save(path.string()); }

    PrintedWave wave;
    std::vector<std::pair<CardId, std::string>> voids;  ///< cards and why

  private:
    /// An RMA is short, so that people can type it: among a million, two are likely to meet.
    Result<Rma> fresh_rma() {
        for (;;) {
            Rma rma = make_rma(random_.bits());
            auto taken = store_.rma_taken(kFirstShop, rma);
            if (!taken) return taken.error();
            if (!*taken && rmas_.insert(rma).second) return rma;
        }
    }

    void note(const Planned& planned, const CardIdentity& card, const Rma& rma, int pages) {
        constexpr std::uint64_t kSixtyBits = (std::uint64_t{1} << 60) - 1;
        records::PrintedInsert record;
        record.insert = InsertId("I" + crockford::encode(random_.bits() & kSixtyBits, 12));
        record.order = planned.order.number;
        record.revision = planned.order.revision;
        record.parcel = planned.parcel;
        record.card = card.id;
        record.proof = prove(card.id, card.secret);
        record.layout = wave.layout;
        record.template_name = press_.insert->name();
        record.rma = rma;
        record.file = file_;
        record.first_page = wave.pages + 1;
        record.pages = pages;
        record.printed_at = now_;
        wave.pages += pages;
        wave.inserts.push_back({std::move(record), format_link(shop_.link_host, card)});
        for (const auto& old : planned.plan.voids)
            voids.emplace_back(old, planned.plan.void_reason);
    }

    const Press& press_;
    records::Store& store_;
    const Shop& shop_;
    RandomSource& random_;
    std::string file_;
    Instant now_;
    generator::PdfWriter writer_;
    std::unordered_set<Rma> rmas_;  ///< of this wave
};

/// Old cards voided and new ones known, or nothing of it.
Result<void> commit(records::Store& store, const WavePress& press, const std::string& reprint,
                    Instant now) {
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    for (const auto& [card, why] : press.voids) {
        const std::string reason = reprint.empty() ? why : why + ": " + reprint;
        if (auto voided = store.void_card(card, reason, now); !voided) return voided.error();
    }
    std::vector<records::PrintedInsert> records;
    for (const auto& insert : press.wave.inserts) records.push_back(insert.record);
    if (auto kept = store.record_prints(kFirstShop, records); !kept) return kept.error();
    return (*transaction)->commit();
}

std::string manifest_text(const PrintedWave& wave) {
    std::string text;
    for (const auto& insert : wave.inserts) text += manifest_line(insert, true) + "\n";
    return text;
}

/// Files under their provisional names, then the commit, then the names: print_intent.h.
Result<void> deliver(OpenHome& home, WavePress& press, const PrintRequest& request, Instant now) {
    PrintIntent intent{request.pdf, request.manifest,
                       format_card(press.wave.inserts.front().record.card)};
    const auto prepare = [&]() -> Result<void> {
        if (auto noted = note_intent(home.home, intent); !noted) return noted;
        if (auto saved = press.save(PrintIntent::unfinished(intent.pdf)); !saved) return saved;
        if (!intent.manifest.empty()) {
            auto written = write_file(PrintIntent::unfinished(intent.manifest),
                                      manifest_text(press.wave), FileMode::Private);
            if (!written) return written;
        }
        return commit(*home.store, press, request.reprint, now);
    };
    if (auto prepared = prepare(); !prepared) {
        // Only when the store says so were the cards not committed.
        auto known = home.store->find_card(press.wave.inserts.front().record.card);
        if (known && !known->has_value()) take_back_intent(home.home, intent);
        return prepared;
    }
    return finish_intent(home.home, intent);
}

}  // namespace

Result<PrintedWave> print_wave(OpenHome& home, const PrintRequest& given, RandomSource& random,
                               const Clock& clock, Output& out) {
    PrintRequest request = given;
    request.pdf = fs::absolute(given.pdf);
    if (!given.manifest.empty()) request.manifest = fs::absolute(given.manifest);
    auto lock = PrintLock::take(home.home);
    if (!lock) return lock.error();
    auto settled = settle_intents(home.home, *home.store);
    if (!settled) return settled.error();
    for (const auto& sentence : *settled) out.warn(sentence);

    auto press = open_press(home.home, request.template_name);
    if (!press) return press.error();
    auto plan = make_plan(home, request);
    if (!plan) return plan.error();
    if (plan->parcels.empty()) return PrintedWave{{}, std::move(plan->skipped), {}, {}, 0};
    for (const auto& file : {request.pdf, request.manifest}) {
        if (auto is_free = check_free(file); !is_free) return is_free.error();
    }
    auto layout = home.store->freeze_layout(press->insert->layout());
    if (!layout) return layout.error();

    for (const auto& gap : gaps_of(home.config.shop)) out.warn(gap);
    const Instant now = clock.now();
    WavePress wave(*press, *home.store, home.config.shop, layout->number, random,
                   request.pdf.filename().string(), now);
    wave.wave.skipped = std::move(plan->skipped);
    {
        Progress progress = out.progress("inserts set", plan->parcels.size());
        for (const auto& planned : plan->parcels) {
            if (auto added = wave.add(planned); !added) return added.error();
            progress.advance();
        }
    }
    if (wave.wave.inserts.empty()) return std::move(wave.wave);
    if (auto done = deliver(home, wave, request, now); !done) return done.error();
    return std::move(wave.wave);
}

std::string manifest_line(const WaveInsert& insert, bool with_link) {
    const auto& record = insert.record;
    nlohmann::ordered_json json{{"order", record.order.get()},
                                {"revision", record.revision},
                                {"parcel", record.parcel},
                                {"insert", record.insert.get()},
                                {"card", format_card(record.card)}};
    if (with_link) json["link"] = insert.link;
    json.update({{"template", record.template_name},
                 {"layout", record.layout.get()},
                 {"file", record.file},
                 {"first_page", record.first_page},
                 {"pages", record.pages},
                 {"rma", record.rma.get()},
                 {"label", record.label}});
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace verso::app
