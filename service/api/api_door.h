// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/time.h"
#include "records/desk/counter.h"
#include "records/store/access_book.h"
#include "service/api/body_reader.h"
#include "service/http/router.h"
#include "service/site/rate_limit.h"
#include "service/site/records_gate.h"
#include "service/site/shop_face.h"

namespace verso::service {

/// A request of a program, once its key let it in.
struct ApiCall {
    const HttpRequest& request;
    const PathValues& path;
    const records::ApiKey& key;
    const ShopFace& face;
    records::Store& store;
    Instant now;

    ShopId shop() const { return key.shop; }
    /// Who does it, for history and audit: "key till".
    std::string who() const { return "key " + key.name; }
    /// Where it acts; scopes were asked before.
    records::Counter counter() const;
};

/// What a program is given.
struct ApiAnswer {
    int status = 200;
    std::string body{};  ///< JSON; empty with 204
    /// What was done to what, for the audit: empty when nothing was.
    std::string what{}, subject{};
};
ApiAnswer answer_json(const Json& json, int status = 200);

using ApiWork = std::function<Result<ApiAnswer>(const ApiCall&)>;

/// The way in for programs: "Authorization: Bearer KEY", the key's scopes, limits of rate and size,
/// idempotency keys, and problems instead of pages. Each call runs on a worker of the gate with a
/// connection of its own; a changing one in one transaction with its audit and its kept answer.
class ApiDoor {
  public:
    struct Parts {
        RecordsGate& gate;
        const ShopFaces& faces;
        const Clock& clock;
    };
    /// Requires: the parts outlive it.
    explicit ApiDoor(Parts parts);

    /// A GET. Query parameters beside those are refused by name.
    void read(Router& router, const char* pattern, records::KeyScope scope,
              std::vector<std::string_view> query, ApiWork work);
    /// Whatever changes something. `most_body` in bytes.
    void change(Router& router, Method method, const char* pattern, records::KeyScope scope,
                std::size_t most_body, ApiWork work);
    /// A POST whose body goes to a file (HttpRequest::body_file), whatever its type. What is taken
    /// is known by its bytes: an idempotency key is not needed, and not looked at.
    void take_file(Router& router, const char* pattern, records::KeyScope scope,
                   std::vector<std::string_view> query, std::size_t most_body, ApiWork work);

  private:
    struct Entry {
        records::KeyScope scope;
        std::vector<std::string_view> query;
        ApiWork work;
        bool changes = false;
        bool takes_file = false;
    };
    Reply enter(const Entry& entry, const HttpRequest& request, const PathValues& path);
    HttpResponse answer(const Entry& entry, const HttpRequest& request, const PathValues& path,
                        const std::string& token, records::Store& store);
    /// False when this key, or the address of one that is not known, asks too often.
    bool may_ask(const HttpRequest& request, const std::string& token_hash);
    void note_known(const std::string& token_hash, bool is_known);

    Parts parts_;
    RateLimit keys_, strangers_;
    std::mutex mutex_;
    std::set<std::string> known_;  ///< hashes of keys that opened something lately
};

/// How many rows a list may show: the parameter "limit", 1 to 200, 50 unless said. Usage.
Result<int> limit_of(const ApiCall& call);

}  // namespace verso::service
