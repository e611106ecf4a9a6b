// However the bytes are cut, the same replies come out, or the same refusal; what comes out keeps the limits.
// Aimed at: adapters/redis/reply_reader.cpp adapters/redis/slot_table.cpp adapters/redis/refusal.cpp
#include "adapters/redis/refusal.hpp"
#include "adapters/redis/reply_reader.hpp"
#include "adapters/redis/slot_table.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo::redis;

constexpr ReplyLimits limits{.line = 64, .text = 256, .reply = 1'024, .items = 64, .depth = 4};

struct Outcome {
    std::vector<Reply> replies;
    bool refused = false;
    bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view bytes, std::size_t step) {
    Outcome outcome;
    ReplyReader reader(limits);
    try {
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            reader.feed(bytes.substr(at, step));
            while (auto reply = reader.next()) outcome.replies.push_back(std::move(*reply));
        }
    } catch (const ProtocolError&) {
        outcome.refused = true;
    }
    return outcome;
}

// Counts the elements; ends the process if something is larger than the limits.
std::size_t measure(const Reply& reply, std::size_t depth = 0) {
    if (depth > limits.depth || reply.text.size() > limits.text) std::abort();
    std::size_t elements = 1;
    for (const Reply& item : reply.items) elements += measure(item, depth + 1);
    if (elements > limits.items) std::abort();
    return elements;
}

void interpret(const Reply& reply) {
    const Address asked{"host", 1};
    (void)read_refusal(reply, asked);
    try {
        const SlotTable table = SlotTable::parse(reply, asked);
        for (std::uint16_t slot = 0; slot < slot_count; ++slot) {
            const Address* owner = table.owner(slot);
            if (owner != nullptr && !table.is_master(*owner)) std::abort();
        }
    } catch (const ProtocolError&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const Outcome whole = read(bytes, std::max<std::size_t>(bytes.size(), 1));
    if (read(bytes, std::max<std::size_t>(data[0] % 16, 1)) != whole || read(bytes, 1) != whole) std::abort();
    for (const Reply& reply : whole.replies) {
        measure(reply);
        interpret(reply);
    }
    return 0;
}
