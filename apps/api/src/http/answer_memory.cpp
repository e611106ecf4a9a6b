#include "http/answer_memory.hpp"

#include <functional>
#include <iterator>
#include <utility>

namespace safargo::http {

AnswerMemory::Shard& AnswerMemory::shard_of(std::string_view key) {
    return shards_[std::hash<std::string_view>{}(key) % shard_count];
}

AnswerMemory::Answer AnswerMemory::find(std::string_view key, std::int64_t version, Time now) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto known = shard.by_key.find(key);
    if (known == shard.by_key.end()) return nullptr;
    const auto entry = known->second;
    if (now >= entry->until) {
        drop(shard, entry);
        return nullptr;
    }
    if (entry->version != version) return nullptr;
    shard.entries.splice(shard.entries.end(), shard.entries, entry);
    return entry->answer;
}

void AnswerMemory::store(std::string_view key, std::int64_t version, Answer answer, Time now) {
    Shard& shard = shard_of(key);
    Entry entry{std::string(key), version, now + limits_.kept, std::move(answer)};
    const std::lock_guard lock(shard.mutex);
    if (const auto known = shard.by_key.find(key); known != shard.by_key.end()) {
        if (known->second->version > version && now < known->second->until) return;
        drop(shard, known->second);
    }
    const std::size_t bytes = entry.bytes();
    if (bytes > limits_.bytes / shard_count) return;
    make_room(shard, bytes);
    shard.entries.push_back(std::move(entry));
    shard.by_key.emplace(shard.entries.back().key, std::prev(shard.entries.end()));
    shard.bytes += bytes;
}

void AnswerMemory::make_room(Shard& shard, std::size_t bytes) const {
    const auto is_full = [&] {
        return shard.bytes + bytes > limits_.bytes / shard_count ||
               shard.entries.size() >= limits_.entries / shard_count;
    };
    while (!shard.entries.empty() && is_full()) drop(shard, shard.entries.begin());
}

void AnswerMemory::drop(Shard& shard, std::list<Entry>::iterator entry) {
    shard.bytes -= entry->bytes();
    shard.by_key.erase(entry->key);
    shard.entries.erase(entry);
}

std::size_t AnswerMemory::entries() const {
    std::size_t total = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        total += shard.entries.size();
    }
    return total;
}

std::size_t AnswerMemory::bytes() const {
    std::size_t total = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        total += shard.bytes;
    }
    return total;
}

}  // namespace safargo::http
