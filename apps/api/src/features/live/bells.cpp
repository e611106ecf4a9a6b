#include "features/live/bells.hpp"

#include "core/crypto.hpp"

#include <algorithm>

namespace safargo::live {
namespace {

// "live <process> <person> <person> …", well below what a notification of PostgreSQL may hold (8,000 bytes).
constexpr std::string_view kind = "live ";
constexpr std::size_t people_in_payload = 150;

std::string_view cut_word(std::string_view& rest) {
    const std::size_t end = rest.find(' ');
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return word;
}

// Nobody in particular, if it is not ours: then anybody may have news.
std::vector<UserId> people_of(std::string_view list) {
    std::vector<UserId> people;
    while (!list.empty()) {
        const auto person = UserId::parse(cut_word(list));
        if (!person) return {};
        people.push_back(*person);
    }
    return people;
}

}  // namespace

Bells::Bells() : name_(crypto::random_token().substr(0, 12)) {}

void Bells::hang(Bell& bell) {
    const std::lock_guard lock(mutex_);
    bells_.push_back(&bell);
}

void Bells::take_down(Bell& bell) {
    const std::lock_guard lock(mutex_);
    std::erase(bells_, &bell);
}

void Bells::connect(Wakeups& wakeups) {
    {
        const std::lock_guard lock(mutex_);
        if (wakeups_ != nullptr) return;
        wakeups_ = &wakeups;
    }
    wakeups.listen([this](std::string_view payload) { on_wakeup(payload); });
}

void Bells::ring_here(const std::vector<UserId>& people) {
    const std::lock_guard lock(mutex_);
    for (Bell* bell : bells_) bell->ring(people);
}

void Bells::ring_everywhere(const std::vector<UserId>& people) {
    ring_here(people);
    Wakeups* wakeups = nullptr;
    {
        const std::lock_guard lock(mutex_);
        wakeups = wakeups_;
    }
    if (wakeups == nullptr) return;
    for (std::size_t first = 0; first < people.size(); first += people_in_payload) {
        std::string payload = std::string(kind) + name_;
        const std::size_t end = std::min(first + people_in_payload, people.size());
        for (std::size_t i = first; i < end; ++i) payload.append(" ").append(people[i].str());
        wakeups->publish(std::move(payload));
    }
}

void Bells::on_wakeup(std::string_view payload) {
    if (payload.empty()) return ring_here({});
    if (!payload.starts_with(kind)) return;
    payload.remove_prefix(kind.size());
    if (cut_word(payload) != name_) ring_here(people_of(payload));
}

}  // namespace safargo::live
