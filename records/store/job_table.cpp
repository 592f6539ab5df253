// SPDX-License-Identifier: Apache-2.0
#include "records/store/job_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kEnqueue =
    "INSERT INTO job (shop_id, kind, job_key, payload, state, run_at, attempts, max_attempts,"
    " lease_owner, lease_until, lease_token, last_error, created_at, done_at)"
    " VALUES (:shop, :kind, :key, :payload, 'waiting', :run_at, 0, :most, '', 0, 0, '', :now, 0)"
    " ON CONFLICT (shop_id, kind, job_key) DO NOTHING";

constexpr const char* kDue =
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM job WHERE kind = :kind AND state = 'waiting'"
    " AND run_at <= :now AND shop_id BETWEEN :first AND :last)"
    " OR EXISTS (SELECT 1 FROM job WHERE kind = :kind2 AND state = 'leased'"
    " AND lease_until < :now2 AND shop_id BETWEEN :first2 AND :last2) THEN 1 ELSE 0 END";

constexpr const char* kLeasedNow =
    "SELECT count(*) FROM job WHERE kind = :kind AND state = 'leased' AND lease_until >= :now";

constexpr const char* kWaiting =
    "SELECT id, shop_id, job_key, payload, attempts, max_attempts, lease_token FROM job"
    " WHERE kind = :kind AND state = 'waiting' AND run_at <= :now"
    " AND shop_id BETWEEN :first AND :last ORDER BY run_at, id LIMIT :most{skip_locked}";
constexpr const char* kRunOut =
    "SELECT id, shop_id, job_key, payload, attempts, max_attempts, lease_token FROM job"
    " WHERE kind = :kind AND state = 'leased' AND lease_until < :now"
    " AND shop_id BETWEEN :first AND :last ORDER BY lease_until, id LIMIT :most{skip_locked}";

constexpr const char* kLease =
    "UPDATE job SET state = 'leased', attempts = attempts + 1, lease_owner = :owner,"
    " lease_until = :until, lease_token = lease_token + 1 WHERE id = :id";
constexpr const char* kGiveUp =
    "UPDATE job SET state = 'dead', last_error = :error, done_at = :now WHERE id = :id";

constexpr const char* kRenew =
    "UPDATE job SET lease_until = :until"
    " WHERE id = :id AND lease_token = :token AND state = 'leased'";
constexpr const char* kComplete =
    "UPDATE job SET state = 'done', last_error = '', done_at = :now"
    " WHERE id = :id AND lease_token = :token AND state = 'leased'";
constexpr const char* kFail =
    "UPDATE job SET state = :state, last_error = :error, run_at = :again, done_at = :done"
    " WHERE id = :id AND lease_token = :token AND state = 'leased'";

constexpr const char* kList =
    "SELECT id, kind, job_key, payload, run_at, attempts, max_attempts, lease_owner, lease_until,"
    " last_error, created_at, done_at FROM job WHERE shop_id = :shop AND state = :state"
    " ORDER BY id DESC LIMIT :most";
constexpr const char* kCount =
    "SELECT kind, state, count(*) FROM job WHERE shop_id = :shop GROUP BY kind, state"
    " ORDER BY kind, state";
constexpr const char* kState = "SELECT state, lane FROM job WHERE id = :id AND shop_id = :shop";
constexpr const char* kRetry =
    "UPDATE job SET state = 'waiting', run_at = :now, attempts = 0, done_at = 0"
    " WHERE id = :id AND shop_id = :shop AND state = 'dead' AND lane = 0";
constexpr const char* kDrop =
    "DELETE FROM job WHERE id = :id AND shop_id = :shop AND state IN ('dead', 'waiting')"
    " AND lane = 0";
constexpr const char* kForget =
    "DELETE FROM job WHERE shop_id = :shop AND state = 'done' AND done_at < :before";

}  // namespace sql

Error lost(const LeasedJob& job) {
    return {ErrorCode::NotAllowed, "another worker has this job now: its lease ran out",
            fmt::format("job {} ({} {})", job.id.get(), job.kind, job.key), ""};
}

/// A state that no Verso wrote is shown as one that a person must look at.
JobState state_of(const std::string& text) {
    return parse_job_state(text).value_or(JobState::Dead);
}

}  // namespace

Result<bool> JobTable::enqueue(ShopId shop, const NewJob& job, Instant now) {
    if (auto sound = check_job(job); !sound) return sound.error();
    return db_.in_scope([&]() -> Result<bool> {
        const long long shop_id = shop.get(), moment = seconds(now);
        const long long run_at = std::max(seconds(job.run_at), 0LL);
        return db_.write(sql::kEnqueue, shop_id, job.kind, job.key, job.payload, run_at,
                         job.max_attempts, moment) > 0;
    });
}

JobTable::Shops JobTable::shops_of(const LeaseRequest& request) {
    if (request.shop) return {request.shop->get(), request.shop->get()};
    return {0, std::numeric_limits<long long>::max()};
}

bool JobTable::is_due(const std::string& kind, const Shops& shops, Instant now) {
    const long long moment = seconds(now);
    int due = 0;
    db_.query(sql::kDue)
        .in(kind, moment, shops.first, shops.last, kind, moment, shops.first, shops.last)
        .out(due)
        .run();
    return due == 1;
}

int JobTable::room_for(const KindToLease& kind, int wanted, Instant now) {
    if (kind.most_at_once <= 0) return wanted;
    // Two workers that count at once would both find room.
    if (const auto lock = db_.dialect().named_lock; !lock.empty()) {
        long long held = 0;
        const std::string name = "verso job " + kind.kind;
        db_.query(std::string(lock)).in(name).out(held).run();
    }
    const long long moment = seconds(now);
    long long leased = 0;
    db_.query(sql::kLeasedNow).in(kind.kind, moment).out(leased).run();
    return static_cast<int>(std::clamp<long long>(kind.most_at_once - leased, 0, wanted));
}

std::vector<LeasedJob> JobTable::candidates(std::string_view statement, const std::string& kind,
                                            const Shops& shops, int most, Instant now) {
    const long long moment = seconds(now);
    long long id = 0, shop = 0, token = 0;
    LeasedJob row;
    row.kind = kind;
    std::vector<LeasedJob> found;
    Query query = db_.query(std::string(statement));
    query.in(kind, moment, shops.first, shops.last, most)
        .out(id, shop, row.key, row.payload, row.attempts, row.max_attempts, token);
    for (bool more = query.first(); more; more = query.next()) {
        row.id = JobId{id};
        row.shop = ShopId{shop};
        row.token = token;
        found.push_back(row);
    }
    return found;
}

void JobTable::take(LeasedJob job, const LeaseRequest& request, Instant now,
                    std::vector<LeasedJob>& to) {
    const long long id = job.id.get();
    if (job.attempts >= job.max_attempts) {
        const std::string error = fmt::format(
            "the worker died or hung in each of {} attempts; see its log", job.attempts);
        const long long moment = seconds(now);
        db_.write(sql::kGiveUp, error, moment, id);
        return;
    }
    job.until = now + request.lease_for;
    const long long until = seconds(job.until);
    db_.write(sql::kLease, request.owner, until, id);
    ++job.attempts;
    ++job.token;
    to.push_back(std::move(job));
}

Result<std::vector<LeasedJob>> JobTable::lease(const LeaseRequest& request, Instant now) {
    // Asked before the transaction is opened: a worker without work must not keep writers waiting.
    const Shops shops = shops_of(request);
    std::vector<KindToLease> due;
    auto asked = db_.in_safety([&]() -> Result<void> {
        for (const auto& kind : request.kinds) {
            if (is_due(kind.kind, shops, now)) due.push_back(kind);
        }
        return {};
    });
    if (!asked) return asked.error();
    if (due.empty() || request.most < 1) return std::vector<LeasedJob>{};
    return db_.in_scope([&]() -> Result<std::vector<LeasedJob>> {
        std::vector<LeasedJob> leased;
        for (const auto& kind : due) {
            int room = room_for(kind, request.most - static_cast<int>(leased.size()), now);
            for (const char* statement : {sql::kRunOut, sql::kWaiting}) {
                if (room < 1) break;
                const std::size_t before = leased.size();
                for (auto& found : candidates(statement, kind.kind, shops, room, now))
                    take(std::move(found), request, now, leased);
                room -= static_cast<int>(leased.size() - before);
            }
        }
        return leased;
    });
}

Result<bool> JobTable::renew(const LeasedJob& job, std::chrono::seconds lease_for, Instant now) {
    return db_.in_scope([&]() -> Result<bool> {
        const long long until = seconds(now + lease_for), id = job.id.get(), token = job.token;
        return db_.write(sql::kRenew, until, id, token) == 1;
    });
}

Result<void> JobTable::complete(const LeasedJob& job, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long moment = seconds(now), id = job.id.get(), token = job.token;
        if (db_.write(sql::kComplete, moment, id, token) == 1) return {};
        return lost(job);
    });
}

Result<JobState> JobTable::fail(const LeasedJob& job, const std::string& error,
                                std::optional<Instant> again, Instant now) {
    return db_.in_scope([&]() -> Result<JobState> {
        const bool dead = !again || job.attempts >= job.max_attempts;
        const JobState state = dead ? JobState::Dead : JobState::Waiting;
        const std::string text(to_string(state));
        const long long next = seconds(again.value_or(now)), done = dead ? seconds(now) : 0;
        const long long id = job.id.get(), token = job.token;
        if (db_.write(sql::kFail, text, error, next, done, id, token) == 1) return state;
        return lost(job);
    });
}

Result<std::vector<JobRecord>> JobTable::list(ShopId shop, JobState state, int most) {
    return db_.in_safety([&]() -> Result<std::vector<JobRecord>> {
        const long long shop_id = shop.get();
        const std::string text(to_string(state));
        long long id = 0, run_at = 0, until = 0, created = 0, done = 0;
        JobRecord row;
        row.shop = shop;
        row.state = state;
        std::vector<JobRecord> found;
        Query query = db_.query(sql::kList);
        query.in(shop_id, text, most)
            .out(id, row.kind, row.key, row.payload, run_at, row.attempts, row.max_attempts,
                 row.owner, until, row.last_error, created, done);
        for (bool more = query.first(); more; more = query.next()) {
            row.id = JobId{id};
            row.run_at = instant(run_at);
            row.until = instant(until);
            row.created_at = instant(created);
            row.done_at = instant(done);
            found.push_back(row);
        }
        return found;
    });
}

Result<std::vector<JobCount>> JobTable::count(ShopId shop) {
    return db_.in_safety([&]() -> Result<std::vector<JobCount>> {
        const long long shop_id = shop.get();
        JobCount row;
        std::string state;
        std::vector<JobCount> found;
        Query query = db_.query(sql::kCount);
        query.in(shop_id).out(row.kind, state, row.jobs);
        for (bool more = query.first(); more; more = query.next()) {
            row.state = state_of(state);
            found.push_back(row);
        }
        return found;
    });
}

Error JobTable::not_in_state(ShopId shop, JobId job, std::string_view wanted) {
    const long long id = job.get(), shop_id = shop.get();
    long long lane = 0;
    std::string state;
    if (!db_.query(sql::kState).in(id, shop_id).out(state, lane).run()) {
        return {ErrorCode::NotFound, fmt::format("there is no job {}", id), "",
                "see: verso jobs list"};
    }
    if (lane != 0) {
        return {ErrorCode::NotAllowed, fmt::format("job {} is a document on its way to paper", id),
                "", "say what became of it: verso printer settle"};
    }
    return {ErrorCode::NotAllowed, fmt::format("job {} is {}, not {}", id, state, wanted), "", ""};
}

Result<void> JobTable::retry(ShopId shop, JobId job, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long moment = seconds(now), id = job.get(), shop_id = shop.get();
        if (db_.write(sql::kRetry, moment, id, shop_id) == 1) return {};
        return not_in_state(shop, job, "dead");
    });
}

Result<void> JobTable::drop(ShopId shop, JobId job) {
    return db_.in_scope([&]() -> Result<void> {
        const long long id = job.get(), shop_id = shop.get();
        if (db_.write(sql::kDrop, id, shop_id) == 1) return {};
        return not_in_state(shop, job, "dead or waiting");
    });
}

Result<long long> JobTable::forget_done(ShopId shop, Instant before) {
    return db_.in_scope([&]() -> Result<long long> {
        const long long shop_id = shop.get(), moment = seconds(before);
        return db_.write(sql::kForget, shop_id, moment);
    });
}

}  // namespace verso::records
