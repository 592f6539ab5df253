// SPDX-License-Identifier: Apache-2.0
#include "records/store/spool_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "core/crypto/crypto.h"

namespace verso::records {

namespace {

/// Lanes: what was begun comes first, for nobody knows what the printer would do with two.
constexpr int kBegun = 0, kUrgent = 1, kPatient = 2;
/// Workers that died in a row of one document before a person is asked.
constexpr int kMostDeaths = 8;
/// Sizes are kept in hundredths of a millimetre.
constexpr double kParts = 100;

namespace sql {

constexpr const char* kAddJob =
    "INSERT INTO job (shop_id, kind, job_key, payload, state, run_at, attempts, max_attempts,"
    " lease_owner, lease_until, lease_token, last_error, created_at, done_at, lane, lane_rank)"
    " VALUES (:shop, :kind, :key, '{}', 'waiting', :now, 0, :most, '', 0, 0, '', :now2, 0, :lane,"
    " :rank) RETURNING id";
constexpr const char* kAddPrint =
    "INSERT INTO print_job (id, shop_id, printer_id, file, title, is_zpl, width, height,"
    " both_sides, dpi, pages, sheets, is_urgent, wave, who, cards, name, attempt, state, step,"
    " device_job, since, sent, printed, mark, trouble, first_unknown, last_unknown, created_at,"
    " changed_at) VALUES (:id, :shop, :printer, :file, :title, :zpl, :width, :height, :both, :dpi,"
    " :pages, :sheets, :urgent, :wave, :who, :cards, :name, 1, 'queued', 'queued', '', 0, 0, 0, "
    "'', '', 0,"
    " 0, :now, :now2)";

#define VERSO_HEAD                                                               \
    "SELECT j.id, j.shop_id, j.state, j.run_at, j.lease_owner, j.lease_until,"   \
    " j.lease_token, j.attempts, j.max_attempts FROM job j WHERE j.lane = :lane" \
    " AND j.state <> 'done' ORDER BY j.lane_rank, j.id LIMIT 1"
constexpr const char* kHead = VERSO_HEAD;
constexpr const char* kHeadToLease = VERSO_HEAD "{lock}";
#undef VERSO_HEAD
constexpr const char* kIsPaused = "SELECT is_paused FROM printer WHERE id = :id";

constexpr const char* kLease =
    "UPDATE job SET state = 'leased', attempts = attempts + 1, lease_owner = :owner,"
    " lease_until = :until, lease_token = lease_token + 1 WHERE id = :id";
constexpr const char* kRenew =
    "UPDATE job SET lease_until = :until, lane_rank = :rank, attempts = :attempts"
    " WHERE id = :id AND lease_token = :token AND state = 'leased'";
constexpr const char* kKeep =
    "UPDATE print_job SET state = :state, step = :step, device_job = :device, since = :since,"
    " sent = :sent, printed = :printed, mark = :mark, trouble = '', changed_at = :now"
    " WHERE id = :id";
constexpr const char* kEndJob =
    "UPDATE job SET state = :state, run_at = :run_at, last_error = :error, done_at = :done,"
    " lane_rank = :rank, attempts = 0"
    " WHERE id = :id AND lease_token = :token AND state = 'leased'";
constexpr const char* kGiveUp =
    "UPDATE job SET state = 'dead', last_error = :error, done_at = :now, lane_rank = :rank"
    " WHERE id = :id";
constexpr const char* kSave =
    "UPDATE print_job SET printer_id = :printer, name = :name, attempt = :attempt, state = :state,"
    " step = :step, device_job = :device, since = :since, sent = :sent, printed = :printed,"
    " mark = :mark, trouble = :trouble, first_unknown = :first, last_unknown = :last,"
    " changed_at = :now WHERE id = :id";
constexpr const char* kAgain =
    "UPDATE job SET state = 'waiting', run_at = :now, attempts = 0, done_at = 0, last_error = ''"
    " WHERE id = :id AND state IN ('dead', 'waiting')";
constexpr const char* kSettled =
    "UPDATE job SET state = 'done', done_at = :now, last_error = ''"
    " WHERE id = :id AND state IN ('dead', 'waiting')";
constexpr const char* kMoveJobs =
    "UPDATE job SET lane = :to WHERE lane = :from AND shop_id = :shop AND state = 'waiting'"
    " AND EXISTS (SELECT 1 FROM print_job p WHERE p.id = job.id AND p.step = 'queued')";
constexpr const char* kMovePrints =
    "UPDATE print_job SET printer_id = :to, changed_at = :now WHERE shop_id = :shop"
    " AND printer_id = :from AND EXISTS (SELECT 1 FROM job j WHERE j.id = print_job.id"
    " AND j.lane = :lane)";

#define VERSO_COLUMNS                                                                          \
    "SELECT p.id, p.shop_id, p.printer_id, COALESCE(d.name, ''), p.file, p.title, p.is_zpl,"   \
    " p.width, p.height, p.both_sides, p.dpi, p.pages, p.sheets, p.is_urgent, p.wave, p.who, " \
    "p.cards,"                                                                                 \
    " p.name, p.attempt, p.state, p.step, p.device_job, p.since, p.sent, p.printed, p.mark,"   \
    " p.trouble, p.first_unknown, p.last_unknown, p.created_at, p.changed_at"                  \
    " FROM print_job p LEFT JOIN printer d ON d.id = p.printer_id "
constexpr const char* kOne = VERSO_COLUMNS "WHERE p.id = :id";
constexpr const char* kOpen = VERSO_COLUMNS
    "WHERE p.state NOT IN ('done', 'cancelled') AND p.shop_id BETWEEN :s1 AND :s2"
    " AND p.printer_id BETWEEN :p1 AND :p2 AND (:any = '' OR p.wave = :wave)"
    " ORDER BY p.id LIMIT :most";
constexpr const char* kAll =
    "SELECT * FROM (" VERSO_COLUMNS
    "WHERE p.shop_id BETWEEN :s1 AND :s2 AND p.printer_id BETWEEN :p1 AND :p2"
    " AND (:any = '' OR p.wave = :wave) ORDER BY p.id DESC LIMIT :most) AS newest ORDER BY 1";
#undef VERSO_COLUMNS

constexpr const char* kLoad =
    "SELECT count(*), COALESCE(sum(pages - printed), 0),"
    " COALESCE(sum(CASE WHEN state IN ('failed', 'unknown') THEN 1 ELSE 0 END), 0)"
    " FROM print_job WHERE printer_id = :id AND state NOT IN ('done', 'cancelled')";
constexpr const char* kForget =
    "DELETE FROM print_job WHERE shop_id = :shop AND state IN ('done', 'cancelled')"
    " AND changed_at < :before";

}  // namespace sql

/// "812 4711": the cards of a document.
std::string text_of(const std::vector<CardId>& cards) {
    std::string text;
    for (const CardId card : cards) text += (text.empty() ? "" : " ") + std::to_string(card.get());
    return text;
}

std::vector<CardId> cards_of(const std::string& text) {
    std::vector<CardId> cards;
    std::uint64_t id = 0;
    for (std::istringstream words(text); words >> id;) cards.emplace_back(id);
    return cards;
}

/// A row of print_job as its columns are.
struct PrintRow {
    long long id = 0, shop = 0, printer = 0, since = 0, created = 0, changed = 0;
    int zpl = 0, both = 0, urgent = 0, width = 0, height = 0;  // 0.01 mm
    std::string state, step, cards;
    PrintJob job;

    void bind(Query& query) {
        NewPrintJob& what = job.what;
        HandOverFacts& known = job.known;
        query.out(id, shop, printer, job.printer_name, what.file, what.title, zpl, width, height,
                  both, what.dpi, what.pages, what.sheets, urgent, what.wave, what.who, cards,
                  job.name, job.attempt, state, step, known.device_job, since, known.sent,
                  known.printed, known.mark, job.trouble, job.first_unknown, job.last_unknown,
                  created, changed);
    }
    PrintJob get() {
        job.id = JobId{id};
        job.shop = ShopId{shop};
        job.what.printer = PrinterId{printer};
        job.what.is_zpl = zpl != 0;
        job.what.width = width / kParts;
        job.what.height = height / kParts;
        job.what.both_sides = both != 0;
        job.what.cards = cards_of(cards);
        job.what.is_urgent = urgent != 0;
        // A word that no Verso of this age wrote: a person looks.
        job.state = parse_print_state(state).value_or(PrintState::Unknown);
        job.known.step = parse_print_state(step).value_or(PrintState::Sending);
        job.known.since = since;
        job.created_at = instant(created);
        job.changed_at = instant(changed);
        return job;
    }
};

Error lost(const LeasedJob& job) {
    return {ErrorCode::NotAllowed, "another worker has this document now: its lease ran out",
            fmt::format("print job {}", job.id.get()), ""};
}

Error unknown_job(JobId id) {
    return {ErrorCode::NotFound, fmt::format("there is no print job {}", id.get()), "",
            "see: verso printer jobs"};
}

/// 64 bits of chance: no printer ever meets a name twice.
std::string new_name() { return fmt::format("verso-{:016x}", system_random().bits()); }

std::string name_of_attempt(const std::string& name, int attempt) {
    return fmt::format("{}-{}", name.substr(0, name.rfind('-')), attempt);
}

}  // namespace

Result<JobId> SpoolTable::enqueue(ShopId shop, const NewPrintJob& job, Instant now) {
    return db_.in_scope([&]() -> Result<JobId> {
        const long long shop_id = shop.get(), printer = job.printer.get(), moment = seconds(now);
        const int rank = job.is_urgent ? kUrgent : kPatient;
        const std::string kind = kPrintJobKind, base = new_name(), name = base + "-1";
        long long id = 0;
        db_.before(sql::kAddJob);
        db_.query(sql::kAddJob)
            .in(shop_id, kind, base, moment, kMostDeaths, moment, printer, rank)
            .out(id)
            .run();
        const int zpl = job.is_zpl ? 1 : 0, both = job.both_sides ? 1 : 0,
                  urgent = job.is_urgent ? 1 : 0;
        const int width = static_cast<int>(std::lround(job.width * kParts)),
                  height = static_cast<int>(std::lround(job.height * kParts));
        const std::string cards = text_of(job.cards);
        db_.write(sql::kAddPrint, id, shop_id, printer, job.file, job.title, zpl, width, height,
                  both, job.dpi, job.pages, job.sheets, urgent, job.wave, job.who, cards, name,
                  moment, moment);
        return JobId{id};
    });
}

bool SpoolTable::Head::is_due(Instant now,
                              const std::function<bool(const std::string&)>& is_gone) const {
    const long long moment = seconds(now);
    if (state == "waiting") return run_at <= moment;
    return state == "leased" && (until < moment || (is_gone && is_gone(owner)));
}

std::optional<SpoolTable::Head> SpoolTable::head(std::string_view statement, PrinterId printer) {
    const long long id = printer.get();
    Head found;
    if (!db_.query(sql::kIsPaused).in(id).out(found.is_paused).run()) return std::nullopt;
    if (found.is_paused != 0) return std::nullopt;
    const bool any = db_.query(std::string(statement))
                         .in(id)
                         .out(found.job, found.shop, found.state, found.run_at, found.owner,
                              found.until, found.token, found.attempts, found.most)
                         .run();
    return any ? std::optional(found) : std::nullopt;
}

std::optional<PrintJob> SpoolTable::row(long long id) {
    PrintRow row;
    Query query = db_.query(sql::kOne);
    query.in(id);
    row.bind(query);
    if (!query.run()) return std::nullopt;
    return row.get();
}

void SpoolTable::give_up(const Head& head, Instant now) {
    auto job = row(head.job);
    if (!job) return;
    const bool begun = job->known.step != PrintState::Queued;
    job->state = begun ? PrintState::Unknown : PrintState::Failed;
    job->trouble = fmt::format("the program ended {} times while it printed this", head.attempts);
    job->first_unknown = job->last_unknown = 0;
    const long long moment = seconds(now);
    db_.write(sql::kGiveUp, job->trouble, moment, kBegun, head.job);
    save(*job, now);
}

Result<std::optional<LeasedPrint>> SpoolTable::lease(
    PrinterId printer, const std::string& owner, std::chrono::seconds lease_for, Instant now,
    const std::function<bool(const std::string&)>& is_gone) {
    using Found = std::optional<LeasedPrint>;
    // Asked before the transaction is opened: a worker without work keeps no writer waiting.
    auto due = db_.in_safety([&]() -> Result<bool> {
        const auto first = head(sql::kHead, printer);
        return first && first->is_due(now, is_gone);
    });
    if (!due) return due.error();
    if (!*due) return Found{};
    return db_.in_scope([&]() -> Result<Found> {
        const auto first = head(sql::kHeadToLease, printer);
        if (!first || !first->is_due(now, is_gone)) return Found{};
        if (first->attempts >= first->most) {
            give_up(*first, now);
            return Found{};
        }
        auto job = row(first->job);
        if (!job) return Found{};
        LeasedPrint print{*std::move(job), {}};
        print.lease.id = JobId{first->job};
        print.lease.shop = ShopId{first->shop};
        print.lease.kind = kPrintJobKind;
        print.lease.token = first->token + 1;
        print.lease.attempts = first->attempts + 1;
        print.lease.max_attempts = first->most;
        print.lease.until = now + lease_for;
        const long long until = seconds(print.lease.until);
        db_.write(sql::kLease, owner, until, first->job);
        return Found(std::move(print));
    });
}

Result<void> SpoolTable::keep(LeasedPrint& print, const HandOverFacts& known,
                              std::chrono::seconds lease_for, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long id = print.lease.id.get(), token = print.lease.token, moment = seconds(now),
                        until = seconds(now + lease_for);
        // Whoever gets further between two deaths does not die of the document.
        if (known.printed > print.job.known.printed) print.lease.attempts = 0;
        if (db_.write(sql::kRenew, until, kBegun, print.lease.attempts, id, token) != 1)
            return lost(print.lease);
        const std::string state(to_string(known.step));
        const long long since = known.since;
        db_.write(sql::kKeep, state, state, known.device_job, since, known.sent, known.printed,
                  known.mark, moment, id);
        print.job.known = known;
        print.job.state = known.step;
        return {};
    });
}

Result<void> SpoolTable::finish(const LeasedPrint& print, PrintState state,
                                const std::string& trouble, int first_unknown, int last_unknown,
                                Instant again, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long id = print.lease.id.get(), token = print.lease.token,
                        run_at = seconds(again);
        const bool waits = state == PrintState::Queued;
        const std::string words = state == PrintState::Done ? "done" : waits ? "waiting" : "dead";
        const long long done = waits ? 0 : seconds(now);
        const bool begun = print.job.known.step != PrintState::Queued || !waits;
        const int rank = begun ? kBegun : print.job.what.is_urgent ? kUrgent : kPatient;
        if (db_.write(sql::kEndJob, words, run_at, trouble, done, rank, id, token) != 1)
            return lost(print.lease);
        PrintJob job = print.job;
        // What was begun and waits stays as it was: something of it may have left.
        job.state = waits ? job.known.step : state;
        job.trouble = trouble;
        job.first_unknown = first_unknown;
        job.last_unknown = last_unknown;
        save(job, now);
        return {};
    });
}

void SpoolTable::save(const PrintJob& job, Instant now) {
    const long long id = job.id.get(), printer = job.what.printer.get(), since = job.known.since,
                    moment = seconds(now);
    const std::string state(to_string(job.state)), step(to_string(job.known.step));
    db_.write(sql::kSave, printer, job.name, job.attempt, state, step, job.known.device_job, since,
              job.known.sent, job.known.printed, job.known.mark, job.trouble, job.first_unknown,
              job.last_unknown, moment, id);
}

Result<std::vector<PrintJob>> SpoolTable::print_jobs(const PrintJobFilter& filter) {
    return db_.in_safety([&]() -> Result<std::vector<PrintJob>> {
        constexpr long long kLast = std::numeric_limits<long long>::max();
        const long long s1 = filter.shop ? filter.shop->get() : 0,
                        s2 = filter.shop ? filter.shop->get() : kLast,
                        p1 = filter.printer ? filter.printer->get() : 0,
                        p2 = filter.printer ? filter.printer->get() : kLast;
        PrintRow row;
        std::vector<PrintJob> found;
        Query query = db_.query(filter.only_open ? sql::kOpen : sql::kAll);
        query.in(s1, s2, p1, p2, filter.wave, filter.wave, filter.most);
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) found.push_back(row.get());
        return found;
    });
}

Result<PrintJob> SpoolTable::find_print_job(ShopId shop, JobId id) {
    return db_.in_safety([&]() -> Result<PrintJob> {
        auto found = row(id.get());
        if (found && found->shop == shop) return *std::move(found);
        return unknown_job(id);
    });
}

Result<PrintJob> SpoolTable::settle(ShopId shop, JobId id, PersonSays says, Instant now,
                                    int up_to) {
    return db_.in_scope([&]() -> Result<PrintJob> {
        auto job = find_print_job(shop, id);
        if (!job) return job.error();
        auto settled = settle_print(*job, says, up_to);
        if (!settled) return settled.error();
        const long long row = id.get(), moment = seconds(now);
        const bool again = settled->state == PrintState::Queued;
        // A worker may have leased it since: then it is on its way.
        if (db_.write(again ? sql::kAgain : sql::kSettled, moment, row) != 1) {
            job->state = PrintState::Sending;
            job->known.step = PrintState::Sending;
            return settle_print(*job, says).error();
        }
        job->state = settled->state;
        job->known = settled->known;
        job->trouble.clear();
        job->first_unknown = job->last_unknown = 0;
        if (settled->is_new_attempt) {
            ++job->attempt;
            job->name = name_of_attempt(job->name, job->attempt);
        }
        save(*job, now);
        return job;
    });
}

Result<int> SpoolTable::move_jobs(ShopId shop, PrinterId from, PrinterId to, Instant now) {
    return db_.in_scope([&]() -> Result<int> {
        const long long shop_id = shop.get(), old_lane = from.get(), lane = to.get(),
                        moment = seconds(now);
        const long long moved = db_.write(sql::kMoveJobs, lane, old_lane, shop_id);
        db_.write(sql::kMovePrints, lane, moment, shop_id, old_lane, lane);
        return static_cast<int>(moved);
    });
}

Result<PrinterLoad> SpoolTable::load(PrinterId printer) {
    return db_.in_safety([&]() -> Result<PrinterLoad> {
        const long long id = printer.get();
        PrinterLoad load;
        db_.query(sql::kLoad).in(id).out(load.jobs, load.pages, load.need_person).run();
        return load;
    });
}

Result<long long> SpoolTable::forget_print_jobs(ShopId shop, Instant before) {
    return db_.in_scope([&]() -> Result<long long> {
        const long long shop_id = shop.get(), moment = seconds(before);
        return db_.write(sql::kForget, shop_id, moment);
    });
}

}  // namespace verso::records
