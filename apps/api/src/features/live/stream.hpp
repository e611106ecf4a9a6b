// One open stream of a person.
#pragma once

#include "core/caller.hpp"
#include "features/live/open_streams.hpp"
#include "features/live/repository.hpp"
#include "http/event_source.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace safargo::live {

class Hub;

// Kept by its connection; its hub knows it from its opening to its end. All on one thread.
class Stream final : public http::EventSource {
public:
    using Time = std::chrono::steady_clock::time_point;

    // `ends_at`: when the caller's token expires.
    Stream(std::shared_ptr<Hub> hub, const Caller& caller, Start start, OpenStreams::Place place, Time ends_at);
    ~Stream() override;
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    void open(http::EventSink& sink) override;
    void ready() override;
    Time ends_at() const override { return ends_at_; }

    // For the hub:
    UserId user() const { return user_; }
    SessionId session() const { return session_; }
    std::int64_t position() const { return start_.position; }  // of the last event sent
    bool is_ready() const { return sink_->is_ready(); }

    // False if the event is not the next one: it was sent before, or some before it are missing.
    bool send(const StoredEvent& event);
    void tell_of_loss(std::int64_t position,
                      Instant now);            // its client reads all anew, and goes on after that position
    void fall_behind() { is_behind_ = true; }  // there is more: asks the hub for it as soon as it is ready
    void end() { sink_->end(); }

    // Whether it has received everything there was, so that what comes now is new.
    bool is_live() const { return is_live_; }
    void now_live() { is_live_ = true; }

private:
    const std::shared_ptr<Hub> hub_;
    const UserId user_;
    const SessionId session_;
    Start start_;
    const OpenStreams::Place place_;
    const Time ends_at_;
    http::EventSink* sink_ = nullptr;  // from open on
    bool is_behind_ = false;
    bool is_live_;
};

}  // namespace safargo::live
