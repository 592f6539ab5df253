// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "records/access/login.h"
#include "records/store/access_book.h"
#include "service_fixture.h"

namespace verso::service::testing {

using Json = nlohmann::json;

/// A program that asks with a key.
class ApiTest : public ServiceTest {
  protected:
    /// A new key with these scopes.
    std::string key(const std::string& scopes, const std::string& shop = "main") {
        SeededRandom random(++keys_);
        const std::string token = records::make_token(random);
        const auto made = store().access().add_key(
            *store().find_shop(shop).value(), "till " + std::to_string(keys_), token,
            records::parse_scopes(scopes).value(), clock_.at);
        EXPECT_TRUE(made);
        return token;
    }
    HttpResponse ask(Method method, const std::string& target, const std::string& token,
                     const std::string& body = "", const std::string& idempotency = "") {
        HttpRequest request;
        request.method = method;
        const auto mark = std::min(target.find('?'), target.size());
        request.path = target.substr(0, mark);
        request.query = target.substr(std::min(mark + 1, target.size()));
        request.body = body;
        if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
        if (!idempotency.empty()) request.headers.emplace_back("Idempotency-Key", idempotency);
        return call(std::move(request));
    }
    HttpResponse see(const std::string& target, const std::string& token) {
        return ask(Method::Get, target, token);
    }
    static Json json(const HttpResponse& response) {
        return response.body ? Json::parse(*response.body, nullptr, false) : Json();
    }

  private:
    std::uint64_t keys_ = 100;
};

}  // namespace verso::service::testing
