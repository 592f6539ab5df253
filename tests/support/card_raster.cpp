// SPDX-License-Identifier: Apache-2.0
#include "tests/support/card_raster.h"

#include <qrencode.h>
#include <zint.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <sstream>
#include <stdexcept>

namespace verso::test {

namespace {

cv::Mat as_mat(const GrayImage& image) {
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

GrayImage to_image(const cv::Mat& mat, double dpi) {
    const cv::Mat whole = mat.isContinuous() ? mat : mat.clone();
    return {whole.cols, whole.rows, dpi, {whole.datastart, whole.dataend}};
}

struct Modules {
    int side = 0;
    std::vector<bool> dark;
};

Modules qr_modules(const std::string& text) {
    QRcode* code = QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1);
    if (code == nullptr) throw std::runtime_error("no QR for " + text);
    Modules out{code->width, {}};
    for (int i = 0; i < code->width * code->width; ++i)
        out.dark.push_back((code->data[i] & 1) != 0);
    QRcode_free(code);
    return out;
}

Modules data_matrix_modules(const std::string& text) {
    zint_symbol* symbol = ZBarcode_Create();
    symbol->symbology = BARCODE_DATAMATRIX;
    symbol->option_3 = DM_SQUARE;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (ZBarcode_Encode(symbol, bytes, int(text.size())) >= ZINT_ERROR) {
        throw std::runtime_error("no Data Matrix for " + text);
    }
    Modules out{symbol->width, {}};
    for (int y = 0; y < symbol->rows; ++y) {
        for (int x = 0; x < symbol->width; ++x) {
            out.dark.push_back(((symbol->encoded_data[y][x / 8] >> (x % 8)) & 1) != 0);
        }
    }
    ZBarcode_Delete(symbol);
    return out;
}

constexpr int kShift = 6;  // OpenCV draws in 64ths of a pixel

cv::Point fixed(double x, double y) {
    return {int(std::lround(x * (1 << kShift))), int(std::lround(y * (1 << kShift)))};
}

/// A drawing board in millimetres over three times the wanted resolution.
struct Board {
    MmPoint origin;
    double unit;  ///< px per mm
    cv::Mat mat;

    cv::Point at(MmPoint p) const {
        return fixed((p.x - origin.x).value * unit - 0.5, (p.y - origin.y).value * unit - 0.5);
    }
    void fill(const MmBox& box, int gray) {
        const auto to = [&](double mm) { return int(std::lround(mm * unit)); };
        const cv::Rect whole(0, 0, mat.cols, mat.rows);
        const int left = to((box.x - origin.x).value), top = to((box.y - origin.y).value);
        const cv::Rect rect(left, top, to((box.right() - origin.x).value) - left,
                            to((box.bottom() - origin.y).value) - top);
        mat(rect & whole).setTo(gray);
    }
    void line(MmPoint a, MmPoint b, double mm, int gray) {
        cv::line(mat, at(a), at(b), cv::Scalar(gray), std::max(1, int(std::lround(mm * unit))),
                 cv::LINE_AA, kShift);
    }
    void outline(const MmBox& box, double radius, double mm) {
        std::vector<cv::Point> points;
        const MmBox inner = box.grown(Mm{-radius});
        const auto corners = inner.corners();
        const double start[4] = {180, 270, 0, 90};
        for (std::size_t c = 0; c < 4; ++c) {
            for (int step = 0; step <= 12; ++step) {
                const double angle = (start[c] + step * 7.5) * std::numbers::pi / 180;
                points.push_back(at({corners[c].x + Mm{radius * std::cos(angle)},
                                     corners[c].y + Mm{radius * std::sin(angle)}}));
            }
        }
        cv::polylines(mat, points, true, cv::Scalar(0), std::max(1, int(std::lround(mm * unit))),
                      cv::LINE_AA, kShift);
    }
    void text(MmPoint where, const std::string& words, double mm) {
        const double scale = mm * unit / 22;
        cv::putText(mat, words, {at(where).x >> kShift, at(where).y >> kShift},
                    cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar(20), std::max(1, int(scale * 2)),
                    cv::LINE_AA);
    }
    void modules(const MmBox& box, const Modules& code) {
        const double step = box.w.value / code.side;
        for (int y = 0; y < code.side; ++y) {
            for (int x = 0; x < code.side; ++x) {
                if (!code.dark[std::size_t(y * code.side + x)]) continue;
                fill({box.x + Mm{x * step}, box.y + Mm{y * step}, Mm{step}, Mm{step}}, 0);
            }
        }
    }
};

void draw_print(Board& board, const ReadRegion& region) {
    for (const auto& box : region.fiducials) board.fill(box, 0);
    for (const auto& question : region.questions) {
        const auto& first = question.options.front().box;
        board.text({region.box.x + Mm{13}, first.bottom() - Mm{1}}, question.id, 2.2);
        for (const auto& option : question.options) {
            const bool oval = option.shape == MarkShape::Oval;
            board.outline(option.box, oval ? option.box.h.value / 2 : 0, kMarkOutline.value);
        }
        if (question.id != kOverallQuestion) continue;
        for (const auto& option : question.options) {
            board.text({option.box.center().x - Mm{0.7}, option.box.y - Mm{2.5}},
                       std::to_string(option.value), 2);
        }
    }
    for (const auto& field : region.fields) board.outline(field.box, 1.5, 0.25);
}

std::vector<std::vector<MmPoint>> strokes_of(Pen pen, const MmBox& box, double line) {
    const MmPoint c = box.center();
    const auto at = [&](double x, double y) {
        return MmPoint{c.x + box.w * x / 2, c.y + box.h * y / 2};
    };
    switch (pen) {
        case Pen::Cross:
            return {{at(-.6, -.8), at(.6, .8)}, {at(-.55, .85), at(.6, -.8)}};
        case Pen::Tick:
            return {{at(-.4, 0), at(-.1, .6), at(.7, -1.1)}};
        case Pen::Slash:
            return {{at(-.35, .75), at(.35, -.75)}};
        case Pen::Scribble: {
            std::vector<MmPoint> zigzag;
            for (int i = 0; i <= 10; ++i)
                zigzag.push_back(at(-.8 + .16 * i, i % 2 == 0 ? .7 : -.7));
            return {zigzag};
        }
        case Pen::Loop: {
            std::vector<MmPoint> loop;
            for (int i = 0; i <= 40; ++i) {
                const double a = i * std::numbers::pi / 20;
                loop.push_back(at(1.25 * std::cos(a), 1.35 * std::sin(a)));
            }
            return {loop};
        }
        case Pen::Fill:
            break;
    }
    std::vector<std::vector<MmPoint>> rows;
    for (double y = -.75; y <= .76; y += line * 1.2 / box.h.value) {
        rows.push_back({at(-.75, y), at(.75, y)});
    }
    return rows;
}

std::string read_text(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

const Layout& sample_layout() {
    static const Layout layout = [] {
        auto parsed =
            parse_layout(read_text(VERSO_SOURCE_DIR "/tests/data/layouts/a4-fold-card.json"));
        if (!parsed) throw std::runtime_error(parsed.error().text());
        return *parsed;
    }();
    return layout;
}

CardIdentity sample_identity(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::string secret;
    for (int i = 0; i < 20; ++i) secret += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[random() % 32];
    return {sample_layout().number, CardId(random() >> 4), CardSecret(secret)};
}

CardPicture::CardPicture(double dpi, const CardIdentity& identity, const Layout& layout)
    : region_(layout.cards.front()), px_per_mm_(dpi / kMmPerInch) {
    constexpr int kFiner = 3;
    Board board{{region_.box.x, region_.box.y}, px_per_mm_ * kFiner, {}};
    const int width = int(std::lround(region_.box.w.value * px_per_mm_));
    const int height = int(std::lround(region_.box.h.value * px_per_mm_));
    board.mat = cv::Mat(height * kFiner, width * kFiner, CV_8UC1, cv::Scalar(255));
    draw_print(board, region_);
    cv::Mat small;
    cv::resize(board.mat, small, cv::Size(width, height), 0, 0, cv::INTER_AREA);
    picture_ = to_image(small, dpi);
    draw_code(CodeKind::Qr, format_link("avis.example", identity));
    draw_code(CodeKind::DataMatrix, format_side_mark({identity.layout, identity.id}));
}

void CardPicture::draw_code(CodeKind kind, const std::string& text) {
    constexpr int kFiner = 6;
    const CodeRegion* code = region_.find_code(kind);
    if (code == nullptr) return;
    const MmBox area = code->box.grown(Mm{1});
    const double left = std::floor((area.x - region_.box.x).value * px_per_mm_);
    const double top = std::floor((area.y - region_.box.y).value * px_per_mm_);
    const int side = int(std::ceil(area.w.value * px_per_mm_)) + 1;
    Board board{{region_.box.x + Mm{left / px_per_mm_}, region_.box.y + Mm{top / px_per_mm_}},
                px_per_mm_ * kFiner,
                cv::Mat(side * kFiner, side * kFiner, CV_8UC1, cv::Scalar(255))};
    board.modules(code->box, kind == CodeKind::Qr ? qr_modules(text) : data_matrix_modules(text));
    cv::Mat small;
    cv::resize(board.mat, small, cv::Size(side, side), 0, 0, cv::INTER_AREA);
    paste(picture_, to_image(small, 0), int(left), int(top));
}

void CardPicture::draw_line(MmPoint from, MmPoint to, double width, double darkness) {
    cv::Mat ink(picture_.height, picture_.width, CV_8UC1, cv::Scalar(0));
    const auto at = [&](MmPoint p) {
        return fixed((p.x - region_.box.x).value * px_per_mm_ - 0.5,
                     (p.y - region_.box.y).value * px_per_mm_ - 0.5);
    };
    cv::line(ink, at(from), at(to), cv::Scalar(255 * darkness),
             std::max(1, int(std::lround(width * px_per_mm_))), cv::LINE_AA, kShift);
    cv::Mat target = as_mat(picture_);
    cv::min(target, 255 - ink, target);
}

CardPicture& CardPicture::mark(const std::string& question, int value, const Stroke& stroke) {
    const Question* asked = region_.find_question(question);
    if (asked == nullptr) throw std::runtime_error("no question " + question);
    for (const auto& option : asked->options) {
        if (option.value != value) continue;
        for (const auto& line : strokes_of(stroke.pen, option.box, stroke.width)) {
            for (std::size_t i = 1; i < line.size(); ++i) {
                draw_line(line[i - 1], line[i], stroke.width, stroke.darkness);
            }
        }
    }
    return *this;
}

CardPicture& CardPicture::write_comment() {
    const MmBox& box = region_.fields.at(0).box;
    for (int letter = 0; letter < 14; ++letter) {
        const MmPoint at{box.x + Mm{6.0 + letter * 4}, box.y + Mm{12}};
        draw_line(at, {at.x + Mm{2}, at.y - Mm{4}}, 0.4, 0.8);
        draw_line({at.x + Mm{2}, at.y - Mm{4}}, {at.x + Mm{3}, at.y}, 0.4, 0.8);
    }
    return *this;
}

CardPicture& CardPicture::hide(const MmBox& box, int gray) {
    Board board{{region_.box.x, region_.box.y}, px_per_mm_, as_mat(picture_)};
    board.fill(box, gray);
    return *this;
}

CardPicture& CardPicture::hide_code(CodeKind kind) {
    return hide(region_.find_code(kind)->box.grown(Mm{0.5}));
}

CardPicture& CardPicture::hide_fiducial(std::size_t index) {
    return hide(region_.fiducials.at(index).grown(Mm{0.5}));
}

CardPicture& CardPicture::streak(Mm x, double width_px, double darkness) {
    draw_line({x, region_.box.y}, {x, region_.box.bottom()}, width_px / px_per_mm_, darkness);
    return *this;
}

CardPicture& CardPicture::replace_qr(const std::string& text) {
    draw_code(CodeKind::Qr, text);
    return *this;
}

GrayImage CardPicture::scanned(const Scan& scan) const {
    const double margin = scan.margin * px_per_mm_;
    const double w = picture_.width, h = picture_.height;
    const double angle = scan.degrees * std::numbers::pi / 180;
    const double tilt = scan.tilt * std::numbers::pi / 180;
    const double far = 2.2 * h;  // the camera's distance, px
    std::vector<cv::Point2f> from{{0, 0}, {float(w), 0}, {float(w), float(h)}, {0, float(h)}}, to;
    float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F;
    for (const auto& p : from) {
        const double x = (double(p.x) - w / 2) * scan.scale, y = (double(p.y) - h / 2) * scan.scale;
        const double depth = far / (far + y * std::sin(tilt));
        const double u = x * depth, v = y * std::cos(tilt) * depth;
        to.emplace_back(float(u * std::cos(angle) - v * std::sin(angle)),
                        float(u * std::sin(angle) + v * std::cos(angle)));
        left = std::min(left, to.back().x), right = std::max(right, to.back().x);
        top = std::min(top, to.back().y), bottom = std::max(bottom, to.back().y);
    }
    for (auto& p : to) p += cv::Point2f(float(margin) - left, float(margin) - top);
    const cv::Size size(int(right - left + 2 * float(margin)),
                        int(bottom - top + 2 * float(margin)));
    cv::Mat out;
    cv::warpPerspective(as_mat(picture_), out, cv::getPerspectiveTransform(from, to), size,
                        cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(scan.background));
    if (scan.blur > 0) cv::GaussianBlur(out, out, cv::Size(), scan.blur);
    if (scan.contrast < 1) out.convertTo(out, CV_8UC1, scan.contrast, 245 * (1 - scan.contrast));
    if (scan.noise > 0) {
        cv::Mat grain(out.size(), CV_16SC1), sum;
        cv::RNG random(scan.seed);
        random.fill(grain, cv::RNG::NORMAL, 0, scan.noise);
        out.convertTo(sum, CV_16SC1);
        sum += grain;
        sum.convertTo(out, CV_8UC1);
    }
    return to_image(out, px_per_mm_ * kMmPerInch);
}

void paste(GrayImage& page, const GrayImage& small, int x, int y) {
    const cv::Rect place(x, y, small.width, small.height);
    const cv::Rect seen = place & cv::Rect(0, 0, page.width, page.height);
    const cv::Mat target = as_mat(page);
    as_mat(small)(cv::Rect(seen.x - x, seen.y - y, seen.width, seen.height)).copyTo(target(seen));
}

GrayImage plain(int width, int height, int gray) {
    GrayImage out{width, height, 0, {}};
    out.pixels.assign(std::size_t(width) * std::size_t(height), std::uint8_t(gray));
    return out;
}

GrayImage quarter_turned(const GrayImage& image, int quarters) {
    constexpr int kCodes[3] = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180,
                               cv::ROTATE_90_COUNTERCLOCKWISE};
    if (quarters % 4 == 0) return image;
    cv::Mat out;
    cv::rotate(as_mat(image), out, kCodes[quarters % 4 - 1]);
    return to_image(out, image.dpi);
}

}  // namespace verso::test
