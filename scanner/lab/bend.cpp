// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/bend.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner::lab {

namespace {
constexpr double kPi = 3.141592653589793;
constexpr int kRounds = 4;  // of the inverses: each takes off a factor of 20 or more
}  // namespace

MmPoint Curl::seen(MmPoint page) const {
    if (is_flat()) return page;
    const double x = page.x.value - camera.x.value, y = page.y.value - camera.y.value;
    const double along = x * std::cos(angle) + y * std::sin(angle);
    const double wave = std::cos(kPi * along / length);
    const double up = height * wave * wave;
    const double nearer = distance / (distance - up);
    return {camera.x + Mm{x * nearer + lean_x * up}, camera.y + Mm{y * nearer + lean_y * up}};
}

MmPoint Curl::flat(MmPoint seen_at) const {
    MmPoint page = seen_at;
    for (int i = 0; i < kRounds && !is_flat(); ++i) page = page + (seen_at - seen(page));
    return page;
}

double Feed::seen(double y) const {
    return y + stretch * y + band_stretch * std::clamp(y - band_from, 0.0, band_length);
}

double Feed::steady(double y) const {
    double at = y;
    for (int i = 0; i < kRounds && !is_steady(); ++i) at += y - seen(at);
    return at;
}

Curl draw_curl(const Profile& profile, const MmBox& card, double distance, double lean_x,
               double lean_y, Rng& rng) {
    Curl curl{card.center(), distance};
    curl.height = rng.in(profile.curl_mm);
    curl.angle = rng.in(0, kPi);
    curl.length = std::hypot(card.w.value, card.h.value) * rng.in(0.9, 1.6);
    curl.camera = curl.camera + MmPoint{Mm{rng.normal() * 15}, Mm{rng.normal() * 15}};
    curl.lean_x = lean_x;
    curl.lean_y = lean_y;
    return curl;
}

Feed draw_feed(const Profile& profile, double height, double px_per_mm, Rng& rng) {
    Feed feed;
    feed.stretch = rng.in(profile.feed_stretch);
    const bool slips = rng.chance(profile.feed_slip);
    feed.band_length = rng.in(8, 35) * px_per_mm;
    feed.band_from = rng.in(0.15, 0.7) * height;
    const double slip = rng.in(0.01, 0.05) * (rng.chance(0.5) ? 1 : -1);
    if (slips) feed.band_stretch = slip;
    return feed;
}

}  // namespace verso::scanner::lab
