#include "http/sample_stream_test.hpp"

#include <boost/asio/post.hpp>

#include <stdexcept>
#include <thread>

namespace safargo::http::testing {

using namespace std::chrono_literals;

class StageSource final : public EventSource {
public:
    StageSource(std::shared_ptr<Stage> stage, boost::asio::io_context& io, std::chrono::milliseconds life)
        : stage_(std::move(stage)), io_(io), ends_at_(std::chrono::steady_clock::now() + life) {
        stage_->made_.fetch_add(1);
    }
    ~StageSource() override {
        stage_->destroyed_.fetch_add(1);
        if (!stream_) return;
        stream_->sink = nullptr;  // read and written on this thread only
        const std::lock_guard lock(stage_->mutex_);
        stage_->streams_.remove(stream_);
        stage_->closed_.fetch_add(1);
    }
    StageSource(const StageSource&) = delete;
    StageSource& operator=(const StageSource&) = delete;

    void open(EventSink& sink) override {
        stream_ = std::make_shared<Stage::Stream>(Stage::Stream{&io_, &sink, {}});
        const std::lock_guard lock(stage_->mutex_);
        stage_->streams_.push_back(stream_);
        stage_->opened_.fetch_add(1);
    }
    void ready() override { Stage::send_some(*stream_); }
    std::chrono::steady_clock::time_point ends_at() const override { return ends_at_; }

private:
    std::shared_ptr<Stage> stage_;
    boost::asio::io_context& io_;
    std::chrono::steady_clock::time_point ends_at_;
    Stage::Stream_ptr stream_;
};

namespace {

Task<Response> stream(std::shared_ptr<Stage> stage, boost::asio::io_context& io, std::chrono::milliseconds life) {
    co_return Response{.headers = {{"ETag", "\"v1\""}}, .events = std::make_shared<StageSource>(stage, io, life)};
}

}  // namespace

void Stage::add_routes(Router& router, boost::asio::io_context& io) {
    router.add({.method = Method::get, .pattern = "/events", .handler = [stage = shared_from_this(), &io](Request&) {
                    return stream(stage, io, 1h);
                }});
    router.add({.method = Method::get,
                .pattern = "/events/{ms}",
                .handler = [stage = shared_from_this(), &io](Request& request) {
                    return stream(stage, io, std::chrono::milliseconds(std::stoi(std::string(request.params["ms"]))));
                }});
}

void Stage::for_each(std::function<void(Stream&)> act) {
    const std::lock_guard lock(mutex_);
    for (const Stream_ptr& stream : streams_) {
        boost::asio::post(*stream->io, [stream, act] {
            if (stream->sink != nullptr) act(*stream);
        });
    }
}

void Stage::send(std::string data) {
    for_each([data](Stream& stream) { stream.sink->send({.name = "news", .data = data}); });
}

void Stage::send_when_ready(std::size_t bytes) {
    for_each([bytes](Stream& stream) {
        stream.unsent = std::string(bytes, 'x');
        send_some(stream);
    });
}

void Stage::send_some(Stream& stream) {
    constexpr std::size_t piece = 10'000;
    if (stream.unsent.empty() || !stream.sink->is_ready()) return;
    const std::string data = stream.unsent.substr(0, piece);
    stream.unsent.erase(0, data.size());
    stream.sink->send({.data = data});
}

void Stage::end() {
    for_each([](Stream& stream) { stream.sink->end(); });
}

void Stage::wait_for(int open, int closed) const {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (opened_.load() != open || closed_.load() != closed) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the streams did not open or close");
        std::this_thread::sleep_for(1ms);
    }
}

}  // namespace safargo::http::testing
