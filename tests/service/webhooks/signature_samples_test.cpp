// SPDX-License-Identifier: Apache-2.0
// The messages of real platforms and their signatures, where the samples are there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "service/webhooks/signature.h"

namespace verso::service {
namespace {

namespace fs = std::filesystem;

const fs::path kSamples = fs::path(VERSO_SOURCE_DIR) / "../shared/samples";

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

TEST(SampleWebhooks, AreGenuineAndOnlyWithTheirSecret) {
    const fs::path folder = kSamples / "synthetic";
    if (!fs::exists(folder / "webhook-hmac-vectors.json"))
        GTEST_SKIP() << "no samples beside the project";
    int seen = 0;
    for (const auto& vector : nlohmann::json::parse(read(folder / "webhook-hmac-vectors.json"))) {
        HttpRequest request;
        request.body = read(folder / vector["file"].get<std::string>());
        for (const auto& [name, value] : vector["headers"].items()) {
            request.headers.emplace_back(name, value.get<std::string>());
        }
        const std::string file = vector["file"];
        const auto source = parse_webhook_source(file.substr(0, file.find('-'))).value();
        EXPECT_TRUE(is_genuine(source, vector["secret"].get<std::string>(), request)) << file;
        EXPECT_FALSE(is_genuine(source, "test-secret-ete", request)) << file;
        ++seen;
    }
    EXPECT_EQ(seen, 4);
}

TEST(SampleWebhooks, EasyPostSignsWithTheSecretTakenApart) {
    const fs::path folder = kSamples / "easypost";
    if (!fs::exists(folder / "webhook-hmac-vector.json"))
        GTEST_SKIP() << "no samples beside the project";
    const auto vector = nlohmann::json::parse(read(folder / "webhook-hmac-vector.json"));
    HttpRequest request;
    request.body = read(folder / "event-body.signed.json");
    request.headers.emplace_back("X-Hmac-Signature", vector["hmac_signature"].get<std::string>());
    EXPECT_TRUE(is_genuine(WebhookSource::EasyPost, vector["secret"].get<std::string>(), request));
}

}  // namespace
}  // namespace verso::service
