#include "core/logging.hpp"

#include "core/shorten.hpp"
#include "core/text.hpp"
#include "core/text_cut.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace safargo::log {
namespace {

class StandardError final : public spdlog::sinks::base_sink<std::mutex> {
public:
    ~StandardError() override { write_out(); }
    std::atomic<bool> buffered{false};

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        base_sink::formatter_->format(message, lines_);
        if (!buffered || message.level >= spdlog::level::warn || lines_.size() >= most_waiting) write_out();
    }
    void flush_() override { write_out(); }

    void write_out() {
        std::string_view rest(lines_.data(), lines_.size());
        while (!rest.empty()) {
            const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) break;  // there is nowhere to report this
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        lines_.clear();
    }

    static constexpr std::size_t most_waiting = std::size_t{64} * 1024;
    spdlog::memory_buf_t lines_;
};

const std::shared_ptr<StandardError>& sink() {
    static const auto instance = std::make_shared<StandardError>();
    return instance;
}

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = std::make_shared<spdlog::logger>("safargo", sink());
        made->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
        return made;
    }();
    return *instance;
}

// Lines are JSON and must be UTF-8, whatever an exception or a client contains.
void append_quoted(std::string& out, std::string_view text) {
    if (!is_valid_utf8(text)) return append_quoted(out, well_formed(text));
    out.push_back('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        if (static_cast<std::uint8_t>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

constexpr std::size_t longest_text = 2'000;  // of one value: an error may quote what a client sent

struct AppendValue {
    std::string& out;
    void operator()(std::string_view text) const {
        append_quoted(out, text.size() <= longest_text ? text : std::string_view(shorten(text, longest_text)));
    }
    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(auto number) const { fmt::format_to(std::back_inserter(out), "{}", number); }
};

void write(spdlog::level::level_enum level, std::string_view event, std::initializer_list<Field> fields) {
    if (!logger().should_log(level)) return;
    std::string line = "\"event\":";
    append_quoted(line, event);
    for (const Field& field : fields) {
        line.push_back(',');
        append_quoted(line, field.name);
        line.push_back(':');
        std::visit(AppendValue{line}, field.value);
    }
    logger().log(level, fmt::runtime("{}"), line);
}

}  // namespace

void set_level(std::string_view level) {
    if (level == "warning") level = "warn";
    if (level == "error") level = "err";
    const auto parsed = spdlog::level::from_str(std::string(level));
    if (parsed == spdlog::level::off && level != "off") throw std::invalid_argument("unknown log level");
    logger().set_level(parsed);
}

void set_buffered(bool buffered) {
    sink()->buffered = buffered;
    flush();
}

void flush() {
    sink()->flush();
}

void debug(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::debug, event, fields);
}
void info(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::info, event, fields);
}
void warning(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::warn, event, fields);
}
void error(std::string_view event, std::initializer_list<Field> fields) {
    write(spdlog::level::err, event, fields);
}

}  // namespace safargo::log
