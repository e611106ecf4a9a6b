#include "features/live/stream.hpp"

#include "contract/json.hpp"
#include "features/live/hub.hpp"

#include <string>

namespace safargo::live {

Stream::Stream(std::shared_ptr<Hub> hub, const Caller& caller, Start start, OpenStreams::Place place, Time ends_at)
    : hub_(std::move(hub)),
      user_(caller.id),
      session_(caller.session),
      start_(start),
      place_(std::move(place)),
      ends_at_(ends_at),
      is_live_(start.left == 0) {}

Stream::~Stream() {
    if (sink_ != nullptr) hub_->remove(*this);
}

// The first words have an id, so that a client which loses the connection before its first event misses nothing either.
void Stream::open(http::EventSink& sink) {
    sink_ = &sink;
    hub_->add(*this);
    if (start_.missed) {
        tell_of_loss(start_.position, hub_->now());
    } else {
        sink.send({.comment = "open", .id = std::to_string(start_.position)});
    }
}

void Stream::ready() {
    if (!is_behind_) return;
    is_behind_ = false;
    hub_->look_at(user_);
}

bool Stream::send(const StoredEvent& event) {
    if (event.position != start_.position + 1) return false;
    start_.position = event.position;
    const LiveEvent data{event.subject, event.what, event.at};
    sink_->send({.id = std::to_string(event.position), .name = event.name, .data = contract::to_json(data)});
    return true;
}

void Stream::tell_of_loss(std::int64_t position, Instant now) {
    start_ = {.position = position};
    hub_->count_reset();
    const LiveEvent data{std::nullopt, "reset", now};
    sink_->send({.id = std::to_string(position), .name = "reset", .data = contract::to_json(data)});
}

}  // namespace safargo::live
