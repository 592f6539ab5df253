// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "api_fixture.h"
#include "records/hooks/hook.h"

namespace verso::service::testing {
namespace {

Json description() {
    std::ifstream file(VERSO_SOURCE_DIR "/templates/api/openapi.json");
    return Json::parse(file, nullptr, false);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return ::tolower(c); });
    return out;
}

class OpenApiTest : public ApiTest {};

TEST_F(OpenApiTest, DescribesEveryRouteAndNoOther) {
    std::set<std::string> described, routed;
    const Json all = description();
    for (const auto& [path, operations] : all["paths"].items()) {
        for (const auto& [method, operation] : operations.items()) {
            described.insert(method + " " + path);
            EXPECT_FALSE(operation["operationId"].get<std::string>().empty());
            EXPECT_FALSE(operation["summary"].get<std::string>().empty());
        }
    }
    for (const Route* route : router().routes()) {
        if (!route->pattern.starts_with("/api/")) continue;
        routed.insert(lower(to_string(route->method)) + " " + route->pattern);
    }
    EXPECT_EQ(described, routed);
    EXPECT_GT(routed.size(), 20U);
}

TEST_F(OpenApiTest, SaysTheScopeThatEachRouteAsks) {
    const Json all = description();
    for (const auto& [path, operations] : all["paths"].items()) {
        for (const auto& [method, operation] : operations.items()) {
            if (operation["security"].empty()) continue;
            const std::string text = operation["description"];
            const auto begin = text.find("Scope: `") + 8;
            const auto scope = text.substr(begin, text.find('`', begin) - begin);
            // A key with every other scope is refused, for this one.
            std::string others;
            for (const auto one : records::all_scopes()) {
                if (to_string(one) != scope) others += std::string(to_string(one)) + " ";
            }
            const auto asked = method == "get"    ? Method::Get
                               : method == "put"  ? Method::Put
                               : method == "post" ? Method::Post
                                                  : Method::Delete;
            const auto refused = ask(asked, path, key(others));
            EXPECT_EQ(refused.status, 403) << method << " " << path;
            EXPECT_EQ(json(refused)["where"], scope) << method << " " << path;
        }
    }
}

TEST_F(OpenApiTest, NamesEveryQueryParameterThatIsKnown) {
    const std::string token = key("orders:read ratings:read returns:read figures:read hooks:write");
    const Json all = description();
    for (const auto& [path, operations] : all["paths"].items()) {
        if (!operations.contains("get") || path.find('{') != std::string::npos) continue;
        for (const auto& parameter : operations["get"].value("parameters", Json::array())) {
            const std::string name = parameter.contains("$ref")
                                         ? parameter["$ref"].get<std::string>().substr(
                                               std::string("#/components/parameters/").size())
                                         : parameter["name"].get<std::string>();
            const auto answer = see(path + "?" + name + "=", token);
            EXPECT_EQ(answer.status, 200) << path << " " << name << ": " << *answer.body;
        }
    }
}

TEST_F(OpenApiTest, NamesEveryMessageOfAHook) {
    const Json hooks = description()["webhooks"];
    EXPECT_EQ(hooks.size(), records::all_hook_kinds().size());
    for (const auto kind : records::all_hook_kinds()) {
        EXPECT_TRUE(hooks.contains(std::string(to_string(kind)))) << to_string(kind);
    }
}

}  // namespace
}  // namespace verso::service::testing
