// SPDX-License-Identifier: Apache-2.0
#include "service/site/records_gate.h"

#include <utility>

namespace verso::service {

class RecordsGate::Crew {
  public:
    using Task = std::function<void(records::Store&)>;

    Crew(std::vector<std::unique_ptr<records::Store>> stores, std::size_t most)
        : most_(most), stores_(std::move(stores)) {
        for (auto& store : stores_) {
            threads_.emplace_back([this, &store] { run(*store); });
        }
    }
    ~Crew() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        there_.notify_all();
        for (auto& thread : threads_) thread.join();
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    /// False when too much waits.
    bool post(Task task) {
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.size() >= most_) return false;
            waiting_.push_back(std::move(task));
        }
        there_.notify_one();
        return true;
    }

  private:
    void run(records::Store& store) {
        for (;;) {
            Task task;
            {
                std::unique_lock lock(mutex_);
                there_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
                if (waiting_.empty()) return;
                task = std::move(waiting_.front());
                waiting_.pop_front();
            }
            task(store);
        }
    }

    std::size_t most_;
    std::vector<std::unique_ptr<records::Store>> stores_;
    std::mutex mutex_;
    std::condition_variable there_;
    std::deque<Task> waiting_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

namespace {

Result<std::vector<std::unique_ptr<records::Store>>> open_several(const RecordsGate::Opener& opener,
                                                                  int count) {
    std::vector<std::unique_ptr<records::Store>> stores;
    for (int i = 0; i < count; ++i) {
        auto store = opener();
        if (!store) return store.error();
        stores.push_back(*std::move(store));
    }
    return stores;
}

HttpResponse too_busy() {
    return text_response("too much is waiting: try again in a few seconds\n", 503)
        .with("Retry-After", "3");
}

/// One transaction around the work, as GroupWriter gives it.
Result<void> write_whole(records::Store& store, const RecordsGate::Work& work) {
    auto scope = store.begin();
    if (!scope) return scope.error();
    if (auto done = work(store); !done) return done;
    return (*scope)->commit();
}

/// What throws in a task must not end its thread.
HttpResponse answered(const std::function<HttpResponse(records::Store&)>& work,
                      records::Store& store) {
    try {
        return work(store);
    } catch (const std::exception&) {
        return text_response("this failed inside; it is not your fault\n", 500);
    }
}

}  // namespace

Result<std::unique_ptr<RecordsGate>> RecordsGate::open(const Opener& opener, Options options) {
    std::unique_ptr<RecordsGate> gate(new RecordsGate());
    auto readers = open_several(opener, options.lanes);
    if (!readers) return readers.error();
    gate->readers_ = *std::move(readers);
    auto workers = open_several(opener, options.workers);
    if (!workers) return workers.error();
    gate->workers_ = std::make_unique<Crew>(*std::move(workers), options.most_waiting);
    auto writers = open_several(opener, options.writers);
    if (!writers) return writers.error();
    if (options.writers == 1) {
        gate->grouped_ = std::make_unique<records::GroupWriter>(std::move(writers->front()));
    } else {
        gate->writers_ = std::make_unique<Crew>(*std::move(writers), options.most_waiting);
    }
    return gate;
}

RecordsGate::~RecordsGate() = default;

records::Store& RecordsGate::reader(int lane) { return *readers_.at(std::size_t(lane)); }

Reply RecordsGate::write(Work work, std::function<HttpResponse(Result<void>)> answer) {
    return [this, work = std::move(work), answer = std::move(answer)](Respond send) mutable {
        if (grouped_) {
            grouped_->post(std::move(work), [answer = std::move(answer), send](Result<void> done) {
                send(answer(std::move(done)));
            });
            return;
        }
        const bool taken =
            writers_->post([work = std::move(work), answer = std::move(answer), send](
                               records::Store& store) { send(answer(write_whole(store, work))); });
        if (!taken) send(too_busy());
    };
}

void RecordsGate::note(Work work) {
    if (grouped_) {
        grouped_->post(std::move(work), [](const Result<void>&) {});
        return;
    }
    writers_->post([work = std::move(work)](records::Store& store) {
        static_cast<void>(write_whole(store, work));
    });
}

Reply RecordsGate::slow(std::function<HttpResponse(records::Store&)> work) {
    return [this, work = std::move(work)](Respond send) mutable {
        const bool taken = workers_->post(
            [work = std::move(work), send](records::Store& store) { send(answered(work, store)); });
        if (!taken) send(too_busy());
    };
}

}  // namespace verso::service
