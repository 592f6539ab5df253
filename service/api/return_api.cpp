// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/domain/card_link.h"
#include "records/desk/return_acts.h"
#include "records/desk/return_number.h"
#include "records/desk/returns_desk.h"
#include "records/store/list_book.h"
#include "service/api/api_routes.h"
#include "service/api/list_cursor.h"

namespace verso::service {

namespace {

using records::KeyScope;
using records::Return;
using records::ReturnLine;

constexpr std::size_t kReturnBytes = 64 * 1024;
constexpr std::size_t kMostLines = 500;
constexpr int kMostPieces = 100'000;
/// How many returns one page looks at when most do not fit what is asked for.
constexpr int kMostLooked = 500;

Json lines_json(const Return& made) {
    Json lines = Json::array();
    for (const ReturnLine& line : made.lines) {
        lines.push_back({{"line", line.line},
                         {"expected", line.expected},
                         {"received", line.received},
                         {"reason", records::to_string(line.reason)},
                         {"condition", records::to_string(line.condition)},
                         {"note", line.note}});
    }
    return lines;
}

Json return_json(const Return& made) {
    return {{"rma", made.rma.get()},
            {"order", made.order.get()},
            {"parcel", made.parcel},
            {"state", records::to_string(made.state)},
            {"channel", records::to_string(made.channel)},
            {"wish", records::to_string(made.wish)},
            {"label", made.label},
            {"comment", made.comment},
            {"lines", lines_json(made)}};
}

Json story_json(const records::ReturnStory& story) {
    Json json = return_json(story.made);
    json["differences"] = records::differences(story.made, story.order);
    Json lines = Json::array();
    for (const auto& line : story.proposal.lines) {
        lines.push_back({{"line", line.line},
                         {"quantity", line.quantity},
                         {"amount", format_money(line.amount)},
                         {"doubt", line.doubt}});
    }
    json["refund"] = {{"lines", std::move(lines)},
                      {"shipping", format_money(story.proposal.shipping)},
                      {"total", format_money(story.proposal.total)},
                      {"currency", story.order.currency}};
    Json history = Json::array();
    for (const auto& entry : story.history) {
        history.push_back({{"at", format_utc(entry.at)}, {"who", entry.who}, {"what", entry.what}});
    }
    json["history"] = std::move(history);
    return json;
}

Error unknown(const Rma& rma) {
    return {ErrorCode::NotFound, "no return has this number", rma.get(), ""};
}

Result<Rma> rma_of(const ApiCall& call) {
    auto rma = parse_rma(call.path.at("rma"));
    return rma ? rma : Result<Rma>(unknown(Rma{call.path.at("rma")}));
}

Result<ApiAnswer> show(const ApiCall& call, const Rma& rma, int status = 200) {
    auto story = records::read_return(call.store, call.shop(), rma);
    if (!story) return story.error();
    return answer_json(story_json(*story), status);
}

/// The same, after something was done to it.
Result<ApiAnswer> done(const ApiCall& call, const Rma& rma, const char* what, int status = 200) {
    auto answer = show(call, rma, status);
    if (!answer) return answer;
    answer->what = what;
    answer->subject = rma.get();
    return answer;
}

Result<ApiAnswer> list_returns(const ApiCall& call) {
    auto limit = limit_of(call);
    if (!limit) return limit.error();
    const std::string text = call.request.query_value("cursor");
    auto cursor = text.empty() ? Result<ListCursor>(ListCursor{}) : ListCursor::parse(text);
    if (!cursor) return cursor.error();
    std::optional<records::ReturnState> state;
    if (const std::string word = call.request.query_value("state"); !word.empty()) {
        auto known = records::parse_return_state(word);
        if (!known) {
            return Error{ErrorCode::Usage, known.error().message, "state", known.error().cure};
        }
        state = *known;
    }
    auto rows =
        records::lists_of(call.store).return_page(call.shop(), cursor->place(), kMostLooked);
    if (!rows) return rows.error();
    Json data = Json::array();
    std::vector<ListCursor::Row> seen;
    bool more = static_cast<int>(rows->size()) == kMostLooked;
    for (const auto& row : *rows) {
        if (static_cast<int>(data.size()) == *limit) {
            more = true;
            break;
        }
        seen.push_back({row.place, Instant{}, ""});
        if (state && row.made.state != *state) continue;
        Json json = return_json(row.made);
        json["announced_at"] = format_utc(row.announced_at);
        json["changed_at"] = format_utc(row.changed_at);
        data.push_back(std::move(json));
    }
    cursor->take(seen, kMostLooked, call.now);
    return answer_json({{"data", std::move(data)}, {"next", cursor->text()}, {"more", more}});
}

Result<ApiAnswer> show_return(const ApiCall& call) {
    auto rma = rma_of(call);
    if (!rma) return rma.error();
    return show(call, *rma);
}

Result<ApiAnswer> announce(const ApiCall& call) {
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    BodyReader body(*json);
    records::ReturnWords words;
    const std::string order = body.text("order");
    words.who = call.who();
    words.parcel = body.whole_or("parcel", 1, 99, 0);
    words.wish = records::to_string(
        body.named_or("wish", &records::parse_return_wish, records::ReturnWish::NotSaid));
    words.channel = records::to_string(
        body.named_or("channel", &records::parse_return_channel, records::ReturnChannel::Web));
    words.label = body.text_if_any("label", 100).value_or("");
    words.comment = body.text_if_any("comment", 4000).value_or("");
    for (BodyReader& line : body.objects("lines", kMostLines)) {
        const int number = line.whole("line", 1, kMostPieces);
        const int pieces = line.whole("quantity", 1, kMostPieces);
        const auto reason =
            line.named_or("reason", &records::parse_return_reason, records::ReturnReason::NotSaid);
        words.lines.push_back(std::to_string(number) + "=" + std::to_string(pieces) + ":" +
                              std::string(records::to_string(reason)));
    }
    if (auto sound = body.end(); !sound) return sound.error();
    // Its own number alone: a program does not search.
    auto known = call.store.find_summary(call.shop(), OrderNumber{order});
    if (!known) return known.error();
    words.code = order;
    auto rma = records::announce_return(call.counter(), words, call.now);
    if (!rma) return rma.error();
    return done(call, *rma, "announce return", 201);
}

Result<ApiAnswer> receive(const ApiCall& call) {
    auto rma = rma_of(call);
    if (!rma) return rma.error();
    if (!call.request.body.empty()) {
        auto json = parse_body(call.request.body);
        if (!json) return json.error();
        if (auto sound = BodyReader(*json).end(); !sound) return sound.error();
    }
    auto moved = call.store.returns().move(call.shop(), *rma, records::ReturnEvent::Receive,
                                           call.who(), "", call.now);
    if (!moved) return moved.error();
    return done(call, *rma, "receive return");
}

bool is_told(const std::vector<ReturnLine>& lines, int number) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const ReturnLine& one) { return one.line == number; });
}

/// What was counted, on top of what is known of the lines.
std::vector<ReturnLine> counted_lines(BodyReader& body, const Return& made) {
    std::vector<ReturnLine> counted;
    for (BodyReader& each : body.objects("lines", kMostLines)) {
        const int number = each.whole("line", 1, kMostPieces);
        const ReturnLine* known = made.find_line(number);
        ReturnLine line = known != nullptr ? *known : ReturnLine{number};
        line.received = each.whole("received", 0, kMostPieces);
        line.condition = each.named_or("condition", &records::parse_condition, line.condition);
        if (auto note = each.text_if_any("note", 1000)) line.note = *std::move(note);
        if (is_told(counted, number)) {
            each.refuse("line", "the line stands twice", "name each line once");
        }
        counted.push_back(std::move(line));
    }
    return counted;
}

Result<ApiAnswer> inspect(const ApiCall& call) {
    auto rma = rma_of(call);
    if (!rma) return rma.error();
    auto made = call.store.returns().find(call.shop(), *rma);
    if (!made) return made.error();
    if (!*made) return unknown(*rma);
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    BodyReader body(*json);
    auto counted = counted_lines(body, **made);
    if (auto sound = body.end(); !sound) return sound.error();
    for (const ReturnLine& line : (*made)->lines) {
        if ((*made)->state != records::ReturnState::Received || is_told(counted, line.line))
            continue;
        return Error{ErrorCode::ValueInvalid,
                     "nothing is said of the announced line " + std::to_string(line.line), "/lines",
                     "tell every announced line, with 0 where nothing came"};
    }
    auto kept = call.store.returns().inspect(call.shop(), *rma, counted, call.who(), call.now);
    if (!kept) return kept.error();
    return done(call, *rma, "inspect return");
}

}  // namespace

void add_return_routes(ApiDoor& door, Router& router) {
    door.read(router, "/api/v1/returns", KeyScope::ReturnsRead, {"cursor", "limit", "state"},
              list_returns);
    door.read(router, "/api/v1/returns/{rma}", KeyScope::ReturnsRead, {}, show_return);
    door.change(router, Method::Post, "/api/v1/returns", KeyScope::ReturnsWrite, kReturnBytes,
                announce);
    door.change(router, Method::Post, "/api/v1/returns/{rma}/receive", KeyScope::ReturnsWrite,
                kReturnBytes, receive);
    door.change(router, Method::Post, "/api/v1/returns/{rma}/inspect", KeyScope::ReturnsWrite,
                kReturnBytes, inspect);
}

}  // namespace verso::service
