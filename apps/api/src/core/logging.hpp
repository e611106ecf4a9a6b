// JSON lines on standard error. Never pass personal data, codes, tokens or secrets.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace safargo::log {

struct Field {
    std::string_view name;
    std::variant<std::string_view, long long, double, bool> value;
};

void set_level(std::string_view level);  // trace debug info warning error off; throws std::invalid_argument

// Buffered lines below warning wait for flush(), a warning or 64 kB: one system call for hundreds of requests. The
// caller that turns buffering on must call flush() several times a second. Off at start; turning it off flushes.
void set_buffered(bool buffered);
void flush();

void debug(std::string_view event, std::initializer_list<Field> fields = {});
void info(std::string_view event, std::initializer_list<Field> fields = {});
void warning(std::string_view event, std::initializer_list<Field> fields = {});
void error(std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace safargo::log
