// SPDX-License-Identifier: Apache-2.0
#include "records/store/return_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "records/hooks/hook_data.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kOrder =
    "SELECT id FROM customer_order WHERE shop_id = :shop AND number = :number";
constexpr const char* kAdd =
    "INSERT INTO return_case (shop_id, rma, order_id, parcel, state, channel, wish, tracking,"
    " detail, opened_at, changed_at)"
    " VALUES (:shop, :rma, :order, :parcel, :state, :channel, :wish, :label, :detail, :at, :at2)"
    " ON CONFLICT (shop_id, rma) DO NOTHING";
constexpr const char* kSelect =
    "SELECT c.id, c.rma, o.number, c.parcel, c.state, c.channel, c.wish, c.tracking, c.detail"
    " FROM return_case c JOIN customer_order o ON o.id = c.order_id WHERE c.shop_id = :shop AND ";
constexpr const char* kMove =
    "UPDATE return_case SET state = :state, changed_at = :at WHERE id = :id AND state = :before";
constexpr const char* kLines =
    "SELECT line, expected, received, reason, condition, note FROM return_line"
    " WHERE return_id = :id ORDER BY line";
constexpr const char* kAddLine =
    "INSERT INTO return_line (return_id, line, expected, received, reason, condition, note)"
    " VALUES (:id, :line, :expected, :received, :reason, :condition, :note)";
constexpr const char* kDropLines = "DELETE FROM return_line WHERE return_id = :id";
constexpr const char* kPhotos =
    "SELECT line, file FROM return_photo WHERE return_id = :id ORDER BY id";
constexpr const char* kAddPhoto =
    "INSERT INTO return_photo (return_id, line, file, added_at) VALUES (:id, :line, :file, 0)";
constexpr const char* kDropPhotos = "DELETE FROM return_photo WHERE return_id = :id";
constexpr const char* kEnter =
    "INSERT INTO return_event (return_id, at, who, what, detail)"
    " VALUES (:id, :at, :who, :what, :detail)";
constexpr const char* kHistory =
    "SELECT e.at, e.who, e.what, e.detail FROM return_event e"
    " JOIN return_case c ON c.id = e.return_id"
    " WHERE c.shop_id = :shop AND c.rma = :rma ORDER BY e.id";
constexpr const char* kAddKey =
    "INSERT INTO return_key (shop_id, label_key, return_id, grade)"
    " VALUES (:shop, :key, :id, :grade) ON CONFLICT (shop_id, label_key, return_id) DO NOTHING";
constexpr const char* kByKey =
    "SELECT c.rma, o.number, k.grade FROM return_key k JOIN return_case c ON c.id = k.return_id"
    " JOIN customer_order o ON o.id = c.order_id"
    " WHERE k.shop_id = :shop AND k.label_key = :key ORDER BY c.id";

}  // namespace sql

Error unknown(const Rma& rma) {
    return {ErrorCode::NotFound, fmt::format("no return {} was announced", rma.get()), "",
            "see: verso returns list"};
}

}  // namespace

Result<void> ReturnTable::announce(ShopId shop, const Return& made, std::string_view who,
                                   Instant at) {
    return db_.in_scope([&]() -> Result<void> {
        auto order = store_.find_order(shop, made.order);
        if (!order) return order.error();
        auto others = of_order(shop, made.order);
        if (!others) return others.error();
        if (auto sound = check_return(made, *order, *others); !sound) return sound;
        const long long shop_id = shop.get(), moment = seconds(at);
        const std::string state(to_string(ReturnState::Announced)), rma = made.rma.get();
        const std::string channel(to_string(made.channel)), wish(to_string(made.wish));
        long long order_id = 0;
        db_.query(sql::kOrder).in(shop_id, made.order.get()).out(order_id).run();
        const long long added = db_.write(sql::kAdd, shop_id, rma, order_id, made.parcel, state,
                                          channel, wish, made.label, made.comment, moment, moment);
        if (added == 0) {
            return Error{ErrorCode::AlreadyExists,
                         fmt::format("the return {} is announced already", rma), made.order.get(),
                         "see: verso returns show " + rma};
        }
        auto kept = require(shop, made.rma);
        if (!kept) return kept.error();
        kept->made.lines = made.lines;
        write_lines(*kept);
        write_keys(shop, *kept);
        enter(kept->id, who, "announce", made.comment, at);
        return tell(shop, HookKind::ReturnAnnounced, kept->made, at);
    });
}

Result<Return> ReturnTable::move(ShopId shop, const Rma& rma, ReturnEvent event,
                                 std::string_view who, std::string_view detail, Instant at) {
    return db_.in_scope([&]() -> Result<Return> {
        auto kept = require(shop, rma);
        if (!kept) return kept.error();
        const ReturnState before = kept->made.state;
        if (auto moved = step(*kept, event, who, detail, at); !moved) return moved.error();
        if (kept->made.state == ReturnState::Received && before != ReturnState::Received) {
            auto told = tell(shop, HookKind::ReturnReceived, kept->made, at);
            if (!told) return told.error();
        }
        return std::move(kept->made);
    });
}

Result<Return> ReturnTable::inspect(ShopId shop, const Rma& rma,
                                    std::span<const ReturnLine> counted, std::string_view who,
                                    Instant at) {
    return db_.in_scope([&]() -> Result<Return> {
        auto kept = require(shop, rma);
        if (!kept) return kept.error();
        for (const ReturnLine& line : counted) {
            auto& lines = kept->made.lines;
            auto known = std::find_if(lines.begin(), lines.end(),
                                      [&](const ReturnLine& one) { return one.line == line.line; });
            if (known == lines.end()) known = lines.insert(lines.end(), {line.line, 0});
            known->received = line.received;
            known->condition = line.condition;
            known->note = line.note;
            known->photos = line.photos;
        }
        auto order = store_.find_order(shop, kept->made.order);
        if (!order) return order.error();
        auto others = of_order(shop, kept->made.order);
        if (!others) return others.error();
        if (auto sound = check_return(kept->made, *order, *others); !sound) return sound.error();
        if (auto moved = step(*kept, ReturnEvent::Inspect, who, "", at); !moved) {
            return moved.error();
        }
        write_lines(*kept);
        auto written = require(shop, rma);
        if (!written) return written.error();
        return std::move(written->made);
    });
}

Result<std::optional<Return>> ReturnTable::find(ShopId shop, const Rma& rma) {
    return db_.in_safety([&]() -> Result<std::optional<Return>> {
        auto found = select("c.rma = :value", shop.get(), rma.get(), 1);
        if (!found) return found.error();
        if (found->empty()) return std::optional<Return>{};
        return std::optional<Return>{std::move(found->front().made)};
    });
}

Result<std::vector<Return>> ReturnTable::of_order(ShopId shop, const OrderNumber& order) {
    return db_.in_safety([&]() -> Result<std::vector<Return>> {
        constexpr int kMost = 10'000;
        auto found = select("o.number = :value ORDER BY c.id", shop.get(), order.get(), kMost);
        if (!found) return found.error();
        std::vector<Return> out;
        for (Kept& kept : *found) out.push_back(std::move(kept.made));
        return out;
    });
}

Result<std::vector<Return>> ReturnTable::list(ShopId shop, std::optional<ReturnState> state,
                                              int most) {
    return db_.in_safety([&]() -> Result<std::vector<Return>> {
        const std::string value(state ? to_string(*state) : "");
        auto found = select(
            state ? "c.state = :value ORDER BY c.id DESC" : "c.state <> :value ORDER BY c.id DESC",
            shop.get(), value, most);
        if (!found) return found.error();
        std::vector<Return> out;
        for (Kept& kept : *found) out.push_back(std::move(kept.made));
        return out;
    });
}

Result<std::vector<ReturnEntry>> ReturnTable::history(ShopId shop, const Rma& rma) {
    return db_.in_safety([&]() -> Result<std::vector<ReturnEntry>> {
        const long long shop_id = shop.get();
        long long at = 0;
        ReturnEntry row;
        std::vector<ReturnEntry> out;
        Query query = db_.query(sql::kHistory);
        query.in(shop_id, rma.get()).out(at, row.who, row.what, row.detail);
        for (bool more = query.first(); more; more = query.next()) {
            row.at = instant(at);
            out.push_back(row);
        }
        return out;
    });
}

Result<std::vector<ReturnCandidate>> ReturnTable::match(ShopId shop, std::string_view scanned) {
    return db_.in_safety([&]() -> Result<std::vector<ReturnCandidate>> {
        std::vector<ReturnCandidate> found;
        for (const LabelKey& key : label_keys(scanned)) {
            add_candidates(shop, key.key, key.grade, found);
        }
        for (const std::string& part : part_keys(scanned)) {
            add_candidates(shop, part, MatchGrade::Part, found);
        }
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return a.grade != b.grade ? a.grade < b.grade : a.length > b.length;
        });
        return found;
    });
}

void ReturnTable::add_candidates(ShopId shop, const std::string& key, MatchGrade grade,
                                 std::vector<ReturnCandidate>& to) {
    const long long shop_id = shop.get();
    std::string rma, order;
    int kept_grade = 0;
    Query query = db_.query(sql::kByKey);
    query.in(shop_id, key).out(rma, order, kept_grade);
    for (bool more = query.first(); more; more = query.next()) {
        const bool known = std::any_of(
            to.begin(), to.end(), [&](const ReturnCandidate& one) { return one.rma.get() == rma; });
        const auto both =
            std::max(grade, kept_grade == 0 ? MatchGrade::Exact : MatchGrade::Carrier);
        if (!known) to.push_back({Rma{rma}, OrderNumber{order}, both, key.size()});
    }
}

Result<std::vector<ReturnTable::Kept>> ReturnTable::select(const std::string& where, long long shop,
                                                           const std::string& value, int most) {
    std::vector<Kept> found;
    {
        Kept row;
        std::string rma, number, state, channel, wish;
        Query query = db_.query(sql::kSelect + where + " LIMIT :most");
        query.in(shop, value, most)
            .out(row.id, rma, number, row.made.parcel, state, channel, wish, row.made.label,
                 row.made.comment);
        for (bool more = query.first(); more; more = query.next()) {
            row.made.rma = Rma{rma};
            row.made.order = OrderNumber{number};
            auto at = parse_return_state(state);
            if (!at) return at.error().at(rma);
            row.made.state = *at;
            row.made.channel = parse_return_channel(channel).value_or(ReturnChannel::Desk);
            row.made.wish = parse_return_wish(wish).value_or(ReturnWish::NotSaid);
            found.push_back(row);
        }
    }
    for (Kept& kept : found) {
        if (auto added = add_lines(kept); !added) return added.error();
    }
    return found;
}

Result<ReturnTable::Kept> ReturnTable::require(ShopId shop, const Rma& rma) {
    auto found = select("c.rma = :value", shop.get(), rma.get(), 1);
    if (!found) return found.error();
    if (found->empty()) return unknown(rma);
    return std::move(found->front());
}

Result<void> ReturnTable::add_lines(Kept& kept) {
    ReturnLine row;
    std::string reason, condition, file;
    {
        Query query = db_.query(sql::kLines);
        query.in(kept.id).out(row.line, row.expected, row.received, reason, condition, row.note);
        for (bool more = query.first(); more; more = query.next()) {
            row.reason = parse_return_reason(reason).value_or(ReturnReason::Other);
            row.condition = parse_condition(condition).value_or(Condition::NotInspected);
            kept.made.lines.push_back(row);
        }
    }
    int line = 0;
    Query query = db_.query(sql::kPhotos);
    query.in(kept.id).out(line, file);
    for (bool more = query.first(); more; more = query.next()) {
        for (ReturnLine& one : kept.made.lines) {
            if (one.line == line) one.photos.push_back(file);
        }
    }
    return {};
}

void ReturnTable::write_lines(const Kept& kept) {
    long long id = kept.id;
    db_.write(sql::kDropLines, id);
    db_.write(sql::kDropPhotos, id);
    for (const ReturnLine& line : kept.made.lines) {
        const std::string reason(to_string(line.reason)), condition(to_string(line.condition));
        db_.write(sql::kAddLine, id, line.line, line.expected, line.received, reason, condition,
                  line.note);
        for (const std::string& file : line.photos) db_.write(sql::kAddPhoto, id, line.line, file);
    }
}

void ReturnTable::write_keys(ShopId shop, const Kept& kept) {
    const long long shop_id = shop.get();
    std::vector<LabelKey> keys = label_keys(kept.made.label);
    for (const LabelKey& key : label_keys(kept.made.rma.get())) keys.push_back(key);
    for (const LabelKey& key : keys) {
        const int grade = static_cast<int>(key.grade);
        db_.write(sql::kAddKey, shop_id, key.key, kept.id, grade);
    }
}

Result<void> ReturnTable::step(Kept& kept, ReturnEvent event, std::string_view who,
                               std::string_view detail, Instant at) {
    const auto found = next_return_state(kept.made.state, event);
    if (found.is_refused()) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("the return {} is {}: {}", kept.made.rma.get(),
                                 to_string(kept.made.state), found.why),
                     kept.made.order.get(), ""};
    }
    const bool repeats = found.kind == Transition<ReturnState>::Kind::Stays;
    if (repeats && event != ReturnEvent::Inspect) return {};
    const long long moment = seconds(at);
    const std::string to(to_string(found.to)), before(to_string(kept.made.state));
    if (db_.write(sql::kMove, to, moment, kept.id, before) == 0) {
        return Error{ErrorCode::NotAllowed, "the return was changed by somebody else meanwhile",
                     kept.made.rma.get(), "look at it again"};
    }
    enter(kept.id, who, to_string(event), detail, at);
    kept.made.state = found.to;
    return {};
}

Result<void> ReturnTable::tell(ShopId shop, HookKind kind, const Return& made, Instant at) {
    if (!hooks_.is_wanted(shop, kind)) return {};
    return hooks_.tell(shop, kind, return_data(made), at);
}

void ReturnTable::enter(long long id, std::string_view who, std::string_view what,
                        std::string_view detail, Instant at) {
    const long long moment = seconds(at);
    const std::string name(who), event(what), said(detail);
    db_.write(sql::kEnter, id, moment, name, event, said);
}

}  // namespace verso::records
