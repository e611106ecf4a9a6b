// Stands for another system's HTTP server: answers each request as a test says, well, badly or not at all.
#pragma once

#include "core/task.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::testing {

struct Asked {
    std::string method, target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    std::string_view header(std::string_view name) const;  // case-insensitive; "" if absent
};

struct Answer {
    enum class Manner {
        whole,
        silent,  // the request is read, and nothing comes
        torn,    // half of the answer, then the connection ends
        cut      // the request is read, then the connection ends
    };
    int status = 200;
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    Manner manner = Manner::whole;
};

class HttpDouble {
public:
    using Handler = std::function<Answer(const Asked&)>;
    using WaitingHandler = std::function<Task<Answer>(Asked)>;  // may take its time

    // On shared_context().
    explicit HttpDouble(Handler handler);
    explicit HttpDouble(WaitingHandler handler);
    ~HttpDouble();
    HttpDouble(const HttpDouble&) = delete;
    HttpDouble& operator=(const HttpDouble&) = delete;

    std::string url() const;  // "http://127.0.0.1:4711"
    const std::vector<Asked>& asked() const;
    void stop();  // refuses connections and ends those there are

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::testing
