// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/profile.h"

#include <algorithm>

#include "scanner/lab/single_harms.h"

namespace verso::scanner::lab {

Profile clean() {
    Profile p;
    p.name = "clean";
    p.rotation_degrees = {-0.4, 0.4};
    p.scale = {0.998, 1.002};
    p.cut_mm = 0.5;
    p.noise = {0.5, 1.5};
    p.blur_px = {0.3, 0.5};
    p.jpeg_quality = {85, 95};
    return p;
}

Profile feeder() {
    Profile p;
    p.name = "feeder";
    p.rotation_degrees = {-5, 5};
    p.scale = {0.97, 1.03};
    p.margin_mm = {1, 8};
    p.cut_mm = 1.5;
    p.beds = {Bed::White, Bed::Gray, Bed::Black};
    p.turned = 0.15;
    p.feed_stretch = {-0.01, 0.01};
    p.toner = {0.85, 1};
    p.specks = {0, 15};
    p.shading = {0, 0.08};
    p.blur_px = {0.3, 1.0};
    p.brightness = {-8, 8};
    p.contrast = {0.9, 1.1};
    p.gamma = {0.9, 1.15};
    p.noise = {1, 6};
    p.jpeg_quality = {50, 95};
    return p;
}

Profile phone() {
    Profile p;
    p.name = "phone";
    p.dpis = {200, 250, 300};
    p.rotation_degrees = {-12, 12};
    p.scale = {0.98, 1.02};
    p.tilt_degrees = {0, 20};
    p.margin_mm = {5, 25};
    p.cut_mm = 1.5;
    p.beds = {Bed::Cloth, Bed::Print, Bed::Gray, Bed::Black};
    p.turned = 0.2;
    p.curl_mm = {0, 2};
    p.toner = {0.8, 1};
    p.shading = {0.05, 0.35};
    p.shadow = 0.5;
    p.glare = 0.1;
    p.blur_px = {0.4, 1.2};
    p.motion_px = {0, 2};
    p.brightness = {-25, 10};
    p.contrast = {0.75, 1.05};
    p.gamma = {0.85, 1.25};
    p.noise = {2, 8};
    p.jpeg_quality = {60, 92};
    return p;
}

Profile fax() {
    Profile p;
    p.name = "fax";
    p.dpis = {200};
    p.rotation_degrees = {-2, 2};
    p.scale = {0.98, 1.02};
    p.cut_mm = 1;
    p.toner = {0.85, 1};
    p.specks = {0, 20};
    p.blur_px = {0.4, 0.9};
    p.noise = {2, 8};
    p.threshold = {110, 180};
    return p;
}

Profile damaged() {
    Profile p = feeder();
    p.name = "damaged";
    p.turned = 0.3;
    p.toner = {0.5, 1};
    p.fold = 0.5;
    p.stain = 0.25;
    p.postmark = 0.25;
    p.torn_corner = 0.25;
    p.smudge = 0.2;
    p.specks = {5, 40};
    p.streaks = {0, 1.6};  // one for three cards in eight
    p.streak_px = {1, 4};
    return p;
}

std::span<const Profile> profiles() {
    static const std::vector<Profile> kProfiles = [] {
        Profile low = feeder();
        low.name = "low";
        low.dpis = {150};
        std::vector<Profile> all{clean(), feeder(), phone(), fax(), damaged(), low};
        for (Profile& harm : single_harms()) all.push_back(std::move(harm));
        return all;
    }();
    return kProfiles;
}

const Profile* find_profile(std::string_view name) {
    const auto all = profiles();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const Profile& p) { return p.name == name; });
    return it == all.end() ? nullptr : &*it;
}

}  // namespace verso::scanner::lab
