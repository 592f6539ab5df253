// SPDX-License-Identifier: Apache-2.0
#include "app/serve_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>

#include "service/http/proxy_header.h"
#include "service/webhooks/signature.h"

namespace verso::app {

namespace {

constexpr double kLeastContrast = 4.5;  // WCAG 2.2, 1.4.3, for text

/// Relative luminance (WCAG 2.2); nothing for what is no colour.
std::optional<double> luminance(std::string_view colour) {
    if (colour.size() != 7 || colour.front() != '#') return std::nullopt;
    constexpr std::array<double, 3> kWeights{0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        int byte = 0;
        const char* begin = colour.data() + 1 + 2 * i;
        if (std::from_chars(begin, begin + 2, byte, 16).ptr != begin + 2) return std::nullopt;
        const double part = byte / 255.0;
        sum += kWeights.at(i) *
               (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

std::string beside(const std::string& path, const std::string& file) {
    if (file.empty()) return file;
    return std::filesystem::absolute(std::filesystem::path(path).parent_path() / file)
        .lexically_normal()
        .string();
}

void check_tracking(ConfigSection& section, const std::map<std::string, std::string>& links) {
    for (const auto& [carrier, link] : links) {
        if (!link.starts_with("https://") || link.find("{number}") == std::string::npos) {
            section.fail(carrier, "must be an address as \"https://carrier.example/?n={number}\"");
        }
    }
}

void check_webhooks(ConfigSection& section, const std::map<std::string, std::string>& secrets) {
    constexpr std::size_t kShortest = 8;
    for (const auto& [source, secret] : secrets) {
        if (auto known = service::parse_webhook_source(source); !known) {
            section.fail(source, "is no source; " + known.error().cure);
        } else if (secret.size() < kShortest) {
            section.fail(source, "must be a secret of at least 8 characters");
        }
    }
}

}  // namespace

double contrast(std::string_view one, std::string_view other) {
    const auto first = luminance(one);
    const auto second = luminance(other);
    if (!first || !second) return 0;
    return (std::max(*first, *second) + 0.05) / (std::min(*first, *second) + 0.05);
}

std::vector<ConfigSection> read_serve(ConfigSection& root, const std::string& path,
                                      ServeSettings& into) {
    ConfigSection pages = root.section("pages");
    pages.text("accent", into.accent);
    pages.text("contact", into.contact);
    pages.flag("product_stars", into.product_stars);
    pages.flag("photos", into.photos);
    if (contrast(into.accent, "#ffffff") < kLeastContrast) {
        pages.fail("accent", "must be a colour as \"#0b5d4b\" on which white text can be read");
    }
    ConfigSection tracking = root.section("tracking");
    tracking.all_texts(into.tracking);
    check_tracking(tracking, into.tracking);
    ConfigSection webhooks = root.section("webhooks");
    webhooks.all_texts(into.webhooks);
    check_webhooks(webhooks, into.webhooks);
    ConfigSection bench = root.section("bench");
    bench.text("template", into.bench_template);
    bench.text("printer", into.bench_printer);
    bench.text("folder", into.bench_folder);
    into.bench_folder = beside(path, into.bench_folder);
    ConfigSection hooks = root.section("hooks");
    hooks.flag("allow_private", into.private_hooks);
    ConfigSection serve = root.section("serve");
    serve.text("certificate", into.certificate);
    serve.text("key", into.key);
    serve.texts("proxies", into.proxies);
    serve.flag("proxy_protocol", into.proxy_protocol);
    if (into.certificate.empty() != into.key.empty()) {
        serve.fail("certificate", "needs its key beside it, and the key its certificate");
    }
    if (auto peers = service::TrustedPeers::parse(into.proxies); !peers) {
        serve.fail("proxies", peers.error().message + "; " + peers.error().cure);
    }
    into.certificate = beside(path, into.certificate);
    into.key = beside(path, into.key);
    return {pages, tracking, webhooks, hooks, bench, serve};
}

}  // namespace verso::app
