// What another process, or whoever reaches the same channel, may publish: never a crash, and whoever is named is woken,
// or everybody.
// Aimed at: features/live/bells.cpp
#include "features/live/bells.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo;
using namespace safargo::live;

class Channel final : public Wakeups {
public:
    void publish(std::string payload) override { listener_(payload); }
    void listen(Listener listener) override { listener_ = std::move(listener); }

private:
    Listener listener_;
};

struct Rung final : Bell {
    void ring(const std::vector<UserId>& people) override {
        ++times;
        named = people.size();
    }
    int times = 0;
    std::size_t named = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bells bells;
    Channel channel;
    Rung rung;
    bells.hang(rung);
    bells.connect(channel);
    const std::string payload(reinterpret_cast<const char*>(data), size);
    channel.publish(payload);
    const bool ours = payload.empty() || payload.starts_with("live ");
    if (rung.times != (ours ? 1 : 0) || rung.named > size / 36) std::abort();
    return 0;
}
