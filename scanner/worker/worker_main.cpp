// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/worker_main.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <filesystem>
#include <new>
#include <sstream>

#include "scanner/image/image_loader.h"
#include "scanner/image/png_writer.h"
#include "scanner/worker/channel.h"
#include "scanner/worker/page_view.h"
#include "scanner/worker/sandbox.h"
#include "scanner/worker/warm_up.h"

namespace verso::scanner {

namespace {

/// Processor time of this thread.
double cpu_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Ends this process should the parent, which counts the time, be unable to.
void limit_time(int seconds) {
    constexpr int kGrace = 10;
    itimerval timer{};
    timer.it_value.tv_sec = seconds > 0 ? seconds + kGrace : 0;
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

constexpr double kDrawnDpi = 300;  // page_drawing.h; the picture itself does not say

/// The layouts that pages may be printed by.
class LayoutSet {
  public:
    /// False when one of them cannot be understood.
    bool load(const std::string& lines) {
        std::istringstream in(lines);
        for (std::string line; std::getline(in, line);) {
            auto layout = parse_layout(line);
            if (!layout) return false;
            layouts_.push_back(std::move(*layout));
        }
        return true;
    }

    LayoutLookup lookup() const {
        return [this](LayoutNumber number) -> const Layout* {
            const auto found = std::find_if(layouts_.begin(), layouts_.end(),
                                            [&](const Layout& l) { return l.number == number; });
            return found != layouts_.end() ? &*found : nullptr;
        };
    }

    std::vector<const Layout*> known() const {
        std::vector<const Layout*> out;
        for (const auto& layout : layouts_) out.push_back(&layout);
        return out;
    }

  private:
    std::vector<Layout> layouts_;
};

/// A job and the file that came with it.
struct FileJob {
    Job job;
    OwnedFd file;
};

class Worker {
  public:
    Worker(Channel& channel, const ReadPage& read) : channel_(channel), read_(read) {}

    /// False when the parent did not say hello as it should.
    bool begin();
    /// Works until the parent hangs up or says nonsense.
    void serve();

  private:
    bool queue(Envelope envelope);
    void work(const FileJob& next);
    bool begin_page(int page);
    bool answer(int page, const Result<GrayImage>& image);
    void read(int page, const GrayImage& image, PageAnswer& out);
    void show(int page, const GrayImage& image, PageAnswer& out);
    void photograph(const std::string& bytes);
    Result<GrayImage> have_drawn(int page);
    Result<GrayImage> take_drawing(const Envelope& envelope, int page);
    ReadOptions options_for(int page) const;
    bool send(MessageKind kind, const std::string& payload);
    template <class Image>
    bool send_picture(const std::string& path, const Image& picture);

    Channel& channel_;
    const ReadPage& read_;
    WorkerLimits limits_;
    LayoutSet layouts_;
    std::deque<FileJob> jobs_;
    const Job* job_ = nullptr;  ///< the one that is worked on
    int begun_ = 0;             ///< the page that the parent knows of
    double mark_ = 0;           ///< processor time when the last answer was sent
    bool hung_up_ = false;
};

bool Worker::send(MessageKind kind, const std::string& payload) {
    if (!hung_up_ && !channel_.send(kind, payload)) hung_up_ = true;
    return !hung_up_;
}

bool Worker::begin() {
    const auto envelope = channel_.receive();
    if (!envelope || envelope->kind != MessageKind::Hello || !envelope->file) return false;
    const auto hello = decode<Hello>(envelope->payload);
    if (!hello) return false;
    limits_ = hello->limits;
    const auto lines = bytes_of(envelope->file.get(), hello->layout_bytes);
    if (!lines || !layouts_.load(*lines)) return false;
    warm_up(layouts_.known(), read_);
    const auto closed = enter_sandbox(limits_.megabytes);
    return send(MessageKind::Ready, encode(Ready{closed ? "" : closed.error().message}));
}

bool Worker::queue(Envelope envelope) {
    if (envelope.kind != MessageKind::Job || !envelope.file) return false;
    auto job = decode<Job>(envelope.payload);
    if (!job) return false;
    jobs_.push_back({std::move(*job), std::move(envelope.file)});
    return true;
}

void Worker::serve() {
    while (!hung_up_) {
        if (jobs_.empty()) {
            auto envelope = channel_.receive();
            if (!envelope || !queue(std::move(*envelope))) return;
        }
        const FileJob next = std::move(jobs_.front());
        jobs_.pop_front();
        work(next);
        limit_time(0);
    }
}

void Worker::work(const FileJob& next) {
    job_ = &next.job;
    begun_ = 0;
    mark_ = cpu_ms();
    limit_time(limits_.seconds_per_page);
    Done done;
    auto bytes = bytes_of(next.file.get(), next.job.bytes);
    if (!bytes) {
        done.error = bytes.error().at(next.job.name);
    } else if (next.job.choice.photo_side > 0) {
        photograph(*bytes);
        done.pages = 1;
    } else {
        PageHooks hooks;
        hooks.wanted = [this](int page) { return begin_page(page); };
        hooks.draw = [this](int page) { return have_drawn(page); };
        const auto pages = load_pages(
            *bytes, next.job.name, limits_.load,
            [this](int page, const Result<GrayImage>& image) { return answer(page, image); },
            hooks);
        if (pages) {
            done.pages = *pages;
        } else {
            done.error = pages.error();
        }
    }
    send(MessageKind::Done, encode(done));
}

bool Worker::begin_page(int page) {
    if (page < job_->first || (page - job_->first) % job_->step != 0) return false;
    const auto& view = job_->choice.view;
    if (view && view->page != page) return false;
    limit_time(limits_.seconds_per_page);
    begun_ = page;
    return send(MessageKind::Begun, encode(PageNumber{page}));
}

template <class Image>
bool Worker::send_picture(const std::string& path, const Image& picture) {
    const auto png = png_bytes(picture);
    return png && send(MessageKind::Picture, encode(Picture{path, *png}));
}

ReadOptions Worker::options_for(int page) const {
    ReadOptions options;
    const ReadChoice& choice = job_->choice;
    options.keyed = choice.keyed;
    options.known = layouts_.known();
    if (choice.debug) options.debug_dir = "debug";
    if (choice.crops) options.crop_dir = "crop";
    options.verdict_picture_only = choice.verdict_picture_only;
    options.name = std::filesystem::path(job_->name).stem().string() + "-p" + std::to_string(page);
    return options;
}

bool Worker::answer(int page, const Result<GrayImage>& image) {
    // A file that is cut or too long tells so of a page that nobody was asked about.
    if (page != begun_ && !begin_page(page)) return !hung_up_;
    PageAnswer out;
    out.page = page;
    if (!image) {
        out.fault = image.error();
    } else if (job_->choice.view) {
        show(page, *image, out);
    } else {
        read(page, *image, out);
    }
    mark_ = cpu_ms();
    return send(MessageKind::Page, encode(out));
}

void Worker::read(int page, const GrayImage& image, PageAnswer& out) {
    ReadOptions options = options_for(page);
    options.pictures.gray = [this](const std::string& path, const GrayImage& picture) {
        return send_picture(path, picture);
    };
    options.pictures.colour = [this](const std::string& path, const RgbImage& picture) {
        return send_picture(path, picture);
    };
    options.pictures.make_folders = false;
    out.readings = read_(image, layouts_.lookup(), options);
    // From the answer before, so decoding is in it; cards of one page share alike.
    const double share = (cpu_ms() - mark_) / double(std::max<std::size_t>(1, out.readings.size()));
    for (auto& reading : out.readings) reading.ms = share;
}

void Worker::show(int page, const GrayImage& image, PageAnswer& out) {
    const GrayImage picture = draw_view(image, *job_->choice.view);
    if (picture.empty()) {
        out.fault = Error{ErrorCode::ValueInvalid, "the page has no such part",
                          job_->name + ", page " + std::to_string(page), ""};
        return;
    }
    send_picture("view/page.png", picture);
}

void Worker::photograph(const std::string& bytes) {
    begin_page(1);
    PageAnswer out;
    out.page = 1;
    auto jpeg = draw_photo(bytes, job_->name, limits_.load, job_->choice.photo_side);
    if (jpeg) {
        send(MessageKind::Picture, encode(Picture{"photo/photo.jpg", *std::move(jpeg)}));
    } else {
        out.fault = jpeg.error();
    }
    send(MessageKind::Page, encode(out));
}

Result<GrayImage> Worker::have_drawn(int page) {
    const Error gone{ErrorCode::Internal, "the page could not be drawn", job_->name, ""};
    limit_time(0);  // the parent counts its own time
    if (!send(MessageKind::Draw, encode(PageNumber{page}))) return gone;
    for (;;) {
        auto envelope = channel_.receive();
        if (envelope && envelope->kind == MessageKind::Drawn) {
            limit_time(limits_.seconds_per_page);
            return take_drawing(*envelope, page);
        }
        if (envelope && queue(std::move(*envelope))) continue;
        hung_up_ = true;
        return gone;
    }
}

Result<GrayImage> Worker::take_drawing(const Envelope& envelope, int page) {
    const auto drawn = decode<Drawn>(envelope.payload);
    if (!drawn) return Error{ErrorCode::Internal, "the page could not be drawn", job_->name, ""};
    if (drawn->error) return *drawn->error;
    auto bytes = bytes_of(envelope.file.get(), drawn->bytes);
    if (!bytes) return bytes.error();
    const std::string where = job_->name + ", page " + std::to_string(page);
    Result<GrayImage> picture =
        Error{ErrorCode::FormatInvalid, "the drawn page holds no picture", where, ""};
    auto loaded = load_pages(*bytes, where, limits_.load, [&](int, Result<GrayImage> image) {
        picture = std::move(image);
        if (picture) picture->dpi = kDrawnDpi;
        return false;
    });
    return loaded ? std::move(picture) : loaded.error();
}

/// Ends at once, so that the parent learns the reason; what was allocated is of no use any more.
void out_of_memory() { ::_exit(kOutOfMemoryStatus); }

}  // namespace

int worker_main(const ReadPage& read) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close_range(kWorkerSocket + 1, ~0u, 0);
    std::set_new_handler(out_of_memory);
    Channel channel(OwnedFd(kWorkerSocket), Channel::Files::Accepted);
    Worker worker(channel, read);
    if (!worker.begin()) return EXIT_FAILURE;
    worker.serve();
    return EXIT_SUCCESS;
}

}  // namespace verso::scanner
