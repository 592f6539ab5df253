// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/debug_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "scanner/marks/box_shape.h"

namespace verso::scanner {

namespace {

// Colours in the order red, green, blue.
const cv::Scalar kGreen(18, 148, 68), kGray(120, 128, 140), kOrange(235, 126, 8),
    kBlue(28, 104, 216), kRed(208, 32, 44), kWhite(255, 255, 255), kInk(24, 28, 36);

/// A colour canvas over the scan, faded so that what is drawn stands out.
class Canvas {
  public:
    Canvas(const GrayImage& image, double px_per_mm) : unit_(std::clamp(px_per_mm, 4.0, 40.0)) {
        const cv::Mat gray(image.height, image.width, CV_8UC1,
                           const_cast<std::uint8_t*>(image.pixels.data()));
        cv::Mat light;
        gray.convertTo(light, CV_8UC1, 0.8, 51);
        cv::cvtColor(light, rgb_, cv::COLOR_GRAY2RGB);
    }
    /// Line width of `mm` millimetres, one pixel at least.
    int width(double mm) const { return std::max(1, int(std::lround(mm * unit_))); }

    void polygon(const std::vector<PxPoint>& points, const cv::Scalar& colour, double mm) {
        std::vector<cv::Point> fixed = fixed_points(points);
        cv::polylines(rgb_, fixed, true, colour, width(mm), cv::LINE_AA, kShift);
    }
    /// Fills with a share of the colour, what is under it shining through.
    void wash(const std::vector<PxPoint>& points, const cv::Scalar& colour, double share) {
        cv::Mat over = rgb_.clone();
        std::vector<cv::Point> fixed = fixed_points(points);
        cv::fillPoly(over, std::vector<std::vector<cv::Point>>{fixed}, colour, cv::LINE_AA, kShift);
        cv::addWeighted(over, share, rgb_, 1 - share, 0, rgb_);
    }
    void cross(PxPoint at, const cv::Scalar& colour, double mm) {
        const double r = mm * unit_;
        line({at.x - Px{r}, at.y}, {at.x + Px{r}, at.y}, colour);
        line({at.x, at.y - Px{r}}, {at.x, at.y + Px{r}}, colour);
    }
    void line(PxPoint from, PxPoint to, const cv::Scalar& colour) {
        const auto ends = fixed_points({from, to});
        cv::line(rgb_, ends[0], ends[1], colour, width(0.2), cv::LINE_AA, kShift);
    }
    /// Text with its baseline's left end at `at`, `mm` high, on a white halo.
    void text(PxPoint at, const std::string& words, const cv::Scalar& colour, double mm,
              bool centred = false) {
        constexpr double kCapHeight = 22;  // px of Hershey capitals at scale 1
        const double scale = mm * unit_ / kCapHeight;
        const int thick = std::max(1, int(std::lround(scale * 1.7)));
        int base = 0;
        const cv::Size size = cv::getTextSize(words, cv::FONT_HERSHEY_SIMPLEX, scale, thick, &base);
        const cv::Point origin(int(at.x.value) - (centred ? size.width / 2 : 0), int(at.y.value));
        cv::putText(rgb_, words, origin, cv::FONT_HERSHEY_SIMPLEX, scale, kWhite, thick * 4,
                    cv::LINE_AA);
        cv::putText(rgb_, words, origin, cv::FONT_HERSHEY_SIMPLEX, scale, colour, thick,
                    cv::LINE_AA);
    }
    /// A band of one colour with words in white: the verdict.
    void banner(PxPoint at, double mm_wide, double mm_high, const cv::Scalar& colour,
                const std::string& words) {
        const cv::Rect whole(0, 0, rgb_.cols, rgb_.rows);
        const cv::Rect band(int(at.x.value), int(at.y.value), width(mm_wide), width(mm_high));
        cv::rectangle(rgb_, band & whole, colour, cv::FILLED, cv::LINE_AA);
        const double scale = mm_high * unit_ * 0.42 / 22;
        cv::putText(rgb_, words, {band.x + width(mm_high * 0.4), band.y + width(mm_high * 0.68)},
                    cv::FONT_HERSHEY_SIMPLEX, scale, kWhite,
                    std::max(1, int(std::lround(scale * 2))), cv::LINE_AA);
    }
    RgbImage picture() const { return {rgb_.cols, rgb_.rows, {rgb_.datastart, rgb_.dataend}}; }

  private:
    static constexpr int kShift = 4;  // OpenCV draws on a grid of sixteenths of a pixel
    static std::vector<cv::Point> fixed_points(const std::vector<PxPoint>& points) {
        constexpr double kFar = 1e5;  // beyond any image; keeps degenerate maps inside int
        std::vector<cv::Point> out;
        for (const auto& p : points) {
            out.emplace_back(int(std::clamp(p.x.value, -kFar, kFar) * (1 << kShift)),
                             int(std::clamp(p.y.value, -kFar, kFar) * (1 << kShift)));
        }
        return out;
    }
    double unit_;
    cv::Mat rgb_;
};

std::vector<PxPoint> on_image(const Homography& map, const std::vector<MmPoint>& points) {
    std::vector<PxPoint> out;
    for (const auto& p : points) out.push_back(map.to_image(p));
    return out;
}

std::vector<PxPoint> box_on_image(const Homography& map, const MmBox& box) {
    const auto corners = box.corners();
    return on_image(map, {corners.begin(), corners.end()});
}

/// The outline of a box where it was really found.
std::vector<PxPoint> outline_on_image(const Homography& map, const AlignedBox& box, double offset) {
    auto points = outline_points(*box.option, offset, 0.2);
    const MmPoint middle = box.option->box.center();
    std::sort(points.begin(), points.end(), [&](MmPoint a, MmPoint b) {
        return std::atan2((a.y - middle.y).value, (a.x - middle.x).value) <
               std::atan2((b.y - middle.y).value, (b.x - middle.x).value);
    });
    for (auto& p : points) p = {p.x + Mm{box.shift_x}, p.y + Mm{box.shift_y}};
    return on_image(map, points);
}

const cv::Scalar& colour_of(MarkClass mark) {
    switch (mark) {
        case MarkClass::Marked:
            return kGreen;
        case MarkClass::Doubtful:
            return kOrange;
        case MarkClass::Empty:
            break;
    }
    return kGray;
}

void draw_frame(Canvas& canvas, const CardEvidence& evidence) {
    const auto corners = card_corners(*evidence.region, evidence.registration.map);
    canvas.polygon({corners.begin(), corners.end()}, kBlue, 0.5);
}

void draw_points(Canvas& canvas, const CardEvidence& evidence) {
    for (const auto& point : evidence.registration.points) {
        const cv::Scalar colour = point.used ? kBlue : kRed;
        canvas.cross(point.pair.image, colour, 2.2);
        const PxPoint label{point.pair.image.x + Px{4.0}, point.pair.image.y - Px{4.0}};
        canvas.text(label, fmt::format("{:.2f}", point.residual_mm), colour, 1.7);
    }
}

void draw_marks(Canvas& canvas, const CardEvidence& evidence) {
    const Homography& map = evidence.registration.map;
    for (std::size_t i = 0; i < evidence.judgements.size(); ++i) {
        const auto& judgement = evidence.judgements[i];
        const auto& box = evidence.boxes.at(i);
        const bool empty = judgement.mark == MarkClass::Empty;
        const cv::Scalar& colour = colour_of(judgement.mark);
        const auto outline = outline_on_image(map, box, 0.35);
        if (!empty) canvas.wash(outline, colour, 0.22);
        canvas.polygon(outline, colour, empty ? 0.25 : 0.6);
        const MmPoint below{box.option->box.center().x, box.option->box.bottom() + Mm{2.6}};
        canvas.text(map.to_image(below), fmt::format("{:.2f}", judgement.probability), colour, 1.5,
                    true);
    }
}

void draw_fields(Canvas& canvas, const CardEvidence& evidence, const Reading& reading) {
    for (std::size_t i = 0; i < reading.fields.size(); ++i) {
        const auto& field = evidence.region->fields.at(i);
        const bool inked = reading.fields[i].inked;
        canvas.polygon(box_on_image(evidence.registration.map, field.box), inked ? kGreen : kGray,
                       inked ? 0.6 : 0.25);
    }
}

std::string verdict_words(const Reading& reading) {
    std::string words{to_string(reading.verdict)};
    for (char& c : words) c = char(std::toupper(c));
    if (reading.card) words += "  " + format_typed_code(*reading.card);
    for (const auto& answer : reading.answers) {
        if (answer.question == kOverallQuestion && answer.value) {
            words += fmt::format("  overall {}", *answer.value);
        }
    }
    if (!reading.reasons.empty()) words += fmt::format("  {}", to_string(reading.reasons[0].code));
    return words;
}

const cv::Scalar& verdict_colour(Verdict verdict) {
    switch (verdict) {
        case Verdict::Accepted:
            return kGreen;
        case Verdict::Review:
            return kOrange;
        case Verdict::Unreadable:
            break;
    }
    return kRed;
}

}  // namespace

DebugTrace::DebugTrace(const GrayImage& image, const ReadOptions& options)
    : image_(image), options_(options) {
    std::error_code ignored;
    if (!options.debug_dir.empty() && options.pictures.make_folders) {
        std::filesystem::create_directories(options.debug_dir, ignored);
    }
}

std::string DebugTrace::path(const std::string& stage) const {
    return fmt::format("{}/{}-{}.png", options_.debug_dir, options_.name, stage);
}

void DebugTrace::save(const RgbImage& picture, const std::string& stage) const {
    if (!options_.pictures.colour(path(stage), picture)) return;  // never a reading less
}

void DebugTrace::page(const std::vector<FoundCode>& codes) const {
    if (options_.debug_dir.empty() || image_.empty() || options_.verdict_picture_only) return;
    if (!options_.pictures.gray(path("01-gray"), image_)) return;
    Canvas canvas(image_, image_.width / 105.0);
    for (const auto& code : codes) {
        canvas.polygon({code.corners.begin(), code.corners.end()}, kBlue, 0.6);
        canvas.text(code.corners[0], std::string(to_string(code.kind)), kBlue, 2);
    }
    save(canvas.picture(), "02-codes");
}

void DebugTrace::card(const CardEvidence& evidence, const Reading& reading, int number) const {
    if (options_.debug_dir.empty() || image_.empty() || evidence.region == nullptr) return;
    const std::string stem = fmt::format("card{}-", number);
    if (!options_.verdict_picture_only) stages(evidence, reading, stem);
    verdict(evidence, reading, stem);
}

void DebugTrace::stages(const CardEvidence& evidence, const Reading& reading,
                        const std::string& stem) const {
    const double unit = evidence.registration.px_per_mm;
    Canvas places(image_, unit);
    draw_frame(places, evidence);
    draw_points(places, evidence);
    save(places.picture(), stem + "03-registration");
    Canvas scores(image_, unit);
    draw_marks(scores, evidence);
    draw_fields(scores, evidence, reading);
    save(scores.picture(), stem + "04-scores");
}

void DebugTrace::verdict(const CardEvidence& evidence, const Reading& reading,
                         const std::string& stem) const {
    const double unit = evidence.registration.px_per_mm;
    Canvas canvas(image_, unit);
    draw_frame(canvas, evidence);
    draw_marks(canvas, evidence);
    draw_fields(canvas, evidence, reading);
    for (const auto& code : evidence.region->codes) {
        canvas.polygon(box_on_image(evidence.registration.map, code.box), kBlue, 0.5);
    }
    for (const auto& fiducial : evidence.region->fiducials) {
        canvas.polygon(box_on_image(evidence.registration.map, fiducial.grown(Mm{0.6})), kBlue,
                       0.5);
    }
    canvas.banner({Px{0}, Px{0}}, image_.width / unit, 6, verdict_colour(reading.verdict),
                  verdict_words(reading));
    save(canvas.picture(), stem + "05-verdict");
}

}  // namespace verso::scanner
