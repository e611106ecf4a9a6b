// One making of an answer at a time: whoever wants the same one meanwhile waits for it, on whatever thread.
#pragma once

#include "core/task.hpp"
#include "http/answer_memory.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace safargo::http {

// Thread-safe; outlives all leads and waits.
class SingleFlight {
public:
    using Answer = AnswerMemory::Answer;

    // The duty to make an answer. Ends with land(), or without an answer: then those who wait help themselves.
    class Lead {
    public:
        Lead(SingleFlight& flights, std::string key) : flights_(&flights), key_(std::move(key)) {}
        Lead(Lead&& other) noexcept : flights_(std::exchange(other.flights_, nullptr)), key_(std::move(other.key_)) {}
        Lead& operator=(Lead&&) = delete;
        ~Lead() { land(nullptr); }

        void land(Answer answer);

    private:
        SingleFlight* flights_;
        std::string key_;
    };

    std::optional<Lead> lead(const std::string& key);  // nothing: somebody else is making it
    // What is being made. Null if that ended without an answer or lasts longer, or if nothing is being made.
    Task<Answer> wait(std::string key, std::chrono::milliseconds at_most);

private:
    struct Waiter;
    struct Flight;
    class Seat;

    std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace safargo::http
