// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/reading_view.h"
#include "app/wiring.h"
#include "core/domain/card_link.h"
#include "records/desk/review_desk.h"
#include "records/store/desk_book.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string item_json(const records::ReviewItem& item) {
    Json reasons = Json::array();
    for (const auto& reason : item.reasons) {
        reasons.push_back({{"code", to_string(reason.code)},
                           {"question", reason.question},
                           {"detail", reason.detail}});
    }
    const Json reading = Json::parse(item.reading_json, nullptr, false);
    return Json{{"review", item.id.get()},
                {"order", item.order},
                {"card", item.card ? Json(format_card(*item.card)) : Json(nullptr)},
                {"reasons", std::move(reasons)},
                {"source", item.source},
                {"page", item.page},
                {"opened_at", format_utc(item.opened_at)},
                {"reading", reading.is_discarded() ? Json(nullptr) : reading}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<ExitCode> list_reviews(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto items = home->store->review_queue(home->shop);
    if (!items) return items.error();
    Table table({">item", "order", "card", "reasons", "file", ">page"});
    for (const auto& item : *items) {
        table.add({std::to_string(item.id.get()), item.order,
                   item.card ? format_typed_code(*item.card) : "", reasons_text(item.reasons),
                   item.source, std::to_string(item.page)});
        call.out.line(item_json(item));
    }
    call.out.show(table);
    call.out.say(std::to_string(items->size()) + " wait for a person");
    return ExitCode::Ok;
}

std::string answers_text(const Answers& answers) {
    std::string text;
    for (const auto& [question, value] : answers) {
        text += (text.empty() ? "" : ", ") + question + " " + std::to_string(value);
    }
    return text;
}

Json answer_json(const std::optional<Response>& response) {
    if (!response) return nullptr;
    return {{"channel", to_string(response->channel)},
            {"answers", response->answers},
            {"comment", response->comment},
            {"recorded_at", format_utc(response->recorded_at)}};
}

void say_answer(Output& out, const std::string& name, const std::optional<Response>& response) {
    if (!response) return;
    out.say(name + " (" + std::string(to_string(response->channel)) + ", " +
            format_utc(response->recorded_at) + "): " + answers_text(response->answers) +
            (response->comment.empty() ? "" : "; \"" + response->comment + "\""));
}

/// The item as it waits, with the two answers where two differ.
Result<Json> show_waiting(OpenHome& home, const records::ReviewItem& item, Output& out) {
    Json json = Json::parse(item_json(item));
    auto other = records::desk_of(*home.store).response_in_review(home.shop, item);
    if (!other) return other.error();
    auto rating = home.store->find_rating(home.shop, OrderNumber{item.order});
    if (!rating) return rating.error();
    const auto said = *other ? std::optional((*other)->response) : std::nullopt;
    json["open"] = true;
    json["first"] = answer_json(*rating);
    json["other"] = answer_json(said);
    out.say("item " + std::to_string(item.id.get()) + ", order " + item.order + ": " +
            reasons_text(item.reasons));
    say_answer(out, "first, what counts", *rating);
    say_answer(out, "other", said);
    return json;
}

Json show_notes(const std::vector<records::DeskEntry>& notes, Output& out) {
    Json list = Json::array();
    for (const auto& note : notes) {
        list.push_back({{"at", format_utc(note.at)},
                        {"who", note.who},
                        {"what", note.what},
                        {"detail", note.detail}});
        out.say(format_utc(note.at) + " " + note.who + ": " + note.what +
                (note.detail.empty() ? "" : ", " + note.detail));
    }
    return list;
}

/// One thing of the review, settled or not, with what was done with it.
Result<ExitCode> show_review(std::int64_t number, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto items = home->store->review_queue(home->shop);
    if (!items) return items.error();
    const auto item = std::find_if(items->begin(), items->end(),
                                   [&](const auto& one) { return one.id.get() == number; });
    auto notes = records::desk_of(*home->store).review_notes(home->shop, records::ReviewId{number});
    if (!notes) return notes.error();
    Json json{{"review", number}, {"open", false}};
    if (item != items->end()) {
        auto waiting = show_waiting(*home, *item, call.out);
        if (!waiting) return waiting.error();
        json = std::move(*waiting);
    } else {
        call.out.say("item " + std::to_string(number) + " is settled");
    }
    json["notes"] = show_notes(*notes, call.out);
    call.out.line(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return ExitCode::Ok;
}

using records::ReviewWords;
using Options = std::shared_ptr<ReviewWords>;
using Act = Result<void> (*)(const records::Counter&, const ReviewWords&, Instant);

void tell(Call& call, const ReviewWords& words, std::string_view what) {
    call.out.say("item " + std::to_string(words.item.get()) + ": " + std::string(what));
    call.out.line(Json{{"review", words.item.get()}, {"outcome", what}}.dump());
}

/// The words with the right that their speaker has.
ReviewWords with_rank(const OpenHome& home, ReviewWords words) {
    const auto& all = home.config.life.supervisors;
    words.supervises = std::find(all.begin(), all.end(), words.who) != all.end();
    return words;
}

std::string_view sentence_of(records::SecondLook look) {
    return look == records::SecondLook::Supervisor ? "two differ: a supervisor decides"
                                                   : "another person must say the same";
}

Result<ExitCode> discard_one(const ReviewWords& words, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto done = records::discard(counter_of(*home), with_rank(*home, words), system_clock().now());
    if (!done) return done.error();
    tell(call, words, *done == records::SecondLook::Enough ? "discarded" : sentence_of(*done));
    return ExitCode::Ok;
}

Result<ExitCode> undo(const std::string& who, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto item = records::undo_last(counter_of(*home), who, system_clock().now());
    if (!item) return item.error();
    ReviewWords words;
    words.item = *item;
    tell(call, words, "waits again");
    return ExitCode::Ok;
}

Result<ExitCode> settle_one(const ReviewWords& words, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto done = records::settle(counter_of(*home), with_rank(*home, words), system_clock().now());
    if (!done) return done.error();
    if (!done->recorded) {
        tell(call, words, sentence_of(done->look));
        return ExitCode::Ok;
    }
    const bool stays = done->recorded->outcome == records::ResponseOutcome::Conflict;
    tell(call, words, stays ? "first stays" : records::to_string(done->recorded->outcome));
    return ExitCode::Ok;
}

Result<ExitCode> act_on_one(const ReviewWords& words, Act act, std::string_view outcome,
                            Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    if (auto done = act(counter_of(*home), words, system_clock().now()); !done) return done.error();
    tell(call, words, outcome);
    return ExitCode::Ok;
}

/// What all actions have: the item and who acts.
CLI::App* add_action(CLI::App& review, const Options& options, const char* name,
                     const char* sentence, const char* example) {
    CLI::App* command = declare(review, name, sentence, example);
    command
        ->add_option_function<std::int64_t>(
            "ITEM", [options](std::int64_t item) { options->item = records::ReviewId{item}; },
            "Its number in the list")
        ->required();
    command->add_option("--by", options->who, "Who does it")->required();
    return command;
}

void add_settle(CLI::App& review, Program& program, const Options& options) {
    CLI::App* command = add_action(review, options, "settle",
                                   "Say what a card says; what was read without doubt stays.",
                                   "verso review settle 7 --by Max --answers overall=4");
    command
        ->add_option("--answers,--answer", options->answers,
                     "QUESTION=VALUE or QUESTION=none, with commas between")
        ->delimiter(',');
    command->add_option("--comment", options->comment, "What the buyer wrote");
    command->add_option("--take", options->take,
                        "Of two answers that differ the one that counts: first (what counts now), "
                        "other, or the channel of one: paper, qr, typed, assisted");
    command->add_option("--reason", options->reason, "Why that one; kept with it");
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return settle_one(*options, call); };
    });
}

void add_act(CLI::App& command, Program& program, const Options& options, Act act,
             const char* outcome) {
    command.callback([options, act, outcome, &program] {
        program.chosen = [options, act, outcome](Call& call) {
            return act_on_one(*options, act, outcome, call);
        };
    });
}

void add_actions(CLI::App& review, Program& program) {
    auto options = std::make_shared<ReviewWords>();
    add_settle(review, program, options);
    CLI::App* key =
        add_action(review, options, "key", "Key the code of a card whose codes could not be read.",
                   "verso review key 7 4K7M-2Q9X-W3HTB --by Max");
    key->add_option("CODE", options->code, "As printed on the card")->required();
    add_act(*key, program, options, records::key_code, "keyed");
    CLI::App* rescan =
        add_action(review, options, "rescan", "Ask for another scan; it goes on waiting.",
                   "verso review rescan 7 --by Max");
    rescan->add_option("--reason", options->reason, "Kept with it");
    add_act(*rescan, program, options, records::want_rescan, "rescan wanted");
    CLI::App* drop =
        add_action(review, options, "discard", "Nothing comes of it; the reason stays.",
                   "verso review discard 7 --by Max --reason 'a drawing'");
    drop->add_option("--reason", options->reason, "Why")->required();
    drop->callback([options, &program] {
        program.chosen = [options](Call& call) { return discard_one(*options, call); };
    });
    CLI::App* back = declare(review, "undo", "What you settled last waits again, for ten minutes.",
                             "verso review undo --by Max");
    back->add_option("--by", options->who, "Who settled it")->required();
    back->callback([options, &program] {
        program.chosen = [options](Call& call) { return undo(options->who, call); };
    });
}

}  // namespace

void add_review_command(Program& program) {
    CLI::App* review =
        declare(program.parser, "review", "What a person must settle.", "verso review list");
    review->require_subcommand(1);
    CLI::App* list = declare(*review, "list", "List what waits for a person, oldest first.",
                             "verso review list --json");
    list->callback([&program] { program.chosen = list_reviews; });
    CLI::App* show = declare(*review, "show",
                             "Show one thing in review: its reasons, both answers where two "
                             "differ, and what was done with it.",
                             "verso review show 7");
    auto number = std::make_shared<std::int64_t>(0);
    show->add_option("ITEM", *number, "Its number in the list")->required();
    show->callback([number, &program] {
        program.chosen = [number](Call& call) { return show_review(*number, call); };
    });
    add_actions(*review, program);
}

}  // namespace verso::app
