#include "http/answer_memory.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace safargo::http {
namespace {

using namespace std::chrono_literals;

const AnswerMemory::Time start = AnswerMemory::Time{} + 1h;

AnswerMemory::Answer answer(std::string body) {
    return std::make_shared<PublicAnswer>(std::move(body), "\"tag\"");
}

std::string body_in(AnswerMemory& memory, std::string_view key, std::int64_t version, AnswerMemory::Time now = start) {
    const auto found = memory.find(key, version, now);
    return found ? found->body : "nothing";
}

TEST(AnswerMemory, FindsAnAnswerOfItsVersionOnly) {
    AnswerMemory memory;
    memory.store("places", 3, answer("three"), start);
    EXPECT_EQ(body_in(memory, "places", 3), "three");
    EXPECT_EQ(body_in(memory, "places", 4), "nothing");
    EXPECT_EQ(body_in(memory, "places", 2), "nothing");
    EXPECT_EQ(body_in(memory, "other", 3), "nothing");
}

TEST(AnswerMemory, AnOlderVersionNeverReplacesANewerOne) {
    AnswerMemory memory;
    memory.store("places", 4, answer("four"), start);
    memory.store("places", 3, answer("late"), start);
    EXPECT_EQ(body_in(memory, "places", 4), "four");
    memory.store("places", 5, answer("five"), start);
    EXPECT_EQ(body_in(memory, "places", 5), "five");
    EXPECT_EQ(memory.entries(), 1U);
    memory.store("places", 1, answer("of a restored backup"), start + 60s);
    EXPECT_EQ(body_in(memory, "places", 1, start + 60s), "of a restored backup");
}

TEST(AnswerMemory, ForgetsAfterAMinute) {
    AnswerMemory memory;
    memory.store("places", 3, answer("three"), start);
    EXPECT_EQ(body_in(memory, "places", 3, start + 60s - 1ns), "three");
    EXPECT_EQ(body_in(memory, "places", 3, start + 60s), "nothing");
    EXPECT_EQ(memory.entries(), 0U);
    EXPECT_EQ(memory.bytes(), 0U);
}

TEST(AnswerMemory, StaysWithinItsBytesAndEntriesWhateverIsAskedFor) {
    AnswerMemory memory({.bytes = 80'000, .entries = 800, .kept = 60s});
    for (int i = 0; i < 10'000; ++i) memory.store("key" + std::to_string(i), 1, answer(std::string(10, 'x')), start);
    EXPECT_LE(memory.entries(), 800U);
    EXPECT_GE(memory.entries(), 400U);
    for (int i = 0; i < 1'000; ++i) memory.store("big" + std::to_string(i), 1, answer(std::string(1'000, 'x')), start);
    EXPECT_LE(memory.bytes(), 80'000U);
    EXPECT_GE(memory.bytes(), 40'000U);
    EXPECT_NE(body_in(memory, "big999", 1), "nothing") << "the newest is kept";
    memory.store("huge", 1, answer(std::string(10'001, 'x')), start);
    EXPECT_EQ(body_in(memory, "huge", 1), "nothing");
    EXPECT_NE(body_in(memory, "big999", 1), "nothing") << "it has driven nothing out";
}

TEST(AnswerMemory, CountsTheCompressedCopyToo) {
    AnswerMemory memory;
    const auto both = std::make_shared<PublicAnswer>(std::string(100, 'x'), "\"t\"",
                                                     std::make_shared<const std::string>(std::string(50, 'z')));
    memory.store("k", 1, both, start);
    EXPECT_EQ(memory.bytes(), 154U);
}

TEST(AnswerMemory, DropsWhatWasNotAskedForLongest) {
    AnswerMemory memory({.bytes = 1'000'000, .entries = 16, .kept = 60s});  // two in each of eight shards
    memory.store("favourite", 1, answer("kept"), start);
    for (int i = 0; i < 100; ++i) {
        memory.store("passing" + std::to_string(i), 1, answer("x"), start);
        ASSERT_EQ(body_in(memory, "favourite", 1), "kept") << i;
    }
}

TEST(AnswerMemory, ThreadsShareIt) {
    AnswerMemory memory({.bytes = 10'000, .entries = 100, .kept = 60s});
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&memory, t] {
            for (int i = 0; i < 5'000; ++i) {
                const std::string key = std::to_string((i * 7 + t) % 300);
                memory.store(key, i % 3, answer(key), start);
                const auto found = memory.find(key, i % 3, start);
                if (found && found->body != key) std::abort();
            }
        });
    }
    threads.clear();
    EXPECT_LE(memory.entries(), 100U);
}

}  // namespace
}  // namespace safargo::http
